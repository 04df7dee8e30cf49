import { describe, expect, test } from "vitest";
import { activate, sigmoid, tanh } from "../../src/lstm/activation.ts";
import { deviation, exact, sigmoid as exactSigmoid, tanh as exactTanh } from "../promise/exact.ts";

const FUNCTIONS = [
  { name: "σ", ours: sigmoid, theirs: exactSigmoid, last: 707 },
  { name: "tanh", ours: tanh, theirs: exactTanh, last: 353 },
];

describe.each(FUNCTIONS)("$name", ({ ours, theirs, last }) => {
  /** Arguments of either sign: a grid, and where one formula takes over from another. */
  const grid = Array.from({ length: 120 }, (_, k) => ((k + 0.37) / 120) ** 3 * last);
  const seams = [1e-300, 1e-9, 1 / 16 - 2 ** -57, 1 / 16, 1 / 16 + 2 ** -56, Math.LN2, 18.03, 36.74, 37.43];
  const arguments_ = [...grid, ...seams].flatMap((z) => [z, -z]);

  test("and its derivative are within 1.2ε until they leave the normal doubles", () => {
    for (const z of arguments_) {
      const truth = theirs(exact(z));
      expect(deviation(ours(z).value.hi, truth.value), `value at ${z}`).toBeLessThan(1.2);
      expect(deviation(ours(z).derivative, truth.derivative), `derivative at ${z}`).toBeLessThan(1.2);
    }
  });

  test("carries the low part of its argument, and returns one of its value, good to 2⁻⁵⁴ together", () => {
    for (const z of arguments_.filter((argument) => Math.abs(argument) > 1e-9 && Math.abs(argument) < last / 2)) {
      const low = z * 2 ** -53;
      const { hi, lo } = ours(z, low).value;
      const truth = theirs(exact(z).plus(exact(low))).value;
      const apart = exact(hi).plus(exact(lo)).minus(truth).abs();
      expect(apart.lte(truth.abs().times(exact(2 ** -54))), `at ${z}`).toBe(true);
    }
  });

  test("is good to 2⁻⁵⁸ where the series of tanh is used, up to its last term", () => {
    for (const z of arguments_.filter((argument) => Math.abs(argument) < 1 / 16)) {
      const { hi, lo } = ours(z).value;
      const truth = theirs(exact(z)).value;
      const apart = exact(hi).plus(exact(lo)).minus(truth).abs();
      expect(apart.lte(truth.abs().times(exact(2 ** -58))), `at ${z}`).toBe(true);
    }
  });

  test("is finite, and saturated, at the ends of the double range", () => {
    for (const z of [1e308, Number.MAX_VALUE]) {
      expect([ours(z).value.hi, ours(z).derivative, ours(-z).derivative]).toEqual([1, 0, 0]);
    }
    expect(sigmoid(-1e308).value.hi).toBe(0);
    expect(tanh(-1e308).value.hi).toBe(-1);
  });
});

describe("saturation and zero", () => {
  test("σ′(40) = 4.248354255291589e-18, where σ(1 − σ) is 0", () => {
    expect(sigmoid(40).derivative).toBe(4.248354255291589e-18);
    expect(sigmoid(-40).derivative).toBe(4.248354255291589e-18);
  });

  test("σ(0) = 1/2 with derivative 1/4, tanh(0) = 0 with derivative 1, for −0 too", () => {
    for (const zero of [0, -0]) {
      expect([sigmoid(zero).value.hi, sigmoid(zero).derivative]).toEqual([0.5, 0.25]);
      expect(Math.abs(tanh(zero).value.hi)).toBe(0);
      expect(tanh(zero).derivative).toBe(1);
    }
  });

  test("tanh is odd and σ′ even, to the last bit", () => {
    for (const z of [1e-8, 0.06, 0.07, 1, 20, 300]) {
      expect(tanh(-z).value.hi).toBe(-tanh(z).value.hi);
      expect(tanh(-z).derivative).toBe(tanh(z).derivative);
      expect(sigmoid(-z).derivative).toBe(sigmoid(z).derivative);
    }
  });

  test("activate works component by component", () => {
    const { value, derivative } = activate(sigmoid, { hi: Float64Array.of(0, 40), lo: Float64Array.of(0, 0) });
    expect([...value.hi]).toEqual([0.5, 1]);
    expect([...derivative]).toEqual([0.25, 4.248354255291589e-18]);
  });
});
