import { fromDoubles, type RealVector, repeated, sigmoid, times, toDoubles } from "../linalg/real-vector.ts";
import type { Gate } from "./names.ts";

/** The shares of a gate's units that are nearly closed and nearly open. */
export interface Saturation {
  /** below 0.1; for u below −0.9 */
  readonly low: number;
  /** above 0.9 */
  readonly high: number;
}

/** How much of a gate [H] saturates. */
export function saturation(gate: Gate, values: Float64Array): Saturation {
  const bottom = gate === "u" ? -0.9 : 0.1;
  const share = (is: (value: number) => boolean) => values.filter(is).length / values.length;
  return { low: share((value) => value < bottom), high: share((value) => value > 0.9) };
}

/** How many steps a forget gate keeps what is in the memory, over the units; null beyond the doubles. */
export interface TimeScale {
  readonly median: number | null;
  readonly largest: number | null;
}

/** 1/(1 − f) = 1/σ(−z_f) = 1 + e^{z_f}, which does not divide by zero where f rounds to 1. */
export function forgetTimeScale(z_f: RealVector): TimeScale {
  const { value } = sigmoid(times(repeated(fromDoubles(Float64Array.of(-1)), z_f.length), z_f));
  const scales = toDoubles(value)
    .map((kept) => 1 / kept)
    .sort();
  const middle = scales.length >> 1;
  const median = scales.length % 2 === 1 ? scales[middle] : scales[middle - 1] / 2 + scales[middle] / 2;
  const finite = (scale: number) => (Number.isFinite(scale) ? scale : null);
  return { median: finite(median), largest: finite(scales[scales.length - 1]) };
}
