/** The numerical promise: how far from the exact value a derivative may be, in ε of what the README measures it by. */
import type { Output } from "../lstm/names.ts";
import type { Decimal } from "./arithmetic.ts";

export const EPSILON = 2 ** -53;
/** Below it a double has not all its digits. */
export const SMALLEST_NORMAL = 2 ** -1022;
/** What a product of a few doubles loses at most below the normal range, before it is multiplied with large factors. */
const LOST = 2 ** -1070;

/** How many ε of its scale the promise gives an output's derivative. */
export function boundOf(of: Output, m: number): number {
  if (of === "c_t") return 16;
  return of === "tanh_c_t" || of === "h_t" ? 24 * (1 + m) : 8;
}

/** For one step back of a gradient, of Σ|products|. */
export function boundOfStepBack(m: number): number {
  return 24 * (2 + m);
}

/** For a sum of n products of a gradient, of Σ|products|. */
export function boundOfSum(n: number): number {
  return n + 1;
}

/** What the reference itself rounds: all that there is to allow where a single step is no product. */
const ROUNDING = 1e-50;

/** For ∂s_T/∂s_0, as a share of the product of its T steps' |entries|: T − 1 plain sums of 2H products each. */
export function boundOfProduct(steps: number, hiddenSize: number): number {
  return (steps - 1) * (2 * hiddenSize + 2) * EPSILON + ROUNDING;
}

/** What is allowed beside the bound: all of an entry below the normal range, else what a factor there can have lost. */
export function underflowOf(value: Decimal, growth: number): number {
  return (value.abs().lt(SMALLEST_NORMAL) ? SMALLEST_NORMAL : 0) + LOST * (1 + growth);
}
