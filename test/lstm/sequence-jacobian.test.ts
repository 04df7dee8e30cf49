import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Matrix } from "../../src/linalg/matrix.ts";
import { scaleByPowerOfTwo } from "../../src/linalg/scale.ts";
import { toWide } from "../../src/linalg/wide-matrix.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { productToStart, sequenceJacobian, stepAt, type ToEnd } from "../../src/lstm/sequence-jacobian.ts";
import { wholeStep } from "../../src/lstm/state-jacobian.ts";
import { toScaledMatrix } from "../../src/lstm/state-product.ts";
import { stepJacobian } from "../../src/lstm/step-jacobian.ts";
import { traceAt, unroll } from "../../src/lstm/unroll.ts";
import { toDouble } from "../../src/verify/arithmetic.ts";
import { ProductReference } from "../../src/verify/product.ts";
import { matrixOf, product, rowsOf } from "../helpers/matrices.ts";
import { excitedUnit, fadingUnit, randomSequence } from "../helpers/sequences.ts";

/** Requires entries within 1e-12 of the largest. */
function expectClose({ scaled, exponent }: { scaled: Matrix; exponent: number }, expected: number[][]): void {
  const largest = Math.max(...expected.flat().map(Math.abs));
  expect([scaled.rows, scaled.cols]).toEqual([expected.length, expected[0]!.length]);
  rowsOf(scaled).forEach((row, r) => {
    row.forEach((entry, c) => {
      expect(Math.abs(entry * 2 ** exponent - expected[r]![c]!)).toBeLessThanOrEqual(1e-12 * largest);
    });
  });
}

const unrolled = unroll(parseCell(randomSequence(3, 2, 9)));
const steps = Array.from({ length: 9 }, (_, k) => rowsOf(wholeStep(stepAt(unrolled, k + 1))));
const chained = (from: number, to: number) => steps.slice(from, to).reduce((before, step) => product(step, before));

describe("∂s_to/∂s_from", () => {
  test("is the product of the steps, the last one leftmost, for any part", () => {
    for (const [from, to] of [
      [0, 9],
      [0, 1],
      [8, 9],
      [2, 5],
      [3, 4],
    ] as const) {
      expectClose(sequenceJacobian(unrolled, { from, to }), chained(from, to));
    }
    expect(sequenceJacobian(unrolled)).toEqual(sequenceJacobian(unrolled, { from: 0, to: 9 }));
  });

  test("comes on the way back for each state, with the step that leads from it", () => {
    const seen: ToEnd[] = [];
    const last = productToStart(unrolled.traces, { from: 2, to: 6 }, (toEnd) => seen.push(toEnd));
    expect(last).toBe(seen.at(-1)!.product);
    expect(seen.map(({ t }) => t)).toEqual([5, 4, 3, 2]);
    for (const { t, step, product: rest } of seen) {
      expect(rowsOf(wholeStep(step.doubles!))).toEqual(steps[t]);
      expectClose(toScaledMatrix(rest), chained(t, 6));
    }
  });

  test("in the wrong order would be noticed", () => {
    const reversed = steps.slice(2, 5).reduce((before, step) => product(before, step));
    expect(() => expectClose(sequenceJacobian(unrolled, { from: 2, to: 5 }), reversed)).toThrow();
  });
});

