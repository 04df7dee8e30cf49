import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { rowOf } from "../../src/linalg/matrix.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { GATES, NORMS, type Norm, WRTS } from "../../src/lstm/names.ts";
import { optimum } from "../../src/lstm/optimum.ts";
import { sigmoidResult } from "../../src/lstm/results/sigmoid.ts";
import { terms } from "../../src/lstm/terms.ts";
import type { NativeCell } from "../promise/reference.ts";

const seeded = { seed: 1997, numRuns: 100 };

const number = fc.double({ min: -3, max: 3, noNaN: true });
const vector = (length: number) => fc.array(number, { minLength: length, maxLength: length });
const matrix = (rows: number, cols: number) => fc.array(vector(cols), { minLength: rows, maxLength: rows });

/** Full cells, H and I from 1 to 8, I ≠ H. */
const cells: fc.Arbitrary<NativeCell> = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
  .filter(([H, I]) => H !== I)
  .chain(([H, I]) => {
    const keys = GATES.flatMap((g) => [
      [`W_${g}`, matrix(H, I)],
      [`U_${g}`, matrix(H, H)],
      [`b_${g}`, vector(H)],
    ]);
    return fc.record({ ...Object.fromEntries(keys), x_t: vector(I), h_prev: vector(H), c_prev: vector(H) });
  });

/** ‖h‖_p */
function norm(h: ArrayLike<number>, p: Norm): number {
  const sizes = Array.from(h, Math.abs);
  if (p === "inf") return Math.max(...sizes);
  return p === "1" ? sizes.reduce((sum, size) => sum + size, 0) : Math.hypot(...sizes);
}

const DUAL: Record<Norm, Norm> = { "1": "inf", "2": "2", inf: "1" };

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (x, k) => x * b[k]).reduce((s, x) => s + x, 0);

describe("identities of one step", () => {
  test("the four terms add up to ∂h_t/∂h_{t-1}", () => {
    fc.assert(
      fc.property(cells, (native) => {
        const trace = forward(parseCell(native));
        const paths = terms(trace);
        jacobian(trace, "h_t", "h_prev").data.forEach((entry, k) => {
          const four = GATES.map((g) => paths[g].data[k]);
          const scale = four.reduce((sum, term) => sum + Math.abs(term), 0);
          expect(Math.abs(entry - dot(four, [1, 1, 1, 1]))).toBeLessThanOrEqual(8 * 2 ** -53 * scale + 4 * 2 ** -1074);
        });
      }),
      seeded,
    );
  });

  test("U_g = 0 makes ∂g/∂h zero, and W_g = 0 makes ∂g/∂x_t zero, whatever the rest is", () => {
    fc.assert(
      fc.property(cells, fc.constantFrom(...GATES), (native, g) => {
        const none = (rows: number[][]) => rows.map((row) => row.map(() => 0));
        const [U, W] = [none(native[`U_${g}`]!), none(native[`W_${g}`]!)];
        const trace = forward(parseCell({ ...native, [`U_${g}`]: U, [`W_${g}`]: W }));
        for (const wrt of WRTS) expect(jacobian(trace, g, wrt).data.every((entry) => entry === 0)).toBe(true);
        expect(terms(trace)[g].data.every((entry) => entry === 0)).toBe(true);
      }),
      seeded,
    );
  });

  test("∂g/∂h and ∂g/∂x_t differ only in U and W: W = U and x = h give the same", () => {
    fc.assert(
      fc.property(cells, (native) => {
        const same: NativeCell = { ...native, x_t: native.h_prev! };
        for (const g of GATES) same[`W_${g}`] = native[`U_${g}`]!;
        const trace = forward(parseCell(same));
        for (const of of ["f", "c_t", "tanh_c_t", "h_t"] as const) {
          expect(jacobian(trace, of, "x_t")).toEqual(jacobian(trace, of, "h_prev"));
        }
      }),
      seeded,
    );
  });

  test("σ(z) + σ(−z) = 1", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (z) => {
        const [at, opposite] = sigmoidResult([z, -z]).values;
        expect(Math.abs(at.sigma + opposite.sigma - 1)).toBeLessThanOrEqual(2 ** -53);
        expect(at.derivative).toBe(opposite.derivative);
      }),
      { seed: 1997, numRuns: 1000 },
    );
  });
});

describe("identities of the optimum", () => {
  test("h* has norm 1, and the row times h* is the dual norm, which no other unit vector beats", () => {
    fc.assert(
      fc.property(cells, fc.constantFrom(...NORMS), fc.infiniteStream(number), (native, p, stream) => {
        const cell = parseCell(native);
        for (const { unit, h_prev } of optimum(cell, "f", { norm: p })) {
          const row = rowOf(cell.gates.f!.U, unit);
          const best = norm(row, DUAL[p]);
          if (h_prev === null) expect(best).toBe(0);
          else {
            expect(norm(h_prev, p)).toBeCloseTo(1, 14);
            // rows as small as the smallest doubles leave no room for a relative comparison
            expect(Math.abs(dot(row, h_prev) - best)).toBeLessThanOrEqual(1e-14 * best + 1e-322);
          }
          for (let sample = 0; sample < 5; sample++) {
            const other = Array.from(row, () => stream.next().value as number);
            const length = norm(other, p);
            if (length > 1e-3) expect(dot(row, other) / length).toBeLessThanOrEqual(best * (1 + 1e-14) + 1e-322);
          }
        }
      }),
      seeded,
    );
  });

  test("the minimum is at −h*, and the two values lie on either side of every other", () => {
    fc.assert(
      fc.property(cells, fc.constantFrom(...NORMS), fc.constantFrom(...GATES), (native, p, g) => {
        const cell = parseCell(native);
        const max = optimum(cell, g, { norm: p });
        const min = optimum(cell, g, { norm: p, goal: "min" });
        max.forEach(({ h_prev, activation, unique }, d) => {
          expect(min[d].h_prev && Array.from(min[d].h_prev, (entry) => 0 - entry)).toEqual(h_prev && [...h_prev]);
          expect(min[d].unique).toBe(unique);
          expect(min[d].activation).toBeLessThanOrEqual(activation);
        });
        // the gate really takes these values there
        if (max[0].h_prev === null) return;
        for (const { h_prev, activation } of [max[0], min[0]]) {
          const reached = forward(parseCell({ ...native, h_prev: [...h_prev!] })).gate(g)![0];
          expect(Math.abs(reached - activation)).toBeLessThanOrEqual(1e-14);
        }
      }),
      seeded,
    );
  });
});
