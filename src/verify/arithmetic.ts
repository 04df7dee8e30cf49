/** The arithmetic of the reference: balls of so many bits, into which every double enters exactly. */

import type { Ball } from "./ball.ts";
import * as ball from "./ball.ts";

export type { Ball };

/** 2^−256 is far below what a double can be off by, and exponents have no limit: nothing is flushed. */
export let bits = 256;

/** Runs something with more bits: where what is left of a cancellation is known to fewer than a double has. */
export function withBits<T>(count: number, run: () => T): T {
  const before = bits;
  bits = count;
  try {
    return run();
  } finally {
    bits = before;
  }
}

export const exact = ball.fromDouble;

/** a + b + … */
export function sum(first: Ball, ...others: readonly Ball[]): Ball {
  let total = first;
  for (const term of others) total = ball.add(total, term, bits);
  return total;
}

/** a·b·… */
export function product(first: Ball, ...factors: readonly Ball[]): Ball {
  let total = first;
  for (const factor of factors) total = ball.multiply(total, factor, bits);
  return total;
}

export function difference(a: Ball, b: Ball): Ball {
  return ball.subtract(a, b, bits);
}

export function quotient(a: Ball, b: Ball): Ball {
  return ball.divide(a, b, bits);
}

export function largest(first: Ball, ...others: readonly Ball[]): Ball {
  return others.reduce((most, other) => (ball.compare(other, most) > 0 ? other : most), first);
}

export function smallest(a: Ball, b: Ball): Ball {
  return ball.compare(a, b) < 0 ? a : b;
}

/** Rounded to a double; what is beyond the doubles becomes the largest of them, because a report holds no Infinity. */
export function toDouble(value: Ball): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, ball.toDouble(value)));
}
