/** σ and tanh with their derivatives in balls: the formulas of activation.ts, which no saturation can hurt. */
import {
  abs,
  type Ball,
  BallArithmetic,
  exponentAbove,
  holdsZero,
  isZero,
  negate,
  ONE,
  timesPower,
  ZERO,
} from "../linalg/ball.ts";
import { expNegative } from "../linalg/ball-exp.ts";

export interface BallActivation {
  readonly value: Ball;
  readonly derivative: Ball;
}

const isNegative = ({ m }: Ball) => m < 0n;
const size = (ball: Ball) => (isNegative(ball) ? negate(ball) : ball);

/** 1/(1 + e^{−|z|}) and e^{−|z|}/(1 + e^{−|z|}), with e^{−|z|} */
function shares(z: Ball, in_: BallArithmetic): { e: Ball; larger: Ball; smaller: Ball } {
  const e = expNegative(negate(size(z)), in_.bits);
  const larger = in_.divide(ONE, in_.add(ONE, e));
  return { e, larger, smaller: in_.multiply(e, larger) };
}

/** σ(z) and σ'(z) = σ(z)·σ(−z), for z whose sign is known. */
export function sigmoid(z: Ball, arithmetic: BallArithmetic): BallActivation {
  const { larger, smaller } = shares(z, arithmetic);
  return { value: isNegative(z) ? smaller : larger, derivative: arithmetic.multiply(larger, smaller) };
}

/**
 * tanh(x) = (1 − e^{−2|x|})/(1 + e^{−2|x|}) and tanh'(x) = 4e^{−2|x|}/(1 + e^{−2|x|})², in as many bits more as the
 * difference cancels; for a tiny x, x itself, from which it is off by less than |x|³. Of an x that may be zero it is only
 * known that |tanh x| ≤ |x| and 0 ≤ tanh' ≤ 1.
 */
export function tanh(x: Ball, arithmetic: BallArithmetic): BallActivation {
  if (isZero(x)) return { value: ZERO, derivative: ONE };
  if (holdsZero(x)) return { value: { m: 0n, r: abs(x.m) + x.r, e: x.e }, derivative: { m: 1n, r: 1n, e: -1 } };
  const above = exponentAbove(x);
  const fine = new BallArithmetic(arithmetic.bits + Math.max(0, 8 - Math.max(above, -arithmetic.bits)));
  const { e, larger, smaller } = shares(timesPower(x, 1), fine);
  const derivative = arithmetic.round(timesPower(fine.multiply(larger, smaller), 2));
  if (above < -arithmetic.bits) return { value: arithmetic.add(x, { m: 0n, r: 1n, e: 3 * above }), derivative };
  const value = arithmetic.round(fine.multiply(fine.add(ONE, negate(e)), larger));
  return { value: isNegative(x) ? negate(value) : value, derivative };
}
