import { type Matrix, rowOf } from "../linalg/matrix.ts";
import type { Gradient } from "./backward.ts";
import type { Cell } from "./cell.ts";
import { GATES, type GradientKey, type StepGradientKey } from "./names.ts";
import { type StepLabel, stepLabel } from "./unroll.ts";

export type GradientByKey = Readonly<Partial<Record<GradientKey, Float64Array | Matrix>>>;

/** ∂L/∂h_t, ∂L/∂c_t and ∂L/∂z_g of step t, each over every path to L. */
export interface StepGradients extends StepLabel, Readonly<Record<StepGradientKey, Float64Array>> {}

/** The gradients under the keys of what they belong to. */
export interface GradientsByKey {
  readonly loss: number;
  /** What rests on an input or a W that the cell lacks is left out. */
  readonly gradient: GradientByKey;
  readonly steps: readonly StepGradients[];
}

export function gradientsByKey(cell: Cell, { loss, x, h_prev, c_prev, gates, steps }: Gradient): GradientsByKey {
  const inputs = x === null || cell.inputSize === null ? {} : cell.x === null ? { x_t: rowOf(x, 0) } : { x };
  const weights = (["W", "U", "b"] as const).flatMap((letter) =>
    GATES.flatMap((g) => (gates[g][letter] === null ? [] : [[`${letter}_${g}`, gates[g][letter]]])),
  );
  return {
    loss,
    gradient: { ...inputs, h_prev, c_prev, ...Object.fromEntries(weights) },
    steps: steps.map(({ t, dh_t, dc_t, dz: { f, i, o, u } }) => {
      return { ...stepLabel(cell, t), dh_t, dc_t, dz_f: f, dz_i: i, dz_o: o, dz_u: u };
    }),
  };
}
