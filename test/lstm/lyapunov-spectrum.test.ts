import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { lyapunovSpectrum } from "../../src/lstm/lyapunov-spectrum.ts";
import { GATES } from "../../src/lstm/names.ts";
import { walk } from "../../src/lstm/unroll.ts";
import { fixture } from "../helpers/fixtures.ts";
import { excitedUnit, fadingUnit, type NativeSequence, randomSequence } from "../helpers/sequences.ts";

interface Golden {
  readonly cell: NativeSequence;
  readonly expected: { readonly lyapunov: (number | null)[] };
}

type Exponents = readonly (number | null)[];

function exponentsOf(native: NativeSequence): Exponents {
  const cell = parseCell(native);
  function* traces() {
    for (const { trace } of walk(cell)) yield trace;
  }
  return lyapunovSpectrum({ cell, steps: native.x.length, traces });
}

/** Requires what is printed within 1e-6, and no number for −∞; returns how many others are null. */
function requireFounded(got: Exponents, expected: Exponents): number {
  expect(got).toHaveLength(expected.length);
  const lacking = expected.filter((value, k) => {
    const own = got[k]!;
    if (own === null) return value !== null;
    expect(Math.abs(own - (value ?? Number.NaN)), `${got} for ${expected}`).toBeLessThanOrEqual(1e-6);
    return false;
  });
  return lacking.length;
}

const { cells } = fixture<{ cells: Golden[] }>("golden/lyapunov-exact.json");

// all 60 take a minute: the wide ones left out here want thousands of bits; of two units they want more than doubles can, still in a second
const quick = cells.filter(
  ({ cell: { name, U_f, x } }) => name !== "wide" || U_f!.length <= 2 || U_f!.length * x.length <= 8,
);

describe("the exponents of runs that doubles cannot follow", () => {
  test.each([
    ["saturated", 26],
    ["wide", 6],
    ["zero rows", 8],
    ["same units", 3],
    ["dependent rows", 3],
    ["sparse weights", 3],
  ])("%s: none is off by more than 1e-6, and none is lost", (kind, least) => {
    const chosen = quick.filter(({ cell }) => cell.name === kind);
    expect(chosen.length).toBeGreaterThanOrEqual(least);
    for (const { cell, expected } of chosen) expect(requireFounded(exponentsOf(cell), expected.lyapunov)).toBe(0);
  });

  // of the issue's own: an output gate open to 1 − 1e-14
  test.each([
    [30, -31.66421801],
    [34, -35.6642],
  ])("b_o = %d", (b_o, expected) => {
    const one = [[1]];
    const native: NativeSequence = {
      ...{ U_f: [[0.5]], U_i: [[0.5]], U_o: [[0.5]], U_u: one, W_f: one, W_i: one, W_o: one, W_u: one },
      ...{ b_o: [b_o], c_prev: [1], x: [[1], [-0.5], [0.25], [0.5]] },
    };
    expect(exponentsOf(native)[1]).toBeCloseTo(expected, 4);
  });

  test("off by 2e-6, and a number for −∞, would be noticed", () => {
    expect(() => requireFounded([1 + 2e-6, null], [1, null])).toThrow();
    expect(() => requireFounded([1, -700], [1, null])).toThrow();
    expect(requireFounded([1, null], [1, -700])).toBe(1);
  });
});

describe("a direction of which nothing is left", () => {
  test("is null where no gate reads h: f alone is left", () => {
    const [largest, least] = exponentsOf(fadingUnit(-0.5, 12));
    // the last step adds its ½ to h
    expect(largest).toBeCloseTo(Math.log(1 / (1 + Math.exp(0.5))) + Math.log(1.25) / 24, 12);
    expect(least).toBeNull();
  });

  test("is null where all steps have rank one", () => {
    const [largest, least] = exponentsOf(excitedUnit(1e6, 12));
    expect(largest).toBeGreaterThan(10);
    expect(least).toBeNull();
  });

  test("is none where a gate is at e^−1000, which is no double", () => {
    expect(exponentsOf(fadingUnit(-1000, 3))[0]).toBeCloseTo(-1000 + Math.log(1.25) / 6, 9);
  });
});

// −45.2255… is MPFR's, from the states of this run, with 6000 bits
test("the last exponent of a long run, which doubles hide, is what the determinants leave over", () => {
  const native = randomSequence(8, 3, 100, 1, 0.35);
  const cell = parseCell(native);
  const traces = function* () {
    for (const { trace } of walk(cell)) yield trace;
  };
  const long = lyapunovSpectrum({ cell, steps: 100, traces });
  expect(long.every((value) => value !== null)).toBe(true);
  expect(long.at(-1)).toBeCloseTo(-45.22554149653944, 9);
});

test("a run too long to prove is followed in doubles, which agree with the proof of its part", () => {
  const native = randomSequence(3, 2, 400, 3, 0.5);
  const long = exponentsOf(native);
  expect(long.every((value) => value !== null)).toBe(true);
  const { x, ...rest } = native;
  const part = exponentsOf({ ...rest, x: x.slice(0, 30) });
  expect(Math.abs(part[0]! - long[0]!)).toBeLessThan(0.5);
});

test("of two exponents that doubles hide, what the determinants leave over is neither", () => {
  const own = (weight: number, n: number) =>
    Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, c) => (r === c ? weight : 0)));
  const units = (n: number): NativeSequence => ({
    ...{ U_f: own(0.5, n), U_i: own(0.5, n), U_o: own(0.5, n), U_u: own(1, n) },
    ...Object.fromEntries(GATES.map((g) => [`W_${g}`, new Array(n).fill([1])])),
    ...{ b_o: new Array(n).fill(40), c_prev: new Array(n).fill(1) },
    x: Array.from({ length: 2200 }, (_, t) => [[1], [-0.5], [0.25], [0.5]][t % 4]!),
  });
  const [largest, least] = exponentsOf(units(1));
  expect(least).toBeLessThan(-30);
  const lacking = requireFounded(exponentsOf(units(2)), [...new Array(2).fill(largest), ...new Array(2).fill(least)]);
  expect(lacking).toBe(2);
});
