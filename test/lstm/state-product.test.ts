import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/linalg/matrix.ts";
import { log10 } from "../../src/linalg/scaled-number.ts";
import { type StateJacobian, wholeStep } from "../../src/lstm/state-jacobian.ts";
import {
  nextTimes,
  normOf,
  ofStep,
  type StateProduct,
  timesNext,
  toScaledMatrix,
} from "../../src/lstm/state-product.ts";
import type { StepJacobian } from "../../src/lstm/step-jacobian.ts";
import { type Dyadic, dyadic, isAboveSquaredNorm, log2, minus, multiply, productOf, size } from "../helpers/dyadic.ts";
import { matrixOf, rowsOf } from "../helpers/matrices.ts";
import { bits53, randomIn } from "../helpers/random.ts";

/** A step of entries 2^±spread with 53 random bits each, one in eight of them zero. */
function randomStep(H: number, spread: number, next: () => number): StateJacobian {
  const entry = () => (next() < 1 / 8 ? 0 : bits53(next) * 2 ** Math.round(spread * (2 * next() - 1)));
  const block = () => matrixOf(Array.from({ length: H }, () => Array.from({ length: H }, entry)));
  const row = () => ({ h_prev: block(), c_prev: Float64Array.from({ length: H }, entry) });
  return { h_t: row(), c_t: row() };
}

const rowsOfStep = (step: StateJacobian) => rowsOf(wholeStep(step));
const exactRows = (rows: readonly (readonly number[])[], change = (a: number) => a) =>
  rows.map((row) => row.map((entry) => dyadic(change(entry))));

/** S_T ⋯ S_1 exactly, and the product of absolute values. */
function exactProduct(steps: readonly StateJacobian[], change?: (a: number) => number): Dyadic[][] {
  return steps.map((step) => exactRows(rowsOfStep(step), change)).reduce((before, step) => productOf(step, before));
}

const isAtMost = (a: Dyadic, b: Dyadic) => minus(a, b).m <= 0n;

/**
 * Requires each entry within (T − 1)(2H + 2)ε of the product of absolute values, and what a subnormal double rounds where the
 * largest entry stands as high as doubles allow.
 */
function expectEntries(
  { scaled, exponent }: { scaled: Matrix; exponent: number },
  exact: Dyadic[][],
  sizes: Dyadic[][],
  share: number,
): void {
  const largest = Math.max(...exact.flat().map(log2));
  const lowest = Math.min(exponent, Math.floor(largest) - 1023);
  rowsOf(scaled).forEach((row, r) => {
    row.forEach((entry, c) => {
      const error = size(minus(dyadic(entry, exponent), exact[r]![c]!));
      const isHeld = Math.abs(entry) >= 2 ** -1022;
      const allowed = multiply(dyadic(share * 2 ** -53), sizes[r]![c]!);
      const rounding = dyadic(isHeld || largest === Number.NEGATIVE_INFINITY ? 0 : 2 ** -1074, lowest);
      expect(isAtMost(minus(error, rounding), allowed), `${entry} at ${r}, ${c}, × 2^${exponent}`).toBe(true);
    });
  });
}

function expectNorm(product: StateProduct, exact: Dyadic[][]): void {
  const norm = normOf(product)!;
  const square = (factor: number) =>
    multiply(dyadic(norm.value * factor, norm.exponent), dyadic(norm.value * factor, norm.exponent));
  if (exact.flat().every(({ m }) => m === 0n)) {
    expect(norm.value).toBe(0);
    return;
  }
  expect(isAboveSquaredNorm(square(1 + 1e-10), exact)).toBe(true);
  expect(isAboveSquaredNorm(square(1 - 1e-10), exact)).toBe(false);
  const expected = log2(dyadic(norm.value, norm.exponent)) * Math.log10(2);
  expect(Math.abs(log10(norm)! - expected)).toBeLessThanOrEqual(1e-10);
}

const asStep = (doubles: StateJacobian): StepJacobian => ({ doubles, wide: null });

/** On the way back, and forwards as a stream goes. */
const ways = (steps: readonly StateJacobian[]): StateProduct[] => {
  const backward = steps.map(asStep).reverse();
  const forward = steps.map(asStep);
  return [
    backward.slice(1).reduce((product, step) => timesNext(product, step), ofStep(backward[0]!)),
    forward.slice(1).reduce((product, step) => nextTimes(step, product), ofStep(forward[0]!)),
  ];
};

