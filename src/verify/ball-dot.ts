/** Sums of products, exact as far as doubles can lie apart. */
import { exponentOf, scaleByPowerOfTwo } from "../linalg/scale.ts";
import { add, type Ball, fromDouble, isZero, multiply, ZERO } from "./ball.ts";

/** Σ aₖbₖ of doubles aₖ, which stand `stride` apart, and numbers bₖ: exactly, unless they lie further apart than doubles do. */
export function dot(a: Float64Array, from: number, stride: number, b: readonly Ball[], bits: number): Ball {
  let total = ZERO;
  for (let k = 0, at = from; k < b.length; k++, at += stride) {
    if (a[at] === 0 || isZero(b[k])) continue;
    const term = multiply(b[k], fromDouble(a[at]), EXACT);
    total = add(total, term, Math.abs(total.e - term.e) < APART ? EXACT : bits);
  }
  return total;
}

const EXACT = Number.POSITIVE_INFINITY;
/** More than the exponents of two products of doubles can be apart. */
const APART = 8192;

/** Doubles as whole numbers times 2^e. */
export interface WholeNumbers {
  readonly numbers: readonly bigint[];
  readonly e: number;
}

/** The doubles exactly; null where they lie so far apart that no power of two makes whole doubles of them all. */
export function wholeNumbers(doubles: Float64Array): WholeNumbers | null {
  let [least, largest] = [Number.POSITIVE_INFINITY, 0];
  for (let k = 0; k < doubles.length; k++) {
    const size = Math.abs(doubles[k]);
    if (size > largest) largest = size;
    if (size > 0 && size < least) least = size;
  }
  if (largest === 0) return { numbers: Array(doubles.length).fill(0n), e: 0 };
  const e = exponentOf(least) - 52;
  if (exponentOf(largest) - e > 1000) return null;
  return { numbers: Array.from(doubles, (double) => BigInt(scaleByPowerOfTwo(double, -e))), e };
}

/** Σ aₖbₖ exactly. */
export function wholeDot(a: WholeNumbers, b: WholeNumbers): Ball {
  let total = 0n;
  for (let k = 0; k < b.numbers.length; k++) total += a.numbers[k] * b.numbers[k];
  return total === 0n ? ZERO : { m: total, e: a.e + b.e, r: 0n };
}
