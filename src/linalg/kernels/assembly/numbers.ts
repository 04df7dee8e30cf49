/** Products of numbers by components, as ../../bounded.ts multiplies them, two at a time. */
import { evens, h, l, multiply, odds, power, q, storeNumbers } from "./double-double";

// @ts-ignore: decorator
@inline
function isZero(a: v128): v128 {
  return f64x2.eq(a, f64x2.splat(0));
}

/** Stores the products of n numbers at a with n at b, n even; h = NaN for what needs care: exponents, and products that take one. */
export function multiplyNumbers(a: usize, b: usize, out: usize, n: i32): void {
  const end = a + (<usize>n << 5);
  for (; a < end; a += 64, b += 64, out += 64) {
    const a0 = v128.load(a, 0);
    const a1 = v128.load(a, 32);
    const aRest0 = v128.load(a, 16);
    const aRest1 = v128.load(a, 48);
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 32);
    const bRest0 = v128.load(b, 16);
    const bRest1 = v128.load(b, 48);
    const aHigh = evens(a0, a1);
    const bHigh = evens(b0, b1);
    const aLow = odds(a0, a1);
    const bLow = odds(b0, b1);
    const aBound = odds(aRest0, aRest1);
    const bBound = odds(bRest0, bRest1);
    multiply(aHigh, aLow, aBound, bHigh, bLow, bBound);
    const areDoubles = isZero(v128.or(v128.or(aLow, bLow), v128.or(aBound, bBound)));
    const isExactZero = v128.or(isZero(v128.or(aHigh, aBound)), isZero(v128.or(bHigh, bBound)));
    const isExact = v128.or(areDoubles, isExactZero);
    const isNothing = v128.and(isZero(h), isExact);
    const size = f64x2.abs(h);
    const isInRange = v128.and(f64x2.ge(size, f64x2.splat(power(-400))), f64x2.le(size, f64x2.splat(power(400))));
    const exponents = v128.or(evens(aRest0, aRest1), evens(bRest0, bRest1));
    const isPlain = v128.and(v128.or(isInRange, isNothing), isZero(exponents));
    const high = v128.bitselect(v128.andnot(h, isNothing), f64x2.splat(NaN), isPlain);
    storeNumbers(out, high, v128.andnot(l, isNothing), v128.andnot(q, isExact));
  }
}
