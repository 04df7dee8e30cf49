import { describe, expect, test } from "vitest";
import { exact, withBits } from "../../src/verify/arithmetic.ts";
import { add, type Ball, fromDouble, timesPowerOfTwo, toDouble, ZERO } from "../../src/verify/ball.ts";
import { Verdicts } from "../../src/verify/claims.ts";
import { Estimates } from "../../src/verify/estimate.ts";
import { type Expected, expect as expectedWithin, RoundedOnce } from "../../src/verify/promise.ts";
import { randomIn } from "../helpers/random.ts";

const PATH = "jacobian.f.h_prev";
const EXACT = Number.POSITIVE_INFINITY;

interface Case {
  readonly value: Ball;
  readonly got: number;
  /** null for the half ulp of an entry of one step */
  readonly allowed: number | null;
}

const expectedOf = ({ value, allowed }: Case): Expected =>
  allowed === null ? new RoundedOnce(value) : expectedWithin(value, exact(allowed));

/** What is reported of entries that are all judged in high precision, and of those of which estimates leave something open. */
function verdictsOf(cases: readonly Case[]) {
  const claim = { rows: cases.length, cols: 1, data: Float64Array.from(cases, ({ got }) => got) };
  let judged = 0;
  const near = new Estimates(
    cases.length,
    cases[0]!.allowed === null ? null : Float64Array.from(cases, (c) => c.allowed!),
  );
  for (const [k, { value }] of cases.entries()) near.set(k, value);
  return withBits(128, () => {
    const [all, some] = [new Verdicts([PATH], null), new Verdicts([PATH], null)];
    for (const [row, own] of cases.entries()) all.add(PATH, claim, { row, column: 0 }, expectedOf(own));
    const rows = cases.map((_, row) => row);
    some.addEstimated(PATH, claim, { rows, column: 0 }, near, ({ row }) => {
      judged += 1;
      return expectedOf(cases[row]!);
    });
    some.settle();
    return { all: [all.judgement(), all.isVague], some: [some.judgement(), some.isVague], judged };
  });
}

const blurred = ({ m, e }: Ball): Ball => ({ m: m << 80n, e: e - 80, r: (m < 0n ? -m : m) << 8n });

/** A number near a double of all 53 bits, its nearest double, or one further off. */
function drawnCases(seed: number, count: number, wrong: number, allowed: boolean): Case[] {
  const next = randomIn(seed);
  return Array.from({ length: count }, (_, k) => {
    const kind = Math.floor(next() * 40);
    const scale = kind === 0 ? 2 ** Math.floor(next() * 1400 - 700) : 2 ** Math.floor(next() * 20);
    const double = kind === 1 ? scale : (next() * 2 - 1) * scale;
    const near = kind === 2 ? 0 : (next() - 0.5) * (kind === 3 ? 2 ** -1 : 2 ** -52 * Math.abs(double));
    const tail = timesPowerOfTwo(fromDouble(next()), -110);
    const exactly = add(add(fromDouble(double), fromDouble(near), EXACT), kind === 2 ? ZERO : tail, EXACT);
    const value = kind === 4 ? ZERO : kind === 5 ? blurred(exactly) : exactly;
    const nearest = toDouble(value);
    const off = k === wrong ? 40 * 2 ** -52 * Math.abs(nearest) : 0;
    const blur = allowed ? Math.floor(next() * 9 - 4) * 2 ** -52 * Math.abs(nearest) : 0;
    return {
      value,
      got: nearest + off + blur,
      allowed: allowed ? (5 + Math.floor(30 * next())) * 2 ** -52 * Math.abs(nearest) : null,
    };
  });
}

describe("what is reported with estimates is what it is without", () => {
  test.each([
    ["of entries of one step", false, -1],
    ["where one of them is wrong", false, 150],
    ["of entries with a bound", true, -1],
    ["where one of them is beyond it", true, 150],
  ])("%s", (_, bounded, wrong) => {
    let judged = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const found = verdictsOf(drawnCases(seed, 200, wrong, bounded));
      expect(found.some, `seed ${seed}`).toEqual(found.all);
      judged += found.judged;
    }
    // else nothing is gained
    expect(judged).toBeLessThan(20 * 200 * 0.2);
  });

  test("of zeros, which are reported where there is nothing else, and of what is no number", () => {
    const zero = { value: ZERO, got: 0, allowed: null };
    const third = { value: timesPowerOfTwo({ m: 3n ** 60n, e: -96, r: 0n }, 0), got: 0, allowed: null };
    for (const cases of [
      [zero, zero, zero],
      [zero, { ...zero, got: 5e-324 }, zero],
      [{ ...zero, got: Number.NaN }, zero],
      [zero, { ...third, got: toDouble(third.value) }, zero],
      [{ value: exact(1), got: 1, allowed: null }, zero, { value: exact(3), got: 3, allowed: null }],
      [
        { ...zero, allowed: 0 },
        { ...zero, allowed: 0, got: 1e-300 },
      ],
    ]) {
      const found = verdictsOf(cases);
      expect(found.some).toEqual(found.all);
    }
  });

  test("of two that are as bad, of which the first is reported, though the second is judged at once", () => {
    const value = { m: 3n ** 60n, e: -96, r: 0n };
    const got = toDouble(value);
    const far = { value: timesPowerOfTwo(value, -700), got: got * 2 ** -700, allowed: null };
    const found = verdictsOf([{ value, got, allowed: null }, far]);
    expect(found.some).toEqual(found.all);
    expect(found.judged).toBe(2);
  });

  test("of neighbours of a power of two, of which only one is nearest", () => {
    for (const away of [-1.5, -1, -0.75, -0.5, -0.25, 0.25, 0.5, 1, 1.5]) {
      const value = add(fromDouble(1), fromDouble(away * 2 ** -53), EXACT);
      const right = { value: timesPowerOfTwo({ m: 3n ** 60n, e: -96, r: 0n }, 0), allowed: null };
      for (const got of [1, 1 - 2 ** -53, 1 + 2 ** -52]) {
        const found = verdictsOf([
          { ...right, got: toDouble(right.value) },
          { value, got, allowed: null },
        ]);
        expect(found.some, `${away} ${got}`).toEqual(found.all);
      }
    }
  });
});
