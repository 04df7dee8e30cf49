import { describe, expect, test } from "vitest";
import {
  componentOf,
  fromDoubles,
  over,
  plus,
  type RealVector,
  repeated,
  root,
  sigmoid,
  tanh,
  times,
  toDoubles,
} from "../../src/linalg/real-vector.ts";
import { boundedAt, isWithin } from "../helpers/bounded.ts";
import { exact, sigmoid as exactSigmoid, tanh as exactTanh } from "../promise/exact.ts";

const numbers = (...values: number[]) => fromDoubles(Float64Array.from(values));

const FUNCTIONS = [
  { name: "σ", ours: sigmoid, theirs: exactSigmoid, last: 700 },
  { name: "tanh", ours: tanh, theirs: exactTanh, last: 350 },
];

test("what is no number stays none", () => {
  expect([...toDoubles(numbers(Number.NaN, 1, Number.NaN))]).toEqual([Number.NaN, 1, Number.NaN]);
});

describe.each(FUNCTIONS)("$name", ({ ours, theirs, last }) => {
  /** Of either sign: a grid over all 53 bits, and where one formula takes over from another. */
  const grid = Array.from({ length: 60 }, (_, k) => ((k + 0.37) / 60) ** 3 * last * (1 + k * 2 ** -52));
  const seams = [1e-300, 1e-120, 1e-9, 0.0054, 0.005415, 0.0054152, 0.0109, 0.5, Math.LN2, 18.03, 36.74, 276.9, 278];
  const z = Float64Array.from([...grid, ...seams].flatMap((x) => [x, -x]));
  const found = ours(fromDoubles(z));

  test.each(["value", "derivative"] as const)("its %s is within its bound, which is below 2^-88", (part) => {
    for (const [k, x] of z.entries()) {
      const number = boundedAt(found[part], k);
      // the truth has 60 digits, 2^-199
      expect(isWithin(number, theirs(exact(x))[part].toSignificantDigits(55)) || number.q < 2 ** -180, `${x}`).toBe(
        true,
      );
      expect(number.q).toBeLessThan(2 ** -88);
    }
  });

  test("carries the low part of its argument and the error of it", () => {
    const low = fromDoubles(z.map((x) => x * 2 ** -56));
    const moved = ours(plus(fromDoubles(z), low));
    for (const [k, x] of z.entries()) {
      const truth = theirs(exact(x).plus(exact(x * 2 ** -56)));
      expect(isWithin(boundedAt(moved.value, k), truth.value), `${x}`).toBe(true);
    }
  });

  test("is saturated, not infinite, far out, and knows how far off that is at most", () => {
    const far = ours(fromDoubles(Float64Array.of(1e5, 1e300, -1e5, -1.7e308)));
    const doubles = toDoubles(far.value);
    expect([...doubles]).toEqual(ours === tanh ? [1, 1, -1, -1] : [1, 1, 0, 0]);
    expect([...toDoubles(far.derivative)]).toEqual([0, 0, 0, 0]);
  });
});

test("σ(0) = 1/2 with derivative 1/4, tanh(0) = 0 exactly with derivative 1, for −0 too", () => {
  const zeros = fromDoubles(Float64Array.of(0, -0));
  expect([...toDoubles(sigmoid(zeros).value)]).toEqual([0.5, 0.5]);
  expect([...toDoubles(sigmoid(zeros).derivative)]).toEqual([0.25, 0.25]);
  expect([...toDoubles(tanh(zeros).value)].map(Math.abs)).toEqual([0, 0]);
  expect(boundedAt(tanh(zeros).value).q).toBe(0);
  expect([...toDoubles(tanh(zeros).derivative)]).toEqual([1, 1]);
});

test("σ′(40) = 4.248354255291589e-18, where σ(1 − σ) is 0", () => {
  const { derivative } = sigmoid(fromDoubles(Float64Array.of(40, -40)));
  expect([...toDoubles(derivative)]).toEqual([4.248354255291589e-18, 4.248354255291589e-18]);
});

test("vectors are worked on by components, short and long ones", () => {
  for (const n of [1, 3, 700]) {
    const a = fromDoubles(new Float64Array(n).map((_, k) => k + 1));
    const three = repeated(fromDoubles(Float64Array.of(3)), n);
    expect([...toDoubles(times(a, three))]).toEqual(Array.from({ length: n }, (_, k) => 3 * (k + 1)));
    expect([...toDoubles(over(a, three))]).toEqual(Array.from({ length: n }, (_, k) => (k + 1) / 3));
    expect([...toDoubles(plus(a, times(three, repeated(numbers(-1), n))))]).toEqual(
      Array.from({ length: n }, (_, k) => k - 2),
    );
    expect(toDoubles(root(componentOf(a, n - 1)))[0]).toBe(Math.sqrt(n));
  }
  // vectors that share an array do not overlap
  const [first, second] = [numbers(1, 2), numbers(3, 4)];
  expect(first.data !== second.data || Math.abs(first.start - second.start) >= 8).toBe(true);
});

test("what the bound leaves open is asked for", () => {
  const data = Float64Array.of(1, 2 ** -53, 0, 2 ** -80);
  const vague: RealVector = { length: 1, data, start: 0, exactly: (A, k) => A.double(7 + k) };
  expect([...toDoubles(vague)]).toEqual([7]);
});
