import { type Matrix, rowOf } from "../linalg/matrix.ts";
import type { Gradient } from "./backward.ts";
import type { Cell } from "./cell.ts";
import { GATES, type GradientKey } from "./names.ts";

export type GradientByKey = Readonly<Partial<Record<GradientKey, Float64Array | Matrix>>>;

/** The gradients under the keys of what they belong to; what rests on an input or a W that the cell lacks is left out. */
export function gradientByKey({ x, inputSize }: Cell, { gates, ...found }: Gradient): GradientByKey {
  const inputs = found.x === null || inputSize === null ? {} : x === null ? { x_t: rowOf(found.x, 0) } : { x: found.x };
  const weights = (["W", "U", "b"] as const).flatMap((letter) =>
    GATES.flatMap((g) => (gates[g][letter] === null ? [] : [[`${letter}_${g}`, gates[g][letter]]])),
  );
  return { ...inputs, h_prev: found.h_prev, c_prev: found.c_prev, ...Object.fromEntries(weights) };
}
