/**
 * Vectors of real numbers, each known in two ways: in double-double with a bound, and exactly, to any precision that is asked for.
 * An equation over them is written once; their doubles are the nearest ones.
 */
import { onceBy } from "../once.ts";
import { allocator, type Room } from "./allocator.ts";
import { add, copy, divide, isVague, multiply, nearest, negate, ONE, put, squareRoot, WORDS } from "./bounded.ts";
import { E, exponential, found, REST } from "./bounded-exp.ts";
import { kernelsFor } from "./kernels/choice.ts";
import type { Real, RealArithmetic, ValueAndDerivative } from "./real.ts";
import { nearestReal, putReal } from "./real-rounding.ts";
import { scaleByPowerOfTwo } from "./scale.ts";

export interface RealVector extends Room {
  /** Number k by an arithmetic of so many bits. */
  readonly exactly: Exactly;
}

type Exactly = (A: RealArithmetic, k: number) => Real;

const allocate = allocator();
/** What is kept for long lies apart: one number in use keeps its whole array. */
const allocateKept = allocator();

/** A vector whose data are to be filled: what is in them is arbitrary. */
export function realVector(length: number, exactly: Exactly): RealVector {
  const { data, start } = allocate(length);
  return { length, data, start, exactly };
}

/** What was computed once is kept: a row of a matrix asks for the same number again and again. */
function remembered<T>(compute: (A: RealArithmetic, k: number) => T): (A: RealArithmetic, k: number) => T {
  let known: Map<RealArithmetic, Map<number, T>> | null = null;
  return (A, k) => {
    known ??= new Map();
    return onceBy(
      onceBy(known, A, () => new Map<number, T>()),
      k,
      () => compute(A, k),
    );
  };
}

/** The same numbers without what led to them: their exact ones are those of the vector that `again` makes. */
export function detached(vector: RealVector, again: () => RealVector): RealVector {
  const { length, data, start } = allocateKept(vector.length);
  data.set(vector.data.subarray(vector.start, vector.start + WORDS * length), start);
  return { length, data, start, exactly: (A, k) => again().exactly(A, k) };
}

/** Doubles, exactly. */
export function fromDoubles(values: Float64Array): RealVector {
  const out = realVector(values.length, (A, k) => A.double(values[k]));
  for (let k = 0; k < values.length; k++) put(out.data, out.start + WORDS * k, values[k], 0, 0, 0);
  return out;
}

/** The same number n times. */
export function repeated(number: RealVector, length: number): RealVector {
  const out = realVector(length, (A) => number.exactly(A, 0));
  for (let k = 0; k < length; k++) copy(out.data, out.start + WORDS * k, number.data, number.start);
  return out;
}

/** Component k, as a vector of one. */
export function componentOf(vector: RealVector, k: number): RealVector {
  return partOf(vector, k, 1);
}

/** Components from … from + length − 1: the same numbers, in the same place. */
export function partOf({ data, start, exactly }: RealVector, from: number, length: number): RealVector {
  return { length, data, start: start + WORDS * from, exactly: (A, k) => exactly(A, from + k) };
}

/** The doubles nearest to the numbers, ±∞ beyond the doubles; NaN for what comes of such. */
export function toDoubles(vector: RealVector): Float64Array {
  const { length, data, start, exactly } = vector;
  const out = new Float64Array(length);
  const doubleAt = (k: number) => {
    const told = nearest(data, start + WORDS * k);
    return Number.isNaN(told) && !Number.isNaN(data[start + WORDS * k]) ? nearestReal((A) => exactly(A, k)) : told;
  };
  if (!kernelsFor(ROUNDING * length)?.setRounded(out, vector, doubleAt)) {
    for (let k = 0; k < length; k++) out[k] = doubleAt(k);
  }
  return out;
}

/** Component k as a double and what is left of it. */
export function partsOf({ data, start }: RealVector, k: number): [high: number, low: number] {
  const [h, l, x] = data.subarray(start + WORDS * k, start + WORDS * (k + 1));
  return [scaleByPowerOfTwo(h, x), scaleByPowerOfTwo(l, x)];
}

/** The vector with those numbers anew of which too little is known: what cancelled is cancelled in 256 bits. */
export function refined(vector: RealVector): RealVector {
  const { length, data, start, exactly } = vector;
  for (let at = start, k = 0; k < length; k++, at += WORDS) {
    if (isVague(data, at) && !Number.isNaN(data[at])) putReal(data, at, (A) => exactly(A, k));
  }
  return vector;
}