describe("a product of steps", () => {
  // 300 with other seeds: the same
  test("keeps every entry and its norm within the bound, whatever the spread, in both directions", () => {
    const next = randomIn(11);
    for (let run = 0; run < 48; run++) {
      const H = 1 + (run % 3);
      const T = 2 + (run % 5);
      const steps = Array.from({ length: T }, () => randomStep(H, [5, 200, 480, 1000][run % 4]!, next));
      const [exact, sizes] = [exactProduct(steps), exactProduct(steps, Math.abs)];
      for (const product of ways(steps)) {
        expectEntries(toScaledMatrix(product), exact, sizes, (T - 1) * (2 * H + 2));
        expectNorm(product, exact);
      }
    }
  });

  test("off by twice the bound in its smallest entry would be noticed", () => {
    const next = randomIn(5);
    const steps = Array.from({ length: 3 }, () => randomStep(2, 1000, next));
    const [exact, sizes] = [exactProduct(steps), exactProduct(steps, Math.abs)];
    const { scaled, exponent } = toScaledMatrix(ways(steps)[0]!);
    expectEntries({ scaled, exponent }, exact, sizes, 2 * 6);
    const held = [...scaled.data].map(Math.abs).filter((entry) => entry > 2 ** -1020);
    const smallest = scaled.data.findIndex((entry) => Math.abs(entry) === Math.min(...held));
    const planted = { ...scaled, data: scaled.data.slice() };
    planted.data[smallest]! *= 1 + 64 * 2 ** -53;
    expect(() => expectEntries({ scaled: planted, exponent }, exact, sizes, 2 * 6)).toThrow(/at \d, \d/);
    planted.data[smallest] = 0;
    expect(() => expectEntries({ scaled: planted, exponent }, exact, sizes, 2 * 6)).toThrow(/at \d, \d/);
  });

  /** Of one unit, h and c. */
  const stepOf = ([[hh, hc], [ch, cc]]: [[number, number], [number, number]]): StateJacobian => ({
    h_t: { h_prev: matrixOf([[hh]]), c_prev: Float64Array.of(hc) },
    c_t: { h_prev: matrixOf([[ch]]), c_prev: Float64Array.of(cc) },
  });
  const small = 2 ** -900;

  test.each<[string, StateJacobian[]]>([
    [
      "what small entries make of small ones, beside large ones",
      [
        stepOf([
          [1, small],
          [small, small],
        ]),
        stepOf([
          [1, 0],
          [0, 2 ** -700],
        ]),
      ],
    ],
    [
      "zeros",
      [
        stepOf([
          [1, small],
          [small, 3],
        ]),
        stepOf([
          [0, 0],
          [0, 0],
        ]),
      ],
    ],
  ])("keeps %s, in either order", (_, steps) => {
    for (const order of [steps, steps.toReversed()]) {
      const [exact, sizes] = [exactProduct(order), exactProduct(order, Math.abs)];
      for (const product of ways(order)) {
        expectEntries(toScaledMatrix(product), exact, sizes, 4);
        expectNorm(product, exact);
      }
    }
  });

  test("comes back to one power of two as soon as its entries have come together", () => {
    const step = (h: number, c: number): StepJacobian =>
      asStep({
        h_t: { h_prev: matrixOf([[h]]), c_prev: Float64Array.of(0) },
        c_t: { h_prev: matrixOf([[0]]), c_prev: Float64Array.of(c) },
      });
    const apart = timesNext(ofStep(step(2 ** 900, 2 ** -900)), step(2 ** 900, 2 ** -900));
    const together = timesNext(timesNext(apart, step(2 ** -900, 2 ** 900)), step(2 ** -900, 3 * 2 ** 900));
    expect(toScaledMatrix(together)).toEqual({
      scaled: matrixOf([
        [1, 0],
        [0, 3],
      ]),
      exponent: 0,
    });
  });
});

describe("a product as one matrix", () => {
  const wide = (entries: [number, number][]): StateProduct => ({
    ...{ rows: 1, cols: entries.length },
    significand: Float64Array.from(entries, ([a]) => a),
    exponent: Float64Array.from(entries, ([a, e]) => (a === 0 ? Number.NEGATIVE_INFINITY : e)),
  });

  test.each<[string, [number, number][], number, number[]]>([
    [
      "has no power of two as long as its entries are zero or normal doubles",
      [
        [1.5, -1022],
        [-1, 1023],
        [0, 0],
      ],
      0,
      [1.5 * 2 ** -1022, -(2 ** 1023), 0],
    ],
    [
      "has that of the largest, where one is below the normal doubles",
      [
        [1.5, -1023],
        [-1.25, -200],
      ],
      -200,
      [1.5 * 2 ** -823, -1.25],
    ],
    [
      "or above them",
      [
        [1, 1024],
        [1.5, 3],
      ],
      1024,
      [1, 1.5 * 2 ** -1021],
    ],
    [
      "puts the largest as high as the smallest needs it",
      [
        [1, 5000],
        [1.5, 5000 - 2045],
      ],
      3977,
      [2 ** 1023, 1.5 * 2 ** -1022],
    ],
    [
      "prints 0 only for what no double holds beside the largest",
      [
        [1, 0],
        [1.5, -2097],
        [1.5, -2098],
        [1, -9000],
      ],
      -1023,
      [2 ** 1023, 2 ** -1073, 2 ** -1074, 0],
    ],
  ])("%s", (_, entries, exponent, expected) => {
    expect(toScaledMatrix(wide(entries))).toEqual({ scaled: matrixOf([expected]), exponent });
  });

  test("of a single step is that step, subnormal entries too", () => {
    const step = asStep({
      h_t: { h_prev: matrixOf([[5e-324]]), c_prev: Float64Array.of(1e308) },
      c_t: { h_prev: matrixOf([[0]]), c_prev: Float64Array.of(3e-310) },
    });
    const expected = {
      scaled: matrixOf([
        [5e-324, 1e308],
        [0, 3e-310],
      ]),
      exponent: 0,
    };
    expect(toScaledMatrix(ofStep(step))).toEqual(expected);
  });
});