describe("a product that leaves the doubles", () => {
  test("of a thousand steps that forget is σ(b_f)^1000, times a power of two", () => {
    const { scaled, exponent } = sequenceJacobian(unroll(parseCell(fadingUnit(-0.5, 1000))));
    expect(exponent).toBeLessThan(-1300);
    const log10 = (entry: number) => Math.log10(entry) + exponent * Math.log10(2);
    const memory = 1000 * Math.log10(1 / (1 + Math.exp(0.5)));
    expect(memory).toBeLessThan(-420);
    expect(log10(scaled.data[3]!)).toBeCloseTo(memory, 9);
    expect(log10(scaled.data[1]!)).toBeCloseTo(memory + Math.log10(0.5), 9);
    expect([scaled.data[0], scaled.data[2]]).toEqual([0, 0]);
  });

  // S = (½, 1)ᵀ(w/2, ½) has rank one, so S^T = (w/4 + ½)^(T−1) S
  test.each([1e3, 1e100, 1e300])("that explodes by a weight of %d a step is no error", (w) => {
    const { scaled, exponent } = sequenceJacobian(unroll(parseCell(excitedUnit(w, 1000))));
    const growth = 999 * Math.log10(w / 4 + 0.5);
    [w / 4, 1 / 4, w / 2, 1 / 2].forEach((entry, k) => {
      const got = Math.log10(scaled.data[k]!) + exponent * Math.log10(2);
      expect(Math.abs(got / (growth + Math.log10(entry)) - 1)).toBeLessThanOrEqual(1e-12);
    });
  });

  // h stays ½ and f = σ(¼): ∂c_T/∂c_0 = f^T beside ∂c_T/∂h_0 = f^(T−1) c_0 σ'(¼)/2
  test("keeps an ordinary entry beside one of 1e300", () => {
    const native = { ...excitedUnit(0, 4), U_f: [[0.5]], h_prev: [0.5], c_prev: [1e300] };
    const { scaled, exponent } = sequenceJacobian(unroll(parseCell(native)));
    const f = 1 / (1 + Math.exp(-0.25));
    expect([exponent, scaled.data[0], scaled.data[1]]).toEqual([0, 0, 0]);
    expect(scaled.data[2]! / (f ** 3 * 1e300 * f * (1 - f) * 0.5)).toBeCloseTo(1, 13);
    expect(scaled.data[3]! / f ** 4).toBeCloseTo(1, 13);
  });

  test("of steps that are no doubles is e^−3000, times a power of two", () => {
    const { scaled, exponent } = sequenceJacobian(unroll(parseCell(fadingUnit(-1000, 3))));
    expect([scaled.data[0], scaled.data[2]]).toEqual([0, 0]);
    expect(Math.log(scaled.data[3]!) + exponent * Math.LN2).toBeCloseTo(-3000, 9);
    expect(scaled.data[1]! / scaled.data[3]!).toBeCloseTo(0.5, 14);
  });
});

describe("a product as one matrix", () => {
  const product = (h: number, c: number, exponent: number) =>
    toWide(
      matrixOf([
        [h, c],
        [0, 0],
      ]),
      exponent,
    );

  test("has no power of two as long as its entries are zero or normal doubles", () => {
    const { scaled, exponent } = toScaledMatrix(product(2 ** 500, -3 * 2 ** 400, -1400));
    expect(exponent).toBe(0);
    expect(rowsOf(scaled)).toEqual([
      [2 ** -900, -3 * 2 ** -1000],
      [0, 0],
    ]);
  });

  test.each([
    [-1500, "an entry below the normal doubles"],
    [600, "one above"],
  ])("has 2^%i, for %s", (e) => {
    const { scaled, exponent } = toScaledMatrix(product(2 ** 500, -3 * 2 ** 400, e));
    expect(exponent).toBe(e + 500);
    expect(rowsOf(scaled)).toEqual([
      [1, -3 * 2 ** -100],
      [0, 0],
    ]);
  });

  test("keeps entries 2^1300 apart beside each other", () => {
    const { scaled, exponent } = toScaledMatrix(product(2 ** 500, 2 ** -800, -9000));
    expect(scaled.data[1]! / 2 ** -800).toBe(scaled.data[0]! / 2 ** 500);
    expect(Math.log2(scaled.data[0]!) + exponent).toBe(-8500);
  });
});

test("what is wrong with a step names it", () => {
  const native = { ...excitedUnit(0, 3), U_f: [[1e200]], W_u: [[50]], x: [[0], [1], [0]], c_prev: [1e200] };
  const unrolled = unroll(parseCell(native));
  expect(() => [1, 2, 3].map((t) => stepAt(unrolled, t))).toThrow(/^steps\[\d\]\.jacobian\.[hc]_t\.h_prev/);
  // their product scales instead
  expect(sequenceJacobian(unrolled).scaled.data.every(Number.isFinite)).toBe(true);
});