type Operation = (out: Float64Array, o: number, a: Float64Array, i: number, b: Float64Array, j: number) => void;

function componentwise(
  operation: Operation,
  name: "plus" | "times" | "over",
): (a: RealVector, b: RealVector) => RealVector {
  return (a, b) => {
    const exactly = remembered((A, k) => A[name](a.exactly(A, k), b.exactly(A, k)));
    const out = realVector(a.length, exactly);
    const setAt = (k: number) => operation(out.data, out.start + k, a.data, a.start + k, b.data, b.start + k);
    const compiled = name === "times" ? kernelsFor(TIMES * a.length) : null;
    if (!compiled?.setProducts(a, b, out, setAt)) for (let k = 0; k < WORDS * a.length; k += WORDS) setAt(k);
    return out;
  };
}

/** a + b */
export const plus = componentwise(add, "plus");
/** a ∘ b */
export const times = componentwise(multiply, "times");
/** a / b */
export const over = componentwise(divide, "over");

/** √a for a ≥ 0 */
export function root(a: RealVector): RealVector {
  const out = realVector(a.length, (A, k) => A.root(a.exactly(A, k)));
  for (let k = 0; k < WORDS * a.length; k += WORDS) squareRoot(out.data, out.start + k, a.data, a.start + k);
  return out;
}

/** Registers of the functions below. */
const work = new Float64Array(3 * WORDS);
const [SUM, SHARE, OTHER] = [0, WORDS, 2 * WORDS];

/** E = e^{-s|z|}, REST = 1 − E, SUM = 1 + E, SHARE = E/(1 + E), OTHER = 1 − SHARE */
function setShares(z: Float64Array, i: number, s: number): void {
  exponential(z, i, s);
  add(work, SUM, ONE, 0, found, E);
  divide(work, SHARE, found, E, work, SUM);
  negate(work, OTHER, work, SHARE);
  add(work, OTHER, ONE, 0, work, OTHER);
}

/** Products that take as long as the activation of one unit, as its rounding, or as a product of numbers. */
const [ACTIVATION, ROUNDING, TIMES] = [64, 8, 12];

/** A function by components: `set` stores its value and its derivative at z[i] there. */
function activation(
  name: "sigmoid" | "tanh",
  set: (z: Float64Array, i: number, value: Float64Array, v: number, derivative: Float64Array, d: number) => void,
): (z: RealVector) => ValueAndDerivative<RealVector> {
  return (z) => {
    const exactly = remembered((A, k) => A[name](z.exactly(A, k)));
    const value = realVector(z.length, (A, k) => exactly(A, k).value);
    const derivative = realVector(z.length, (A, k) => exactly(A, k).derivative);
    const setAt = (k: number) =>
      set(z.data, z.start + k, value.data, value.start + k, derivative.data, derivative.start + k);
    if (!kernelsFor(ACTIVATION * z.length)?.setActivations(name, z, value, derivative, setAt)) {
      for (let k = 0; k < WORDS * z.length; k += WORDS) setAt(k);
    }
    return { value, derivative };
  };
}

/**
 * σ(z) = 1/(1 + e^{-z}) and σ'(z) = σ(z)σ(−z), from S = e^{-|z|}: the share S/(1 + S) is σ(−|z|), and 1 − share is σ(|z|).
 * The textbook form σ(1 − σ) is exactly zero from z = 37 on; share·(1 − share) keeps its digits.
 */
export const sigmoid = activation("sigmoid", (z, i, value, v, derivative, d) => {
  setShares(z, i, 1);
  copy(value, v, work, z[i] > 0 ? OTHER : SHARE);
  multiply(derivative, d, work, SHARE, work, OTHER);
});

/**
 * tanh(x) = ±(1 − E)/(1 + E) with E = e^{-2|x|}, and tanh'(x) = sech²(x) = 4E/(1 + E)², which is four times the share E/(1 + E)
 * times 1 − share. 1 − tanh² would be exactly zero from |x| = 20 on.
 */
export const tanh = activation("tanh", (x, i, value, v, derivative, d) => {
  setShares(x, i, 2);
  divide(value, v, found, REST, work, SUM);
  if (x[i] < 0) negate(value, v, value, v);
  multiply(work, SHARE, work, SHARE, work, OTHER);
  put(derivative, d, 4 * work[SHARE], 4 * work[SHARE + 1], work[SHARE + 2], work[SHARE + 3]);
});
