/** The numbers of JSON, where they stand in memory, with a character behind them that is none of theirs. */
import { nearestDouble } from "./decimal";

/** What the digits from `start` to `end` are, where they are too many or too small for arithmetic; NaN where they are no double but zero. */
// @ts-ignore: decorator
@external("env", "numberIn")
declare function numberIn(start: usize, end: usize): f64;

const MINUS: u8 = 0x2d;
const PLUS: u8 = 0x2b;
const POINT: u8 = 0x2e;
const ZERO: u8 = 0x30;
const SMALL_E: u8 = 0x65;
/** Of an ASCII letter the small one. */
const SMALL: u8 = 0x20;

/** So many digits fit a word. */
const DIGITS: i32 = 19;

/** No line has so many digits that they would bring such an exponent back among those of doubles; ten times it is still an i32. */
const MOST_EXPONENT: i32 = 100000000;

/** Where the number ends that was read last. */
export let end: usize = 0;

// @ts-ignore: decorator
@inline
function digitAt(at: usize): u8 {
  return load<u8>(at) - ZERO;
}

/** 10^n, n = 0 … 8. */
export const TENS: usize = 3072;

/** Eight characters, of which the first has the lowest byte, as digits: 0 … 9 where they are any. */
// @ts-ignore: decorator
@inline
function digitsAt(at: usize): u64 {
  return load<u64>(at) ^ 0x3030303030303030;
}

/** A bit in each byte that is no digit, up to the first of them; what is behind it may have one too. */
// @ts-ignore: decorator
@inline
function others(eight: u64): u64 {
  return ((eight + 0x7676767676767676) | eight) & 0x8080808080808080;
}

/** What eight digits say: by pairs, fours and all. */
// @ts-ignore: decorator
@inline
function valueOf(eight: u64): u64 {
  const pairs = eight * 10 + (eight >> 8);
  const odd = (pairs & 0x000000ff000000ff) * ((1000000 << 32) + 100);
  const even = ((pairs >> 16) & 0x000000ff000000ff) * ((10000 << 32) + 1);
  return ((odd + even) >> 32) & 0xffffffff;
}

/** The number at `start`, as JSON.parse has it; NaN for any other, for one beyond the doubles, and one nearer to zero. */
export function number(start: usize): f64 {
  const isNegative = load<u8>(start) === MINUS;
  const first = start + <usize>isNegative;
  let at = first;
  let digits: u64 = 0;
  let count: i32 = 0;
  let exponent: i32 = 0;
  if (digitAt(at) > 9) return NaN;
  // a zero in front stands alone
  if (digitAt(at) === 0) at += 1;
  else {
    for (; digitAt(at) <= 9; at++, count++) digits = 10 * digits + digitAt(at);
  }
  if (load<u8>(at) === POINT) {
    at += 1;
    const point = at;
    if (count === 0) while (digitAt(at) === 0) at += 1;
    const behind = at;
    let eight = digitsAt(at);
    for (; others(eight) === 0; eight = digitsAt(at)) {
      digits = 100000000 * digits + valueOf(eight);
      at += 8;
    }
    // of the last ones the first go to the end, behind zeros: lengths differ, and a loop over them would be mispredicted
    const rest = <usize>ctz(others(eight)) >> 3;
    digits = load<u64>(TENS + 8 * rest) * digits + valueOf((eight << (8 * (7 - rest))) << 8);
    at += rest;
    if (at === point) return NaN;
    count += <i32>(at - behind);
    exponent = <i32>(point - at);
  }
  if ((load<u8>(at) | SMALL) === SMALL_E) {
    at += 1;
    const isSmall = load<u8>(at) === MINUS;
    at += <usize>(isSmall || load<u8>(at) === PLUS);
    const least = at;
    let value = 0;
    for (; digitAt(at) <= 9; at++) value = min(10 * value + <i32>digitAt(at), MOST_EXPONENT);
    if (at === least) return NaN;
    exponent += isSmall ? -value : value;
  }
  end = at;
  if (count === 0) return isNegative ? -0.0 : 0;
  let value: f64 = count > DIGITS ? NaN : nearestDouble(digits, exponent);
  if (value !== value) value = numberIn(first, at);
  return reinterpret<f64>(reinterpret<u64>(value) ^ (<u64>isNegative << 63));
}