describe("an entry that underflows in one step and grows back in the next", () => {
  // i' U_i is 1e-374 in both steps, T_o 1e106 in the first: truths by mpmath, 200 digits
  const native = {
    ...{ U_f: [[0]], U_i: [[1e-200]], U_o: [[1e280]], U_u: [[0]] },
    ...{ W_f: [[0]], W_i: [[1]], W_o: [[1]], W_u: [[1]], b_f: [-800], b_i: [-400] },
    x: [[1], [0.5]],
  };
  const unrolled = unroll(parseCell(native));

  test("is kept", () => {
    const { scaled, exponent } = sequenceJacobian(unrolled);
    for (const entry of [scaled.data[0]!, scaled.data[2]!]) {
      const kept = scaleByPowerOfTwo(entry, exponent);
      expect(Math.abs(kept / 1.1374747628306245e-268 - 1)).toBeLessThan(2 ** -50);
    }
    // f is e^−800 in both steps
    expect(Math.log(scaled.data[3]!) + exponent * Math.LN2).toBeCloseTo(-1600, 1);
  });

  test("is judged by a reference that keeps it too", () => {
    const steps = [1, 2].map((t) => stepJacobian(traceAt(unrolled, t)));
    const [h] = new ProductReference(steps, 1, 0).column(0);
    expect(Math.abs(toDouble(h!.value) / 1.1374747628306245e-268 - 1)).toBeLessThan(2 ** -50);
    expect(toDouble(h!.allowed)).toBeLessThan(1e-282);
  });

  test("stands in a single step as the step prints it", () => {
    const { scaled } = sequenceJacobian(unrolled, { from: 0, to: 1 });
    expect(Array.from(scaled.data)).toEqual([jacobian(traceAt(unrolled, 1), "h_t", "h_prev").data[0], 0, 0, 0]);
  });

  // tanh(c) o' U_o is 4.69e-335 in the first step, (1 − tanh² c) i u' U_u is 1e150 in the second: truths by mpmath, 200 digits
  test("is kept where it goes through o alone", () => {
    const { scaled, exponent } = sequenceJacobian(
      unroll(
        parseCell({
          ...{ U_f: [[0]], U_i: [[0]], U_o: [[1e-160]], U_u: [[1e150]] },
          ...{ W_f: [[0]], W_i: [[1e5]], W_o: [[400]], W_u: [[0]], c_prev: [0.5], x: [[-1], [1]] },
        }),
      ),
    );
    expect(exponent).toBe(0);
    expect(Math.abs(scaled.data[0]! / 4.618073753007227e-185 - 1)).toBeLessThan(2 ** -50);
    expect(Math.abs(scaled.data[2]! / 4.690607759034453e-185 - 1)).toBeLessThan(2 ** -50);
  });

  test("is the entry of its own row and column", () => {
    // i' = e^-400/(1 + e^-400)^2 of unit 0 and e^-401/… of unit 1, u = tanh(1): i' U_i[r][k] u is below the normal doubles
    const U_i = [
      [2e-150, 3e-150],
      [5e-150, 7e-150],
    ];
    const none = [
      [0, 0],
      [0, 0],
    ];
    const cell = parseCell({
      ...{ U_f: none, U_i, U_o: none, U_u: none },
      ...{ b_f: [-800, -800], b_i: [-400, -401], b_o: [0, 0], b_u: [1, 1] },
    });
    const { wide } = stepJacobian(traceAt(unroll(cell), 1));
    U_i.forEach((row, r) => {
      row.forEach((weight, k) => {
        const at = (2 + r) * 4 + k;
        const log10 = Math.log10(wide!.significand[at]!) + wide!.exponent[at]! * Math.log10(2);
        expect(log10).toBeCloseTo((-400 - r) * Math.LOG10E + Math.log10(weight) + Math.log10(Math.tanh(1)), 10);
      });
    });
  });
});
