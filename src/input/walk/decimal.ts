/** Decimal numerals of up to 18 digits to the nearest double, in double arithmetic that proves its rounding. */
import { productError, sumError } from "../../linalg/error-free.ts";

/** 10^k = HIGH[k] + LOW[k], exactly: 5^45 has less than 106 bits. */
const HIGH = new Float64Array(46);
const LOW = new Float64Array(46);
for (let k = 0; k < HIGH.length; k++) {
  const power = 10n ** BigInt(k);
  HIGH[k] = Number(power);
  LOW[k] = Number(power - BigInt(HIGH[k]));
}

/** Powers of ten up to this one are doubles. */
const EXACT = 22;

/** Whole numbers up to this one are doubles. */
const WHOLE = 2 ** 53;

/** What the quotient or product of two numbers of two doubles each is at most off, relatively, and some more. */
const OFF = 2 ** -100;

/**
 * The double nearest to (head · 10^count + tail) · 10^exponent, halves to even; NaN where this does not tell it.
 * @param head below 10^9
 * @param tail below 10^count
 * @param count up to 9
 */
export function nearestDouble(head: number, tail: number, count: number, exponent: number): number {
  const shifted = head * HIGH[count];
  const high = shifted + tail;
  // the quotient of two numbers that are doubles exactly
  if (high < WHOLE && exponent <= 0 && exponent >= -EXACT) return high / HIGH[-exponent];
  const low = productError(head, HIGH[count], shifted) + sumError(shifted, tail, high);
  if (exponent === 0) return high + low;
  if (exponent > 0) return exponent > EXACT ? Number.NaN : product(high, low, HIGH[exponent]);
  return -exponent >= HIGH.length ? Number.NaN : quotient(high, low, -exponent);
}

/** (high + low) · factor */
function product(high: number, low: number, factor: number): number {
  const head = high * factor;
  return proven(head, productError(high, factor, head) + low * factor);
}

/** (high + low) / 10^k; the remainder of a division is a double. */
function quotient(high: number, low: number, k: number): number {
  const head = high / HIGH[k];
  const back = head * HIGH[k];
  const remainder = high - back - productError(head, HIGH[k], back);
  return proven(head, (remainder + (low - head * LOW[k])) / HIGH[k]);
}

/** head + rest, where whatever the rest is off does not change it. */
function proven(head: number, rest: number): number {
  const sum = head + rest;
  const off = head * OFF;
  return head + (rest + off) === sum && head + (rest - off) === sum ? sum : Number.NaN;
}
