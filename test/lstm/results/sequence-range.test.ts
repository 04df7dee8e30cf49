import { describe, expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import { log10 } from "../../../src/linalg/scaled-number.ts";
import { jacobian } from "../../../src/lstm/jacobian.ts";
import type { SequenceSummary } from "../../../src/lstm/results/records.ts";
import { sequenceLines, sequenceResult } from "../../../src/lstm/results/sequence.ts";
import { productToStart, sequenceJacobian, stepAt } from "../../../src/lstm/sequence-jacobian.ts";
import { wholeStep } from "../../../src/lstm/state-jacobian.ts";
import { normOf, toScaledMatrix } from "../../../src/lstm/state-product.ts";
import { traceAt, unroll } from "../../../src/lstm/unroll.ts";
import { dyadic, productOf } from "../../helpers/dyadic.ts";
import { fixture } from "../../helpers/fixtures.ts";
import { rowsOf } from "../../helpers/matrices.ts";
import type { NativeSequence } from "../../helpers/sequences.ts";

/** What the record, the stream and the library tell of the whole. */
function everyMode(native: NativeSequence): SequenceSummary[] {
  const cell = parseCell(native);
  const span = { from: 0, to: native.x.length };
  const record = sequenceResult(cell, span);
  const stream = [...sequenceLines(cell, span)].at(-1) as SequenceSummary;
  const { scaled, exponent } = sequenceJacobian(unroll(cell));
  const { h_T, c_T } = record.jacobian;
  const n = native.U_f!.length;
  const blocks = [h_T.h_0, h_T.c_0, c_T.h_0, c_T.c_0];
  scaled.data.forEach((entry, at) => {
    const [r, c] = [Math.floor(at / (2 * n)), at % (2 * n)];
    expect(blocks[2 * Math.floor(r / n) + Math.floor(c / n)]!.data[(r % n) * n + (c % n)]).toBe(entry);
  });
  expect(exponent).toBe(record.exponent2);
  return [record, stream];
}

const zeroWeights = (H: number) => {
  const zero = Array.from({ length: H }, () => new Array<number>(H).fill(0));
  const column = Array.from({ length: H }, () => [0]);
  return {
    ...{ U_f: zero, U_i: zero, U_o: zero, U_u: zero },
    ...{ W_f: column, W_i: column, W_o: column, W_u: column },
  };
};

describe("one step", () => {
  // f = σ(b_f[1]) far below ∂h_t/∂h_{t-1}[0][0]
  test.each([
    [1e200, -633],
    [1e280, -450],
  ])("with U_o[0][0] = %d and b_f[1] = %d has every bit of its Jacobian", (U, b_f) => {
    const native: NativeSequence = {
      ...zeroWeights(2),
      ...{
        U_o: [
          [U, 0],
          [0, 0],
        ],
        b_f: [0, b_f],
        b_u: [1, 1],
        h_prev: [0, 0],
        c_prev: [1, 1],
        x: [[0]],
      },
    };
    const trace = traceAt(unroll(parseCell(native)), 1);
    for (const { exponent2, jacobian: got } of everyMode(native)) {
      expect(exponent2).toBe(0);
      expect(got.c_T.c_0.data[3]! / Math.exp(b_f)).toBeCloseTo(1, 12);
      for (const of of ["h", "c"] as const) {
        for (const wrt of ["h", "c"] as const) {
          expect(got[`${of}_T`][`${wrt}_0`]).toEqual(jacobian(trace, `${of}_t`, `${wrt}_prev`));
        }
      }
    }
  });

  test("has exponent2 = 0 for subnormal entries too, as jacobian has them", () => {
    const native: NativeSequence = { ...zeroWeights(1), b_f: [-740], c_prev: [1], x: [[0]] };
    for (const { exponent2, jacobian: got } of everyMode(native)) {
      expect(exponent2).toBe(0);
      expect(got.c_T.c_0).toEqual(jacobian(traceAt(unroll(parseCell(native)), 1), "c_t", "c_prev"));
      expect(got.c_T.c_0.data[0]).toBeGreaterThan(0);
    }
  });

  // ∂c/∂h = c_prev σ'(0) U_f = 2.5e399 beside ∂c/∂c = ½
  test("whose entries leave the doubles is scaled", () => {
    const native: NativeSequence = { ...zeroWeights(1), U_f: [[1e200]], c_prev: [1e200], x: [[0]] };
    for (const { exponent2, jacobian: got, jacobian_norm, jacobian_log10 } of everyMode(native)) {
      expect(jacobian_norm).toBeNull();
      expect(jacobian_log10).toBeCloseTo(399 + Math.log10(2.5), 10);
      const log10 = (entry: number) => Math.log10(entry) + exponent2 * Math.log10(2);
      expect(log10(got.c_T.h_0.data[0]!)).toBeCloseTo(399 + Math.log10(2.5), 10);
      expect(got.c_T.c_0.data[0]! * 2 ** exponent2).toBe(0.5);
    }
    const { flow } = sequenceResult(parseCell(native), { from: 0, to: 1 });
    expect(flow[0]).toMatchObject({ step_norm: null, to_end_norm: 1 });
    expect(flow[0]!.step_log10).toBeCloseTo(399 + Math.log10(2.5), 10);
  });

  test("of two terms that overflow and cancel in part is scaled", () => {
    const native: NativeSequence = {
      ...{ ...zeroWeights(1), U_f: [[1.7e308]], U_u: [[-1.6e308]], c_prev: [16], x: [[0], [0]] },
    };
    // 16·¼·1.7e308 − ½·1.6e308
    const expected = Math.log10(4 * 1.7 - 0.8) + 308;
    const { flow } = sequenceResult(parseCell(native), { from: 0, to: 1 });
    expect(flow[0]!.step_log10).toBeCloseTo(expected, 10);
    expect(everyMode(native)).toHaveLength(2);
  });
});

describe("a run whose middle holds entries far below the largest", () => {
  // f is 1 and e^−a in turn, so that what is smallest in the middle is largest at the end
  const turning = (a: number, steps: readonly [number, number]): NativeSequence => ({
    ...zeroWeights(2),
    ...{ W_f: [[a], [-a]], c_prev: [1, 1] },
    x: steps.flatMap((count, k) => Array.from({ length: count }, () => [k === 0 ? -1 : 1])),
  });
  // unit k forgets at −a for its steps and keeps σ(a) for the others; h_T = ½ tanh(c_T), c_T = 0
  const logarithm = (a: number, falls: number, keeps: number) =>
    (-falls * (a + Math.log1p(Math.exp(-a))) - keeps * Math.log1p(Math.exp(-a))) / Math.LN10;

  test("by 2^1900, keeps the entry that is the largest at the end", () => {
    const expected = logarithm(650, 2, 3) + Math.log10(Math.sqrt(1.25));
    expect(expected).toBeCloseTo(-564.534, 3);
    for (const { jacobian_log10, exponent2, jacobian: blocks } of everyMode(turning(650, [3, 2]))) {
      expect(Math.abs(jacobian_log10! - expected)).toBeLessThanOrEqual(1e-10);
      const size = (k: number) => Math.log10(blocks.c_T.c_0.data[k]!) + exponent2 * Math.log10(2);
      expect(size(3)).toBeCloseTo(logarithm(650, 2, 3), 9);
      expect(size(0)).toBeCloseTo(logarithm(650, 3, 2), 9);
    }
  });

  test("little by little over 1300 steps, keeps it too", () => {
    const cell = parseCell(turning(1, [1300, 1250]));
    const expected = logarithm(1, 1250, 1300) + Math.log10(Math.sqrt(1.25));
    expect(expected).toBeCloseTo(-889.742, 3);
    const product = productToStart(unroll(cell).traces, { from: 0, to: 2550 });
    expect(Math.abs(log10(normOf(product)!)! - expected)).toBeLessThanOrEqual(1e-10);
    const { scaled, exponent } = toScaledMatrix(product);
    expect(Math.log10(scaled.data[15]!) + exponent * Math.log10(2)).toBeCloseTo(logarithm(1, 1250, 1300), 9);
    expect(Math.log10(scaled.data[10]!) + exponent * Math.log10(2)).toBeCloseTo(logarithm(1, 1300, 1250), 9);
  });
});

test("a sequence of 1e±300 has no zero but where the product of its steps is exactly zero", () => {
  const native = fixture<NativeSequence>("product-range.json");
  const unrolled = unroll(parseCell(native));
  const exact = native.x
    .map((_, t) => rowsOf(wholeStep(stepAt(unrolled, t + 1))).map((row) => row.map((a) => dyadic(a))))
    .reduce((before, step) => productOf(step, before));
  const order = [0, 3].flatMap((r) =>
    [0, 3].flatMap((c) => exact.slice(r, r + 3).flatMap((row) => row.slice(c, c + 3))),
  );
  const isZero = order.map(({ m }) => m === 0n);
  expect(isZero).toContain(false);
  for (const { jacobian: got } of everyMode(native)) {
    const rows = [got.h_T.h_0, got.h_T.c_0, got.c_T.h_0, got.c_T.c_0].flatMap(({ data }) => [...data]);
    expect(rows.map((entry) => entry === 0)).toEqual(isZero);
  }
});
