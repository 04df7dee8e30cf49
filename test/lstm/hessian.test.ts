import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import { plainBlocks } from "../../src/lstm/hessian/plain.ts";
import { wideBlocks, wideHessian } from "../../src/lstm/hessian/wide.ts";
import { type Hessian, hessian, secondDerivatives, upstreamOf } from "../../src/lstm/hessian.ts";
import { WRTS, type Wrt } from "../../src/lstm/names.ts";
import type { FullCell } from "../../src/lstm/requirements.ts";
import { hessianResult } from "../../src/lstm/results/hessian.ts";
import { fixture } from "../helpers/fixtures.ts";
import { problemsOf } from "../helpers/problems.ts";
import { bits53, randomIn } from "../helpers/random.ts";

const rows = <T extends z.ZodType>(of: T) => z.array(z.array(of));
const byInput = <T extends z.ZodType>(of: T) => z.record(z.enum(WRTS), z.record(z.enum(WRTS), of));

const exact = z
  .object({
    source: z.string().regex(/^mpmath/),
    cells: z.array(
      z.object({
        kind: z.string(),
        cell: z.record(z.string(), z.unknown()),
        hessian: byInput(rows(z.string())),
        allowed: byInput(rows(z.number())),
        blocks: z.array(z.object({ hessian: rows(z.string()), allowed: rows(z.number()) })),
        eigenvalues: z.object({ values: z.array(z.string()), allowed: z.number() }),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync("fixtures/golden/hessian-exact.json", "utf8"))).cells;

const autodiff = z
  .object({ cells: z.array(z.object({ cell: z.looseObject({}), pytorch: rows(z.number()), jax: rows(z.number()) })) })
  .parse(JSON.parse(readFileSync("fixtures/golden/hessian-autodiff.json", "utf8"))).cells;

/** What an entry below the normal doubles may be off by beside its bound. */
const UNDERFLOW = 2 ** -1074;

/** The entries of `found` that are further from `values` than `allowed`. */
function beyond(found: ArrayLike<number>, values: readonly string[], allowed: readonly number[]): string[] {
  expect(found.length).toBe(values.length);
  return values.flatMap((value, k) => {
    const off = Math.abs(found[k]! - Number(value));
    return off <= allowed[k]! + UNDERFLOW ? [] : [`[${k}]: ${found[k]} for ${value}, allowed ${allowed[k]}`];
  });
}

/** Each pair of inputs with its matrix. */
function* pairsOf(found: Hessian) {
  for (const a of WRTS) for (const b of WRTS) if (found[a]?.[b]) yield [a, b, found[a][b]] as const;
}

const full = (native: unknown) => parseCell(native) as FullCell;
const upstream = (cell: Cell) => {
  const { dh_t, dc_t } = upstreamOf(cell, undefined);
  return [dh_t, dc_t] as const;
};

describe("∂²L/∂(h_{t-1}, c_{t-1}, x_t)² against differences in 3,000 bits", () => {
  test.each(exact.map((one, k) => [k, one.kind, one] as const))("cell %i, %s", (_, __, golden) => {
    const cell = full(golden.cell);
    const second = secondDerivatives(cell);
    for (const [a, b, { data }] of pairsOf(hessian(cell))) {
      expect(beyond(data, golden.hessian[a][b].flat(), golden.allowed[a][b].flat()), `${a} ${b}`).toEqual([]);
    }
    for (const [d, block] of golden.blocks.entries()) {
      expect(beyond(second.block(d).data, block.hessian.flat(), block.allowed.flat()), `block ${d}`).toEqual([]);
    }
    const { eigenvalues } = hessianResult(cell, { byPreactivations: false, unit: null, vector: null });
    const { values, allowed } = golden.eigenvalues;
    expect(
      beyond(
        eigenvalues,
        values,
        values.map(() => allowed),
      ),
      "eigenvalues",
    ).toEqual([]);
  });

  test.each(exact.map((one, k) => [k, one.kind, one] as const))(
    "cell %i, %s, over numbers with exponents: every entry is the nearest double",
    (_, __, golden) => {
      const cell = full(golden.cell);
      for (const [a, b, { data }] of pairsOf(wideHessian(cell, wideBlocks(cell, ...upstream(cell))))) {
        const values = golden.hessian[a][b].flat().map((value) => Number(value) + 0);
        expect(
          Array.from(data, (entry) => entry + 0),
          `${a} ${b}`,
        ).toEqual(values);
      }
    },
  );

  test("both ways are taken", () => {
    const isPlain = (native: unknown) => plainBlocks(full(native), ...upstream(full(native))) !== null;
    const plain = exact.filter(({ cell }) => isPlain(cell)).map(({ kind }) => kind);
    const wide = exact.filter(({ cell }) => !isPlain(cell)).map(({ kind }) => kind);
    expect(plain).toEqual(expect.arrayContaining(["plain", "wide", "no memory"]));
    expect(wide).toEqual(expect.arrayContaining(["saturated", "beyond the doubles", "tiny weights", "far out"]));
  });

  test("what PyTorch and JAX take back and forth is the same to their digits", () => {
    for (const { cell, pytorch, jax } of autodiff) {
      const found = hessian(parseCell(cell));
      const whole = WRTS.flatMap((a) => {
        const blocks = WRTS.map((b) => found[a]![b]!);
        return Array.from({ length: blocks[0]!.rows }, (_, r) =>
          blocks.flatMap(({ cols, data }) => Array.from(data.subarray(r * cols, (r + 1) * cols))),
        );
      });
      for (const theirs of [pytorch, jax]) {
        const largest = Math.max(...theirs.flat().map(Math.abs));
        const off = whole.flat().map((entry, k) => Math.abs(entry - theirs.flat()[k]!));
        expect(Math.max(...off)).toBeLessThan(2e-15 * largest);
        expect(theirs.length).toBe(whole.length);
      }
    }
  });
});

/** A cell of 53 random bits in every number. */
function randomCell(seed: number, H: number, I: number) {
  const next = randomIn(seed);
  const vector = (length: number) => Array.from({ length }, () => bits53(next) / 2);
  const matrix = (count: number, cols: number) => Array.from({ length: count }, () => vector(cols));
  const gates = (["f", "i", "o", "u"] as const).flatMap((g) => [
    [`W_${g}`, matrix(H, I)],
    [`U_${g}`, matrix(H, H)],
    [`b_${g}`, vector(H)],
  ]);
  const state = { x_t: vector(I), h_prev: vector(H), c_prev: vector(H), dh_t: vector(H), dc_t: vector(H) };
  return { ...Object.fromEntries(gates), ...state };
}

describe("the Hessian", () => {
  test("is symmetric bit by bit, and diagonal by c_{t-1} twice, both ways", () => {
    const cell = full(randomCell(1, 5, 3));
    for (const found of [hessian(cell), wideHessian(cell, wideBlocks(cell, ...upstream(cell)))]) {
      for (const [a, b, { rows: count, cols, data }] of pairsOf(found)) {
        const other = found[b]![a]!;
        for (let r = 0; r < count; r++) {
          for (let k = 0; k < cols; k++) {
            expect(data[r * cols + k]).toBe(other.data[k * count + r]);
            if (a === "c_prev" && b === "c_prev" && r !== k) expect(data[r * cols + k]).toBe(0);
          }
        }
      }
    }
  });

  test("is that of one unit after the other", () => {
    const cell = full(randomCell(2, 4, 2));
    const units = Array.from({ length: 4 }, (_, unit) => hessian(cell, { unit }));
    for (const [a, b, { data }] of pairsOf(hessian(cell))) {
      const sum = data.map((_, k) => units.reduce((total, unit) => total + unit[a]![b]!.data[k]!, 0));
      expect(Math.max(...data.map((entry, k) => Math.abs(entry - sum[k]!)))).toBeLessThan(1e-14);
    }
  });

  test("times a vector is the sum of its columns", () => {
    const cell = full(randomCell(3, 4, 3));
    const found = hessian(cell);
    const next = randomIn(4);
    const v = Object.fromEntries(WRTS.map((wrt) => [wrt, found[wrt]![wrt]!.data.slice(0, found[wrt]![wrt]!.rows)]));
    for (const wrt of WRTS) v[wrt] = v[wrt]!.map(() => bits53(next));
    const product = secondDerivatives(cell).times(v);
    for (const a of WRTS) {
      for (const [r, entry] of product[a]!.entries()) {
        let [sum, size] = [0, 0];
        for (const b of WRTS) {
          const { cols, data } = found[a]![b]!;
          for (const [k, factor] of v[b]!.entries()) {
            sum += data[r * cols + k]! * factor;
            size += Math.abs(data[r * cols + k]! * factor);
          }
        }
        expect(Math.abs(entry - sum)).toBeLessThan(1e-13 * size);
      }
    }
  });

  test("times a unit vector is a column, nearest doubles of the same blocks", () => {
    const cell = full(exact.find(({ kind }) => kind === "beyond the doubles")!.cell);
    const found = hessian(cell);
    const e = (wrt: Wrt, k: number) =>
      found[wrt]![wrt]!.data.slice(0, found[wrt]![wrt]!.rows).map((_, j) => +(j === k));
    const product = secondDerivatives(cell).times({ h_prev: e("h_prev", 0) });
    for (const a of WRTS) {
      const { cols, data } = found[a]!.h_prev;
      expect(Array.from(product[a]!, (entry) => entry + 0)).toEqual(
        Array.from(product[a]!, (_, r) => data[r * cols]! + 0),
      );
    }
  });

  test("has no part by x_t where a W is not there", () => {
    const { W_u, ...partial } = randomCell(5, 2, 2);
    const { x_t, ...rest } = partial;
    expect(W_u).toBeDefined();
    expect(Object.keys(hessian(parseCell(rest)))).toEqual(["h_prev", "c_prev"]);
    const result = hessianResult(parseCell(rest), { byPreactivations: false, unit: null, vector: null });
    expect(result.missing).toEqual({ x_t: ["W_u"] });
  });

  test("wants every gate, and says which is not there", () => {
    const { U_o, W_o, ...partial } = randomCell(6, 2, 2);
    expect(problemsOf(() => hessian(parseCell(partial)))).toEqual([
      "missing U_o: missing, but needed for h_t and c_t",
      "missing W_o: missing, but needed for h_t and c_t",
    ]);
  });

  test("that leaves the doubles is an error that names the entry", () => {
    const cell = { ...randomCell(7, 1, 1), U_f: [[1e200]], h_prev: [0], dc_t: [1] };
    expect(problemsOf(() => hessian(parseCell(cell)))).toEqual([
      expect.stringMatching(/^overflow hessian\.h_prev\.h_prev\[0\]\[0\]: leaves the range/),
    ]);
  });

  test.each([700, 750, 900])("keeps what large weights make of a gate whose e^-|z| is no double: z_o = −%d", (z) => {
    const [weight, dh] = [2 ** 100, 2 ** 100];
    const native = { U_f: [[0]], U_i: [[0]], U_o: [[weight]], U_u: [[0]], b_o: [-z], b_u: [1], dh_t: [dh] };
    // ∂²L/∂h² = U_o² dh tanh(c_t) σ''(z_o), where σ'' = e^z, c_t = tanh(1)/2, and c_t does not depend on h
    const T = Math.tanh(Math.tanh(1) / 2);
    const expected = T * Math.exp(300 * Math.LN2 - z);
    const { h_prev } = hessian(parseCell(native));
    expect(h_prev.h_prev.data[0]! / expected).toBeCloseTo(1, 11);
    expect(plainBlocks(full(native), Float64Array.of(dh), Float64Array.of(0))).toBeNull();
  });

  test("of a block beyond the doubles whose weights bring it back is no error", () => {
    const zero = [[0]];
    const none = { W_i: zero, W_o: zero, W_u: zero, U_i: zero, U_o: zero, U_u: zero, U_f: zero };
    const cell = { ...randomCell(8, 1, 1), ...none, W_f: [[1e-180]], c_prev: [1e300], dc_t: [1e200] };
    const found = hessian(parseCell(cell));
    // dc·c_{t-1}·σ''(z_f)·W_f², of which the other summands are nothing
    expect(found.x_t!.x_t!.data[0]).toSatisfy((entry: number) => Math.abs(entry) > 1e138 && Math.abs(entry) < 1e141);
  });
});

describe("eigenvalues of ∂²L/∂h_{t-1}²", () => {
  const of = (native: unknown, unit: number | null) =>
    hessianResult(parseCell(native), { byPreactivations: false, unit, vector: null }).eigenvalues;

  test("of one unit are exact zeros but for four, and add up to the trace", () => {
    const native = randomCell(9, 9, 2);
    const eigenvalues = of(native, 3);
    expect(eigenvalues.filter((value) => value === 0).length).toBe(5);
    expect(eigenvalues).toEqual(eigenvalues.toSorted().toReversed());
    const { data } = hessian(parseCell(native), { unit: 3 }).h_prev.h_prev;
    const trace = Array.from({ length: 9 }, (_, k) => data[k * 10]!).reduce((sum, entry) => sum + entry, 0);
    expect(eigenvalues.reduce((sum, value) => sum + value, 0)).toBeCloseTo(trace, 13);
  });

  test("without memory the forget gate has no row: three are left", () => {
    const native = { ...randomCell(10, 6, 2), c_prev: undefined };
    expect(of(JSON.parse(JSON.stringify(native)), 0).filter((value) => value !== 0).length).toBe(3);
  });

  test("near the largest doubles they are scaled", () => {
    const native = { ...fixture<object>("bias-and-input.json"), dh_t: [1e300, 1e300, 1e300], dc_t: [0, 0, 0] };
    const small = { ...fixture<object>("bias-and-input.json"), dh_t: [1, 1, 1], dc_t: [0, 0, 0] };
    for (const [k, value] of of(native, null).entries()) expect(value / 1e300).toBeCloseTo(of(small, null)[k]!, 13);
  });
});
