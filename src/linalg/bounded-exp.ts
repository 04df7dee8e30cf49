/** e^{-a} of numbers with bounds. */
import { add, copy, multiply, negate, ONE, put, squareRoot, WORDS } from "./bounded.ts";
import { productError, sumError } from "./error-free.ts";

/** Where the results are: E = e^{-a}, and REST = 1 − e^{-a}, small with a. */
export const found = new Float64Array(2 * WORDS);
export const [E, REST] = [0, WORDS];

/** ln 2 / 64 in three parts: of 30, 30 and 53 bits. k times the first or the second is exact for k < 2^22; 2^-126 is left out. */
const [STEP_HEAD, STEP_MIDDLE, STEP_TAIL] = [0.010830424696905538, -6.563929799273827e-13, -1.790367613562302e-22];
const STEPS = 92.33248261689366;

/** Below it k = 0. */
const NEAREST = 0.005415;

/** Beyond it e^{-a} is only told to be in [0, 2^-47000]. */
const FARTHEST = 32768;

/** 1/3!, 1/4!, 1/5! as double-doubles. */
const FACTORS = [0.16666666666666666, 9.25185853854297e-18, 0.041666666666666664, 2.3129646346357427e-18];
const FIFTH = [0.008333333333333333, 1.1564823173178714e-19];

/** e^r − 1 */
const growth = new Float64Array(WORDS);

/**
 * e^{-a} for a = s|z|, s a power of two, and 1 − e^{-a}.
 *
 * a = k·ln 2/64 − r, |r| ≤ ln 2/128 < 2^-7.5, and e^{-a} = 2^(-k/64)·(1 + (e^r − 1)). k·ln 2/64 is off by at most k·2^-124 and r,
 * rounded three times, by 2^-112. An error of a itself, a·q, is one of e^{-a} relatively (e^{aq} − 1 < 1.1aq for aq < 0.1).
 * Source: P. T. P. Tang, "Table-driven implementation of the exponential function", ACM TOMS 15 (1989).
 */
export function exponential(z: Float64Array, i: number, s: number): void {
  const sign = z[i] < 0 ? -s : s;
  const a = z[i] * sign;
  const low = z[i + 1] * sign;
  if (z[i + 2] !== 0 || a > FARTHEST) extreme(a, low, z[i + 2], z[i + 3]);
  else if (a < NEAREST) near(a, low, z[i + 3]);
  else reduced(a, low, z[i + 3]);
}

/** k = 0 and r = −a: what a·q is of 1 − e^{-a}, q(1 + a) is relatively. */
function near(a: number, low: number, q: number): void {
  if (a === 0 && q === 0) put(growth, 0, 0, 0, 0, 0);
  else setGrowth(-a, -low, 1.01 * q);
  negate(found, REST, growth, 0);
  add(found, E, ONE, 0, growth, 0);
}

function reduced(a: number, low: number, q: number): void {
  const k = Math.round(a * STEPS);
  const first = k * STEP_HEAD - a;
  const middle = k * STEP_MIDDLE;
  const second = first + middle;
  const third = second - low;
  const tail = k * STEP_TAIL;
  const r = third + tail;
  setGrowth(r, sumError(first, middle, second) + (sumError(second, -low, third) + sumError(third, tail, r)), 0);
  const j = (64 - (k & 63)) & 63;
  const powers = powersOfTwo();
  multiply(found, E, powers, WORDS * j, growth, 0);
  add(found, E, powers, WORDS * j, found, E);
  const shift = a * q;
  const error = shift < 0.1 ? 1.1 * shift + k * 2 ** -118 + 2 ** -110 : Number.NaN;
  put(found, E, found[E], found[E + 1], found[E + 2] - (k + j) / 64, found[E + 3] + error);
  negate(growth, 0, found, E);
  add(found, REST, ONE, 0, growth, 0);
}

/** e^{-a} for a < 2^-400, which is 1 − a but for a²; and for a so large that it is as good as nothing. */
function extreme(a: number, low: number, x: number, q: number): void {
  const isKnown = q < 2 ** -20;
  if (x < 0) {
    put(found, E, 1, 0, 0, 2 ** -390 * (1 + q));
    put(found, REST, a, low, x, 2 ** -390 + 1.01 * q);
  } else {
    put(found, E, 1, 0, -47001, isKnown ? 1 : Number.NaN);
    put(found, REST, 1, 0, 0, isKnown ? 2 ** -400 : Number.NaN);
  }
}

/**
 * e^r − 1 = r(1 + r/2 + r²/6 + …) for r = high + low, |r| < 2^-7.5, itself known to within q.
 * Of its terms those from r⁶/720 on are summed in doubles, up to r¹¹/11!, the others in double-doubles. In units of 2^-98 of r: what
 * is left out 2^-13; the last terms, r⁵/720 < 2^-47 off by 4u of it, 1; the double-doubles' steps 2^-3 in all: less than 2^-97.
 */
function setGrowth(high: number, low: number, q: number): void {
  const upper =
    1 / 720 + high * (1 / 5040 + high * (1 / 40320 + high * (1 / 362880 + high * (1 / 3628800 + high / 39916800))));
  const part = high * upper;
  growth[0] = FIFTH[0] + part;
  growth[1] = FIFTH[0] - growth[0] + part + FIFTH[1];
  fold(FACTORS[2], FACTORS[3], high, low);
  fold(FACTORS[0], FACTORS[1], high, low);
  fold(0.5, 0, high, low);
  fold(1, 0, high, low);
  fold(0, 0, high, low);
  put(growth, 0, growth[0], growth[1], 0, 2 ** -97 + q);
}

/** growth ← c + r·growth in double-doubles */
function fold(c: number, cLow: number, r: number, low: number): void {
  const y = growth[0];
  const product = r * y;
  const sum = c + product;
  const rest = c - sum + product + (productError(r, y, product) + (r * growth[1] + low * y) + cLow);
  growth[0] = sum + rest;
  growth[1] = rest - (growth[0] - sum);
}

let powers: Float64Array | null = null;

/** 2^(j/64) for j = 0 … 63: 2^(1/2), 2^(1/4) … 2^(1/64), each the root of the one before, and their products. */
export function powersOfTwo(): Float64Array {
  if (powers) return powers;
  powers = new Float64Array(64 * WORDS);
  copy(powers, 0, ONE, 0);
  const root = Float64Array.of(2, 0, 0, 0);
  for (let j = 32; j >= 1; j /= 2) {
    squareRoot(root, 0, root, 0);
    for (let k = 0; k < 64; k += 2 * j) multiply(powers, WORDS * (k + j), powers, WORDS * k, root, 0);
  }
  return powers;
}
