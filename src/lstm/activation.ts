/**
 * σ and tanh with their derivatives, from e^{-|z|} so that nothing cancels where a gate saturates.
 * The pre-activation z = hi + lo comes with its low part; so do the values.
 */
import { expNegative } from "../linalg/exp.ts";
import { addPairs, dividePairs, multiplyPairs, type Pair, type PairVector, pairZeros, toPair } from "../linalg/pair.ts";

/** An activation function's values [n] and its derivatives [n] at the same arguments. */
export interface Activation {
  readonly value: PairVector;
  readonly derivative: Float64Array;
}

interface ValueAndDerivative {
  readonly value: Pair;
  readonly derivative: number;
}

const ONE: Pair = { hi: 1, lo: 0 };

/** e^{-|z|} and the two shares 1/(1 + e^{-|z|}) and e^{-|z|}/(1 + e^{-|z|}), the larger and the smaller of σ(±z). */
function shares(hi: number, lo: number): { e: Pair; sum: Pair; larger: Pair; smaller: Pair } {
  const e = hi > 0 ? expNegative(-hi, -lo) : expNegative(hi, lo);
  const sum = addPairs(ONE, e);
  return { e, sum, larger: dividePairs(ONE, sum), smaller: dividePairs(e, sum) };
}

/**
 * σ(z) = 1/(1 + e^{-z}) and σ'(z) = σ(z)·σ(−z) = e^{-|z|}/(1 + e^{-|z|})², each within 1.2ε relatively.
 * The textbook form σ(1 − σ) is exactly zero from z = 37 on; this one keeps its digits until it is subnormal.
 */
export function sigmoid(hi: number, lo = 0): ValueAndDerivative {
  const { larger, smaller } = shares(hi, lo);
  return { value: hi > 0 ? larger : smaller, derivative: multiplyPairs(larger, smaller).hi };
}

/** Below this |x| the Taylor series of tanh is used: 1 − e^{-2|x|} would cancel. */
const SMALL = 1 / 16;

/**
 * tanh(x) = (1 − e^{-2|x|})/(1 + e^{-2|x|}), with the sign of x, and tanh'(x) = sech²(x) = 4e^{-2|x|}/(1 + e^{-2|x|})²,
 * each within 1.2ε relatively. 1 − tanh² would be exactly zero from |x| = 20 on.
 */
export function tanh(hi: number, lo = 0): ValueAndDerivative {
  if (Math.abs(hi) < SMALL) return smallTanh(hi, lo);
  const sign = Math.sign(hi);
  const { e, sum, larger, smaller } = shares(2 * hi, 2 * lo);
  const { hi: high, lo: low } = dividePairs(addPairs(ONE, { hi: -e.hi, lo: -e.lo }), sum);
  return { value: { hi: sign * high, lo: sign * low }, derivative: 4 * multiplyPairs(larger, smaller).hi };
}

/**
 * tanh x = x − x³/3 + 2x⁵/15 − 17x⁷/315 + …  (Abramowitz and Stegun 4.5.64), sech² = 1 − tanh². The first term left out,
 * −929569x¹⁵/638512875, is below 2⁻⁶⁵ of x, less than the rounding of the low part.
 */
function smallTanh(hi: number, lo: number): ValueAndDerivative {
  const y = hi * hi;
  const series =
    -1 / 3 + y * (2 / 15 + y * (-17 / 315 + y * (62 / 2835 + y * (-1382 / 155925 + (y * 21844) / 6081075))));
  const derivative = 1 - y * (1 + y * series) * (1 + y * series);
  return { value: toPair(hi, hi * y * series + lo * derivative), derivative };
}

/** A scalar function with its derivative over a vector of pairs [n]. */
export function activate(fn: (hi: number, lo: number) => ValueAndDerivative, z: PairVector): Activation {
  const n = z.hi.length;
  const value = pairZeros(n);
  const derivative = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const at = fn(z.hi[k], z.lo[k]);
    value.hi[k] = at.value.hi;
    value.lo[k] = at.value.lo;
    derivative[k] = at.derivative;
  }
  return { value, derivative };
}
