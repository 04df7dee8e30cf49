import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { LyapunovExponents } from "../../src/lstm/lyapunov.ts";
import { stepAt } from "../../src/lstm/sequence-jacobian.ts";
import type { StateJacobian } from "../../src/lstm/state-jacobian.ts";
import { unroll } from "../../src/lstm/unroll.ts";
import { fixture } from "../helpers/fixtures.ts";

const exponentsOf = (size: number, steps: readonly StateJacobian[]) => {
  const exponents = new LyapunovExponents(size);
  for (const step of steps) exponents.add(step);
  return exponents.values();
};
/** A step of one unit: [[a, b], [c, d]] by h and c. */
const step = (a: number, b: number, c: number, d: number): StateJacobian => ({
  h_t: { h_prev: { rows: 1, cols: 1, data: Float64Array.of(a) }, c_prev: Float64Array.of(b) },
  c_t: { h_prev: { rows: 1, cols: 1, data: Float64Array.of(c) }, c_prev: Float64Array.of(d) },
});

describe("LyapunovExponents", () => {
  test("of a diagonal step are the logarithms of its entries, descending", () => {
    const [first, second] = exponentsOf(1, Array(7).fill(step(0.25, 0, 0, 3)));
    expect(first).toBeCloseTo(Math.log(3), 14);
    expect(second).toBeCloseTo(Math.log(0.25), 14);
  });

  test("add up to the mean of log|det|", () => {
    const steps = [step(1, 2, 3, 4), step(-1, 0.5, 2, 2), step(0.1, 0, 5, 1)];
    const [first, second] = exponentsOf(1, steps);
    expect(first! + second!).toBeCloseTo((Math.log(2) + Math.log(3) + Math.log(0.1)) / 3, 13);
  });

  test("keep those of the other directions where one is lost at once, whichever it is", () => {
    for (const lost of [step(0, 0, 0, 0.5), step(0.5, 0, 0, 0), step(0, 0.25, 0, 0.5)]) {
      const [first, second] = exponentsOf(1, Array(40).fill(lost));
      expect(first).toBeCloseTo(Math.log(0.5), 1);
      expect(second).toBeNull();
    }
  });

  test("of a cell one of whose units nobody reads begin where those of the cell without it do", () => {
    const native = fixture<Record<string, number[][]>>("sequence.json");
    const x = Array.from({ length: 40 }, (_, t) => native.x![t % 5]!);
    const keys = ["f", "i", "o", "u"] as const;
    // unit 0 is read by none; alone, unit 1 does not notice that it is gone
    const unread = keys.map((g) => [`U_${g}`, native[`U_${g}`]!.map(([, second]) => [0, second])]);
    const alone = keys.flatMap((g) => [
      [`U_${g}`, [[native[`U_${g}`]![1]![1]]]],
      [`W_${g}`, [native[`W_${g}`]![1]]],
      [`b_${g}`, [native[`b_${g}`]![1]]],
    ]);
    const state = { h_prev: [-0.4], c_prev: [-0.9] };
    const both = unroll(parseCell({ ...native, ...Object.fromEntries(unread), x }));
    const one = unroll(parseCell({ ...Object.fromEntries(alone), ...state, x }));
    const values = (unrolled: typeof one) =>
      exponentsOf(
        unrolled.cell.hiddenSize,
        x.map((_, k) => stepAt(unrolled, k + 1)),
      );
    const own = values(one);
    const [found] = values(both);
    expect(own[0]).toBeGreaterThan(-1);
    // within what 40 steps from another start leave
    expect(Math.abs(found! - own[0]!)).toBeLessThan(0.05);
    expect(values(both).at(-1)).toBeNull();
  });
});
