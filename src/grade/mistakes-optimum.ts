import type { Quantity } from "../lstm/quantities.ts";
import { dot } from "./changed-cell.ts";
import { along, directionOf, type OptimumOfUnit, type OptimumRule } from "./changed-values.ts";
import { mistake } from "./mistake.ts";
import { turnedU } from "./mistakes-forward.ts";

const optimum = (...rules: OptimumRule[]) => rules.map((rule) => ({ optimum: rule }));
const signed = ({ row, goal }: OptimumOfUnit) => row.map((entry) => (goal === "max" ? entry : -entry));
/** h* as a multiple of the row, and z there. */
const scaled =
  (length: (of: OptimumOfUnit) => number): OptimumRule =>
  (of) =>
    along(
      signed(of).map((entry) => entry / length(of)),
      of,
    );
const NORMS_OF = {
  1: (v: Float64Array) => v.reduce((sum, entry) => sum + Math.abs(entry), 0),
  inf: (v: Float64Array) => Math.max(...v.map(Math.abs)),
};

/** Mistakes of the optimum on the unit sphere. */
export const OPTIMUM = {
  "not-normalised": mistake(
    "What was asked about the length of h_{t-1}, and by which norm is it measured?",
    ...optimum((of) => ({ h_prev: signed(of) })),
  ),
  "column-of-U": {
    changes: [{ changed: { cell: turnedU }, from: (q: Quantity) => (q.family === "optimum" ? [q] : []) }],
    hint: "Which entries of U multiply h_{t-1} in the pre-activation of this one unit?",
  },
  "other-norm": mistake(
    "By which norm is the length of h_{t-1} measured here?",
    ...(["1", "2", "inf"] as const).map((p) => ({
      optimum: ({ right }: OptimumOfUnit) => ({ h_prev: right(p).h_prev, z: right(p).preactivation }),
    })),
    ...optimum(
      scaled(({ row }) => NORMS_OF[1](row)),
      scaled(({ row }) => NORMS_OF.inf(row)),
      scaled(({ row }) => Math.hypot(...row)),
    ),
  ),
  "normalised-by-matrix": mistake(
    "Is it the length of the whole matrix that counts, or of the part that this unit sees?",
    ...optimum(scaled(({ U }) => Math.hypot(...U.data))),
  ),
  "divided-by-squared-norm": mistake(
    "How long is the vector that you found?",
    ...optimum(scaled(({ row }) => dot(row, row))),
  ),
  "norm-squared": mistake(
    "At which vector is the gate evaluated, and how long is it?",
    ...optimum((of) => ({ z: dot(of.row, signed(of)) + of.rest })),
  ),
  "value-at-given-h": mistake("At which h_{t-1} is the gate evaluated?", ...optimum(({ given }) => ({ z: given }))),
  "one-hot": mistake(
    "Which components of h_{t-1} may differ from zero, and which sign should each of them have?",
    ...optimum(
      (of) => along(directionOf(of.row, "1", of.goal), of),
      (of) => along(directionOf(of.row, "1", of.goal).map(Math.abs), of),
    ),
  ),
} as const;
