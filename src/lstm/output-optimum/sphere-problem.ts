/** The largest value of one unit of c_t or h_t over unit vectors h_{t-1}, brought to a sphere of a few dimensions. */
import type { Interval } from "../../linalg/interval.ts";
import { type Matrix, rowOf } from "../../linalg/matrix.ts";
import { dot } from "../../linalg/quadratic-on-sphere.ts";
import { normalised, rowBasis } from "../../linalg/row-basis.ts";
import type { UnitFunction } from "./unit-function.ts";

const EPSILON = 2 ** -53;

/** How much longer than 1 a vector of doubles that stands for a unit vector may be; the bounds hold for these too. */
const LENGTH_SLACK = 4 * EPSILON;

/** max F(z) over z_g = offsets[g] + R_g·y, ‖y‖ = 1, each z_g known within errors[g]. */
export interface SphereProblem {
  readonly of: UnitFunction;
  readonly dimension: number;
  /** R_g [k], a row a pre-activation; zero where it is constant */
  readonly rows: readonly Float64Array[];
  /** ‖R_g‖, from above */
  readonly norms: readonly number[];
  /** W_g x_t + b_g */
  readonly offsets: readonly number[];
  /** What z_g may be off by: the reduction's error, those of the offset, and of its evaluation in doubles. */
  readonly errors: readonly number[];
  /** The unit vector h [H] of a y. */
  readonly lift: (y: Float64Array) => Float64Array;
}

/** One pre-activation: its row of U; W_g x_t + b_g with its error. A row that cannot matter is zero. */
export interface PreactivationRow {
  readonly row: Float64Array;
  readonly offset: number;
  readonly offsetError: number;
}

/**
 * The problem on the sphere of R^k, k = min(H, the rows that are not zero). A unit vector h has R-coordinates y = Qh with ‖y‖ ≤ 1,
 * and = 1 where k = H; inside the ball F has no maximum of its own that the sphere has not:
 * - independent rows let z_u alone grow, and ∂F/∂z_u > 0 (where u is constant, the same holds of f, or of i);
 * - dependent rows have a null vector, along which an inner point reaches the sphere with the same z.
 * So the maximum over h is that over the sphere, and any y lifts to Qᵀy.
 */
export function sphereProblem(of: UnitFunction, given: readonly PreactivationRow[], dimension: number): SphereProblem {
  const length = given[0].row.length;
  const moving = given.filter(({ row }) => row.some((entry) => entry !== 0));
  const stacked: Matrix = { rows: moving.length, cols: length, data: new Float64Array(moving.length * length) };
  for (const [r, { row }] of moving.entries()) rowOf(stacked, r).set(row);
  const { rows, basis, errors } = rowBasis(stacked, dimension);
  const own = (of: PreactivationRow) => moving.indexOf(of);
  const R = given.map((one) => (own(one) < 0 ? new Float64Array(dimension) : rowOf(rows, own(one))));
  // no square of which leaves the doubles
  const norms = R.map((row) => Math.hypot(...row) * (1 + 16 * EPSILON));
  return {
    ...{ of, dimension, rows: R, norms, offsets: given.map(({ offset }) => offset) },
    errors: given.map(({ offset, offsetError }, g) => {
      const reduction = own(given[g]) < 0 ? 0 : errors[own(given[g])];
      // a dot of four products and a sum: 5ε‖R‖ + ε|a|
      return reduction + offsetError + norms[g] * (LENGTH_SLACK + 6 * EPSILON) + 2 * EPSILON * Math.abs(offset);
    }),
    lift: (y) => {
      const h = new Float64Array(length);
      for (let j = 0; j < dimension; j++) {
        const q = rowOf(basis, j);
        for (let k = 0; k < length; k++) h[k] += y[j] * q[k];
      }
      return normalised(h);
    },
  };
}

/** z_g where R_g·y lies in an interval, and in ±‖R_g‖ too: what is left where an end, of a huge row, is no number. */
export function preactivationRange(
  { norms, offsets }: SphereProblem,
  g: number,
  { lo, hi }: Interval,
  margin: number,
): Interval {
  const least = lo > -norms[g] ? lo : -norms[g];
  const most = hi < norms[g] ? hi : norms[g];
  return { lo: offsets[g] + least - margin, hi: offsets[g] + most + margin };
}

/** z_g at a y, with what it may be off by. */
export function pointBox({ rows, offsets, errors }: SphereProblem, y: Float64Array): Interval[] {
  return rows.map((row, g) => {
    const z = offsets[g] + dot(row, y);
    return { lo: z - errors[g], hi: z + errors[g] };
  });
}
