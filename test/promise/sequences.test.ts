import { describe, expect, test } from "vitest";
import type { SequenceSummary } from "../../src/lstm/results/records.ts";
import { exact, Real } from "./exact.ts";
import { inputErrors } from "./input-measure.ts";
import { sequenceOf } from "./sequence-cells.ts";
import { computedSteps, errorsOf, everyMode, exactSteps, normOf, productOf } from "./sequence-measure.ts";

/** `npm run promise:sequences` takes 300. Entries underflow within a step of the last. */
const SEEDS = [0, 1, 2, 3, 4, 305];

const shareOf = ({ x, h_prev }: ReturnType<typeof sequenceOf>) => (x.length - 1) * (2 * h_prev!.length + 2);

describe("∂s_T/∂s_0 as a record and as a stream", () => {
  test.each(SEEDS)("of sequence %d is within the bound of the 80-digit product of its steps", (seed) => {
    const native = sequenceOf(seed);
    const product = productOf(computedSteps(native));
    for (const mode of everyMode(native)) {
      const { entries, norm, log10 } = errorsOf(mode, product, shareOf(native));
      expect(Math.max(...entries, norm, log10)).toBeLessThanOrEqual(1);
    }
  });

  test("is within the bounds of the steps and the product together of the exact product", () => {
    let measured = 0;
    for (const native of SEEDS.map(sequenceOf)) {
      const [record] = everyMode(native);
      const steps = exactSteps(native, record);
      if (steps === null) continue;
      const { entries } = errorsOf(record, productOf(steps), shareOf(native) + native.x.length);
      expect(Math.max(...entries)).toBeLessThanOrEqual(1);
      measured += 1;
    }
    expect(measured).toBeGreaterThanOrEqual(2);
  });
});

test.each(SEEDS)("∂h_T/∂x_t and ∂c_T/∂x_t of sequence %d are within the bound of the 80-digit product", (seed) => {
  const { entries, norms } = inputErrors(sequenceOf(seed));
  expect(Math.max(...entries, ...norms)).toBeLessThanOrEqual(1);
});

describe("an error planted in a result is found", () => {
  const native = sequenceOf(4);
  const product = productOf(computedSteps(native));
  const [record] = everyMode(native);
  const judged = (result: SequenceSummary) => errorsOf(result, product, shareOf(native));

  test("the smallest entry off by 1.5 times the bound", () => {
    const planted = structuredClone(record);
    const { data } = planted.jacobian.h_T.h_0;
    const held = [...data].map(Math.abs).filter((entry) => entry >= 2 ** -1022);
    const at = data.findIndex((entry) => Math.abs(entry) === Math.min(...held));
    const [row, column] = [Math.floor(at / 2), at % 2];
    const bound =
      product.scale[row]![column]!.div(product.value[row]![column]!).abs().toNumber() * shareOf(native) * 2 ** -53;
    data[at]! *= 1 + 2.5 * bound;
    expect(Math.max(...judged(record).entries)).toBeLessThanOrEqual(1);
    expect(Math.max(...judged(planted).entries)).toBeGreaterThan(1);
    data[at] = 0;
    expect(Math.max(...judged(planted).entries)).toBeGreaterThan(1e6);
  });

  test("the norm off by 1.5e-10, relatively, or its logarithm", () => {
    expect(judged({ ...record, jacobian_log10: record.jacobian_log10! + 1.5e-10 }).log10).toBeGreaterThan(1);
    const norm = record.jacobian_norm;
    expect(judged({ ...record, jacobian_norm: norm === null ? 1 : norm * (1 + 1.5e-10) }).norm).not.toBeLessThanOrEqual(
      1,
    );
  });

  test("an entry of ∂c_T/∂x_1 off by 2^-36", () => {
    const { entries } = inputErrors(native, (told) => {
      if (told.t > 1) return told;
      const data = Float64Array.from(told.c_T!.data);
      data[data.findIndex((entry) => entry !== 0)]! *= 1 + 2 ** -36;
      return { ...told, c_T: { ...told.c_T!, data } };
    });
    expect(Math.max(...entries)).toBeGreaterThan(1);
  });

  test("by a norm that is right to twelve digits, of entries that lie far apart", () => {
    // singular values of [[3, 4], [0, 0]] · 1e900 beside 1e-900
    const huge = new Real("1e900");
    const matrix = [
      [huge.times(3), huge.times(4)],
      [exact(0), new Real("1e-900")],
    ];
    expect(normOf(matrix).div(huge).minus(5).abs().toNumber()).toBeLessThan(1e-11);
  });
});
