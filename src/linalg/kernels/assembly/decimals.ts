/**
 * Doubles as the shortest decimal numbers that read back as they are, of these the nearest, spelt as JavaScript does.
 * Source: R. Giulietti, "The Schubfach way to render doubles" (2020).
 */
import { upper } from "./words";

/** The least k of the table of 10^k, which is rounded up to 128 bits: two words each, the upper one first. */
const FIRST_POWER: i32 = -292;

/** What was found: digits·10^exponent. */
let digits: u64 = 0;
let exponent: i32 = 0;

/** g·c·2^-128 rounded to odd: its last bit tells whether there is a rest. */
// @ts-ignore: decorator
@inline
function roundedToOdd(g1: u64, g0: u64, c: u64): u64 {
  const low = upper(g0, c);
  const sum = g1 * c + low;
  return (upper(g1, c) + u64(sum < low)) | u64(sum > 1);
}

/** Finds the decimal of a positive double, from its fields. */
function find(fraction: u64, biased: i32, powers: usize): void {
  const c = biased === 0 ? fraction : fraction | (1 << 52);
  const q = (biased === 0 ? 1 : biased) - 1075;
  const isClose = fraction === 0 && biased > 1;
  const odd = c & 1;
  // ⌊log₁₀ 2^q⌋, or of ¾·2^q, and ⌊log₂ 10^-k⌋
  const k = (q * 1262611 - (isClose ? 524031 : 0)) >> 22;
  const shift = q + ((-k * 1741647) >> 19) + 1;
  const power = powers + 16 * <usize>(-k - FIRST_POWER);
  const g1 = load<u64>(power, 0);
  const g0 = load<u64>(power, 8);
  const below = roundedToOdd(g1, g0, (4 * c - 2 + u64(isClose)) << shift) + odd;
  const value = roundedToOdd(g1, g0, (4 * c) << shift);
  const above = roundedToOdd(g1, g0, (4 * c + 2) << shift) - odd;
  const s = value >> 2;
  digits = s;
  exponent = k;
  if (s >= 10) {
    const tenth = s / 10;
    const isBelow = below <= 40 * tenth;
    const isAbove = 40 * tenth + 40 <= above;
    if (isBelow !== isAbove) {
      digits = tenth + u64(isAbove);
      exponent = k + 1;
      return;
    }
  }
  const isBelow = below <= 4 * s;
  const isAbove = 4 * s + 4 <= above;
  const middle = 4 * s + 2;
  const isNearer = value > middle || (value === middle && (s & 1) !== 0);
  digits = s + u64(isBelow !== isAbove ? isAbove : isNearer);
}

/** The digits at the end of the 24 bytes before `end`; returns how many there are. */
function writeDigits(end: usize): i32 {
  while (digits % 10 === 0) {
    digits /= 10;
    exponent += 1;
  }
  let at = end;
  let rest = digits;
  if (rest >= 100000000) {
    let last = <u32>(rest % 100000000);
    rest /= 100000000;
    for (let k = 0; k < 8; k++) {
      store<u8>(--at, 48 + (last % 10));
      last /= 10;
    }
  }
  for (let first = <u32>rest; first !== 0; first /= 10) store<u8>(--at, 48 + (first % 10));
  return <i32>(end - at);
}

// @ts-ignore: decorator
@inline
function copy24(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  store<u64>(to, load<u64>(from, 16), 16);
}

/** The number, whose digits are before `end`, at `to`; returns where it ends. */
function spell(to: usize, end: usize): usize {
  const length = writeDigits(end);
  const from = end - <usize>length;
  // 0.digits · 10^point
  const point = length + exponent;
  if (point > 21 || point < -5) {
    store<u8>(to, load<u8>(from));
    copy24(to + 2, from + 1);
    if (length > 1) {
      store<u8>(to, 46, 1);
      to += <usize>length + 1;
    } else to += 1;
    store<u8>(to, 101, 0);
    store<u8>(to, point > 0 ? 43 : 45, 1);
    to += 2;
    const size = <u32>(point > 0 ? point - 1 : 1 - point);
    if (size >= 100) store<u8>(to++, 48 + size / 100);
    if (size >= 10) store<u8>(to++, 48 + ((size / 10) % 10));
    store<u8>(to++, 48 + (size % 10));
    return to;
  }
  if (point >= length) {
    copy24(to, from);
    memory.fill(to + length, 48, point - length);
    return to + point;
  }
  if (point > 0) {
    copy24(to, from);
    copy24(to + point + 1, from + point);
    store<u8>(to + point, 46);
    return to + length + 1;
  }
  // at most five zeros
  store<u64>(to, 0x3030303030302e30);
  copy24(to + 2 - point, from);
  return to + 2 - point + length;
}

/** n doubles as JSON at `to`, in brackets; returns where it ends, 0 where one of them is no number. Uses the 48 bytes before `to`. */
export function spellRow(from: usize, n: i32, to: usize, powers: usize): usize {
  const end = to - 24;
  store<u8>(to++, 91);
  for (let k = 0; k < n; k++) {
    if (k > 0) store<u8>(to++, 44);
    const bits = load<u64>(from + 8 * <usize>k);
    const biased = <i32>(bits >> 52) & 0x7ff;
    const fraction = bits & 0xfffffffffffff;
    if (biased === 0x7ff) return 0;
    if (bits >> 63 !== 0) store<u8>(to++, 45);
    if (biased === 0 && fraction === 0) store<u8>(to++, 48);
    else {
      find(fraction, biased, powers);
      to = spell(to, end);
    }
  }
  store<u8>(to++, 93);
  return to;
}
