/** The largest value of one unit over all unit vectors h_{t-1}. */
import { productError } from "../../linalg/error-free.ts";
import { intervalScaled, pointInterval } from "../../linalg/interval.ts";
import { maxNorm, scaleVector } from "../../linalg/norm.ts";
import { exponentOf, LARGEST_EXPONENT } from "../../linalg/scale.ts";
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

/** The unit, as it is. */
export type Unit = Pick<UnitFunction, "c_prev" | "hasOutputGate">;

/** @param given the rows of f, i, u and, for h_t, o [H] */
export function maximumOverUnitVectors(own: Unit, given: readonly PreactivationRow[]): UnitMaximum {
  const { of, rows } = stretched(own, withoutIdle(own, given));
  const moving = rows.filter(({ row }) => isMoving(row));
  if (moving.length === 0) {
    const point = rows.map(({ offset }) => pointInterval(offset));
    const bound = valueRange(of, point).hi / of.stretch;
    return { h: null, bound, unique: false };
  }
  const length = given[0].row.length;
  const dimension = Math.min(length, moving.length);
  const problem = sphereProblem(of, rows, dimension);
  const { y, value, bound, isUnique } = maximumOnSphere(problem);
  const found = { h: problem.lift(y), bound: intervalScaled({ lo: 0, hi: bound }, 1 / of.stretch).hi };
  if (isUnique) return { ...found, unique: true };
  // rows that are exact multiples of others leave a null vector; its mirror image of an optimum that has a part along it is another
  const directions = moving.filter(({ row }, k) => !moving.slice(0, k).some((other) => areParallel(row, other.row)));
  const isTie =
    directions.length < dimension && maximumOnSphere(sphereProblem(of, rows, directions.length)).bound < value;
  return { ...found, unique: isTie ? false : null };
}

/** Below that z_u is stretched to be near 1. */
const SMALLEST_CANDIDATE = 2 ** -100;

/** c_{t-1} and z_u times a power of two where z_u is tiny. */
function stretched(own: Unit, rows: readonly PreactivationRow[]) {
  const reach = Math.max(Math.abs(rows[2].offset), maxNorm(rows[2].row));
  const room = LARGEST_EXPONENT - Math.max(0, exponentOf(own.c_prev));
  const exponent = reach > 0 && reach < SMALLEST_CANDIDATE ? Math.max(0, Math.min(-exponentOf(reach), room)) : 0;
  const stretch = 2 ** exponent;
  const { row, offset, offsetError } = rows[2];
  const candidate = {
    row: row.map((entry) => entry * stretch),
    offset: offset * stretch,
    offsetError: offsetError * stretch,
  };
  const of = { ...own, c_prev: own.c_prev * stretch, stretch, magnification: 1 };
  return { of, rows: rows.with(2, candidate) };
}

/** The rows that cannot matter as zeros: f where c_{t-1} = 0; i where u is zero for good; o where c_t is. */
function withoutIdle({ c_prev }: Unit, [f, i, u, ...o]: readonly PreactivationRow[]): PreactivationRow[] {
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
