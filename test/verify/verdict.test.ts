import { describe, expect, test } from "vitest";
import { exact } from "../../src/verify/arithmetic.ts";
import { divide, ZERO } from "../../src/verify/ball.ts";
import { RoundedOnce } from "../../src/verify/promise.ts";
import { Verdict } from "../../src/verify/verdict.ts";

const place = { row: 0, column: 0 };

describe("Verdict", () => {
  test("measures in ulp of the reference, just below a power of two as above it", () => {
    for (const [reference, ulp] of [
      [1.5, 2 ** -52],
      [1 - 2 ** -53, 2 ** -53],
      [1e-310, 2 ** -1074],
    ] as const) {
      const verdict = new Verdict("f", "h_prev", null);
      verdict.add(place, reference - 2 * ulp, { value: exact(reference), allowed: exact(3 * ulp) });
      expect(verdict.result()).toMatchObject({ max_ulp: 2, passed: true });
    }
  });

  test("passes of one step the nearest double, at a power of two too, and both where the reference leaves open which", () => {
    const passes = (got: number, m: bigint, e: number, r = 0n) => {
      const verdict = new Verdict("f", "h_prev", null);
      verdict.add(place, got, new RoundedOnce({ m, e, r }));
      return verdict.result()!.passed;
    };
    const unit = 2 ** -53;
    expect([1, 1 - unit, 1 + 2 * unit].map((got) => passes(got, 1n << 100n, -100, 9n))).toEqual([true, false, false]);
    expect([-1, unit - 1].map((got) => passes(got, -1n << 100n, -100))).toEqual([true, false]);
    // half-way between 1 and 1 + 2 units, and between that and 1 + 4 units: ties to even
    const [first, second] = [(1n << 53n) + 1n, (1n << 53n) + 3n];
    expect([1, 1 + 2 * unit].map((got) => passes(got, first, -53))).toEqual([true, false]);
    expect([1 + 2 * unit, 1 + 4 * unit].map((got) => passes(got, second, -53))).toEqual([false, true]);
    expect([1, 1 + 2 * unit, 1 - unit].map((got) => passes(got, first << 60n, -113, 1n))).toEqual([true, true, false]);
  });

  test("fails beyond what is allowed, and where an exact zero is missed", () => {
    const verdict = new Verdict("f", "h_prev", null);
    verdict.add(place, 1, { value: exact(1), allowed: ZERO });
    verdict.add({ row: 1, column: 2 }, 5e-324, { value: exact(0), allowed: ZERO });
    expect(verdict.result()).toMatchObject({ passed: false, max_rel_error: null, worst: { row: 1, column: 2 } });
  });

  test("judges an answer by its row, a row of zeros by the whole, and zeros alone by 1", () => {
    const passes = (rows: number[][], row: number, off: number) => {
      const verdict = new Verdict("f", "h_prev", 0.01);
      rows.forEach((entries, r) => {
        entries.forEach((entry, column) => {
          const got = r === row && column === 0 ? entry + off : entry;
          verdict.add({ row: r, column }, got, { value: exact(entry), allowed: ZERO });
        });
      });
      return verdict.result()?.passed;
    };
    const tiny = [[1e-20, 2e-20], [1, 1], [0, 0]]; // biome-ignore format: a matrix
    expect([passes(tiny, 0, 1e-22), passes(tiny, 0, 3e-22)]).toEqual([true, false]);
    expect([passes(tiny, 2, 0.009), passes(tiny, 2, 0.011)]).toEqual([true, false]);
    expect([passes([[0, 0]], 0, 0.009), passes([[0, 0]], 0, 0.011)]).toEqual([true, false]);
  });

  test("passes an answer below the normal doubles where it is the right double, not where it is anything small", () => {
    // digits · 10^−places
    const passes = (answer: number, digits: bigint, places: bigint) => {
      const value = divide({ m: digits, e: 0, r: 0n }, { m: 10n ** places, e: 0, r: 0n }, 200);
      const verdict = new Verdict("f", "h_prev", 1e-6);
      verdict.add(place, answer, { value, allowed: ZERO });
      return verdict.result()?.passed;
    };
    expect([passes(8.414e-321, 84142n, 325n), passes(0, 84142n, 325n)]).toEqual([true, false]);
    expect([passes(0, 1n, 340n), passes(1e-7, 1n, 340n), passes(1e-320, 1n, 340n)]).toEqual([true, false, false]);
  });
});
