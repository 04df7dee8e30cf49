/** The largest value of one unit over all unit vectors h_{t-1}. */
import { productError } from "../../linalg/error-free.ts";
import { pointInterval } from "../../linalg/interval.ts";
import { scaleVector } from "../../linalg/norm.ts";
import { maximumOnSphere } from "./maximum.ts";
import { type PreactivationRow, sphereProblem } from "./sphere-problem.ts";
import { type UnitFunction, valueRange } from "./unit-function.ts";

/** null for h where every unit vector is optimal. */
export interface UnitMaximum {
  readonly h: Float64Array | null;
  /** What the unit does not exceed at any unit vector. */
  readonly bound: number;
  readonly unique: boolean | null;
}

/** @param given the rows of f, i, u and, for h_t, o [H] */
export function maximumOverUnitVectors(of: UnitFunction, given: readonly PreactivationRow[]): UnitMaximum {
  const rows = withoutIdle(of, given);
  const moving = rows.filter(({ row }) => isMoving(row));
  if (moving.length === 0) {
    const point = rows.map(({ offset }) => pointInterval(offset));
    return { h: null, bound: valueRange(of, point).hi, unique: false };
  }
  const length = given[0].row.length;
  const dimension = Math.min(length, moving.length);
  const problem = sphereProblem(of, rows, dimension);
  const { y, value, bound, isUnique } = maximumOnSphere(problem);
  const found = { h: problem.lift(y), bound: bound + Number.MIN_VALUE };
  if (isUnique) return { ...found, unique: true };
  // rows that are exact multiples of others leave a null vector; its mirror image of an optimum that has a part along it is another
  const directions = moving.filter(({ row }, k) => !moving.slice(0, k).some((other) => areParallel(row, other.row)));
  const isTie =
    directions.length < dimension && maximumOnSphere(sphereProblem(of, rows, directions.length)).bound < value;
  return { ...found, unique: isTie ? false : null };
}

/** The rows that cannot matter as zeros: f where c_{t-1} = 0; i where u is zero for good; o where c_t is. */
function withoutIdle({ c_prev }: UnitFunction, [f, i, u, ...o]: readonly PreactivationRow[]): PreactivationRow[] {
  const isCandidateZero = u.offset === 0 && !isMoving(u.row);
  const idle = (one: PreactivationRow) => ({ ...one, row: new Float64Array(one.row.length) });
  return [
    c_prev === 0 ? idle(f) : f,
    isCandidateZero ? idle(i) : i,
    u,
    ...o.map((one) => (isCandidateZero && c_prev === 0 ? idle(one) : one)),
  ];
}

function isMoving(row: Float64Array): boolean {
  return row.some((entry) => entry !== 0);
}

/** Whether a_j·b_k = b_j·a_k for the largest b_k and every j, exactly. */
function areParallel(first: Float64Array, second: Float64Array): boolean {
  const [a, b] = [scaleVector(first).scaled, scaleVector(second).scaled];
  const k = b.reduce((best, entry, j) => (Math.abs(entry) > Math.abs(b[best]) ? j : best), 0);
  return a.every((entry, j) => {
    const [left, right] = [entry * b[k], b[j] * a[k]];
    return left === right && productError(entry, b[k], left) === productError(b[j], a[k], right);
  });
}
