import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { sigmoidResult } from "../../src/lstm/results/sigmoid.ts";
import { Draws, FAMILY_NAMES, seededCell } from "../promise/rounded-cells.ts";
import { type Values, valuesOf } from "../promise/rounded-values.ts";
import { slowSigmoid, slowValue } from "../promise/slow-values.ts";

/** Digests of every quantity, from MPFR; and entries of which even that could not tell the rounding. */
const goldens = z
  .object({
    source: z.string().regex(/^MPFR/),
    values: z.number(),
    quantities: z.array(z.string()),
    cells: z.array(z.tuple([z.number(), z.number().nullable(), z.string(), z.record(z.string(), z.array(z.number()))])),
  })
  .parse(JSON.parse(readFileSync("fixtures/golden/rounding.json", "utf8")));

const DIGITS = 12;

function digest(values: Float64Array, unknown: readonly number[]): string {
  // + 0 turns −0 into 0: the sign of a zero is not promised
  const bits = values.map((value, k) => (unknown.includes(k) ? 0 : value + 0));
  return createHash("sha256").update(Buffer.from(bits.buffer)).digest("hex").slice(0, DIGITS);
}

/** The quantities of a cell whose digests are not the goldens'. */
function differences([, , digests, unknown]: (typeof goldens)["cells"][number], values: Values): string[] {
  return goldens.quantities.filter((name, j) => {
    const wanted = digests.slice(j * DIGITS, (j + 1) * DIGITS);
    const found = values.get(name);
    // what is computed together with something that overflows is not there either
    if (found === undefined) return !digests.includes("-".repeat(DIGITS));
    return digest(found, unknown[name] ?? []) !== wanted;
  });
}

/** An ulp up; of zero, the smallest double. */
function next(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + 1n);
  return bits.getFloat64(0);
}

describe("every double of one step is the exact value, rounded once", () => {
  const small = goldens.cells.filter(([, size]) => size === null);

  test.each(FAMILY_NAMES)("as MPFR has it: %s", (family) => {
    const j = FAMILY_NAMES.indexOf(family);
    const own = goldens.cells.filter(([seed]) => seed % FAMILY_NAMES.length === j);
    expect(own.length).toBeGreaterThan(18);
    const wrong = own.flatMap((golden) =>
      differences(golden, valuesOf(seededCell(golden[0], golden[1]))).map(
        (name) => `${golden[0]}, ${golden[1]}: ${name}`,
      ),
    );
    expect(wrong).toEqual([]);
  });

  test("over enough cells, and nearly all of their entries", () => {
    expect(goldens.cells.length).toBeGreaterThanOrEqual(300);
    expect(goldens.values).toBeGreaterThan(1e6);
    const unknown = goldens.cells.flatMap(([, , , entries]) => Object.values(entries).flat());
    expect(unknown.length).toBeLessThan(goldens.values / 1e4);
  });

  test("an error of one ulp is found in every quantity", () => {
    const [golden] = small;
    const right = valuesOf(seededCell(golden[0]));
    for (const name of goldens.quantities) {
      const values = right.get(name)!;
      for (const k of [0, values.length - 1]) {
        const planted = new Map(right).set(
          name,
          values.map((value, j) => (j === k ? next(value) : value)),
        );
        expect(differences(golden, planted)).toEqual([name]);
      }
    }
  });

  test("σ and σ' of all magnitudes, by both arithmetics", () => {
    const draws = new Draws(61);
    const z = Array.from({ length: 400 }, (_, k) =>
      draws.number(k % 2 ? draws.below(12) - 4 : draws.below(2000) - 1010),
    );
    for (const { z: at, sigma, derivative } of sigmoidResult([...z, 0, 40, -745.2, 1e308]).values) {
      expect([sigma, derivative], `${at}`).toEqual(Object.values(slowSigmoid(at)));
    }
  });
});

describe("the slow path", () => {
  test("finds the same as the fast one, over all 53 bits and all exponents", () => {
    const wrong: string[] = [];
    for (let seed = 1000; seed < 1000 + 4 * FAMILY_NAMES.length; seed++) {
      const seeded = seededCell(seed);
      const slow = slowValue(seeded);
      const draws = new Draws(seed);
      for (const [name, values] of valuesOf(seeded)) {
        const k = draws.below(values.length);
        if (slow(name, k) !== values[k]) wrong.push(`${seed}: ${name}[${k}]`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("finds what MPFR found", () => {
    const tried = goldens.cells.filter(
      ([seed, size]) => size === null && seed < 5 * FAMILY_NAMES.length && seededCell(seed).H < 3,
    );
    for (const golden of tried) {
      const seeded = seededCell(golden[0]);
      const slow = slowValue(seeded);
      const values = new Map([...valuesOf(seeded)].map(([name, fast]) => [name, fast.map((_, k) => slow(name, k))]));
      expect(differences(golden, values), `${golden[0]}`).toEqual([]);
    }
    expect(tried.length).toBeGreaterThan(10);
  });

  test("an error of one ulp of the fast path would be found by it", () => {
    const seeded = seededCell(1000);
    const slow = slowValue(seeded);
    for (const [name, values] of valuesOf(seeded)) expect(slow(name, 0), name).not.toBe(next(values[0]));
  });
});
