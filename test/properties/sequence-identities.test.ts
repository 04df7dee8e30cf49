import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { type Matrix, rowOf, transpose } from "../../src/linalg/matrix.ts";
import { backward } from "../../src/lstm/backward.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { GATES } from "../../src/lstm/names.ts";
import { sequenceJacobian } from "../../src/lstm/sequence-jacobian.ts";
import { stateJacobian, wholeStep } from "../../src/lstm/state-jacobian.ts";
import { stepsOf, unroll, walk } from "../../src/lstm/unroll.ts";
import { product, rowsOf } from "../helpers/matrices.ts";
import { type NativeSequence, randomSequence } from "../helpers/sequences.ts";

const seeded = { seed: 1997, numRuns: 60 };
const size = fc.integer({ min: 1, max: 8 });

/** Full cells over a sequence, H and I from 1 to 8, I ≠ H, with upstream gradients of every step. */
const sequences: fc.Arbitrary<NativeSequence & { dh_t: number[][]; dc_t: number[][] }> = fc
  .tuple(size, size, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 1e6 }))
  .filter(([H, I]) => H !== I)
  .map(([H, I, T, seed]) => {
    const native = randomSequence(H, I, T, seed, 2);
    const { x: dh_t } = randomSequence(H, H, T, seed + 1);
    const { x: dc_t } = randomSequence(H, H, T, seed + 2);
    return { ...native, dh_t, dc_t };
  });

/** Requires entries that agree within a tolerance, relative to the largest of them or to a larger scale. */
function expectClose(got: ArrayLike<number>, expected: readonly number[], scale = 0, tolerance = 1e-12): void {
  expect(got).toHaveLength(expected.length);
  const largest = expected.reduce((max, entry) => Math.max(max, Math.abs(entry)), scale);
  expected.forEach((entry, k) => {
    expect(Math.abs(got[k]! - entry), `[${k}]: ${got[k]}, expected ${entry}`).toBeLessThanOrEqual(tolerance * largest);
  });
}

const flat = (rows: number[][]) => rows.flat();
const entries = ({ scaled, exponent }: { scaled: Matrix; exponent: number }) =>
  scaled.data.map((e) => e * 2 ** exponent);

/** The steps' Jacobians [2H × 2H], each from its own forward pass. */
function stepMatrices(native: NativeSequence): number[][][] {
  return Array.from(walk(parseCell(native)), ({ trace }) => rowsOf(wholeStep(stateJacobian(trace))));
}

/** vᵀ J for J [m × n] */
const vectorTimes = (v: readonly number[], J: Matrix) => product([[...v]], rowsOf(J))[0]!;

describe("identities of a sequence", () => {
  test("the Jacobians of the steps, chained, are that of all T steps", () => {
    fc.assert(
      fc.property(sequences, (native) => {
        const matrices = stepMatrices(native);
        const chained = matrices.slice(1).reduce((before, step) => product(step, before), matrices[0]!);
        // what a chain can round is relative to the product of the magnitudes
        const sizes = matrices.map((rows) => rows.map((row) => row.map(Math.abs)));
        const scale = Math.max(...flat(sizes.slice(1).reduce((before, step) => product(step, before), sizes[0]!)));
        expectClose(entries(sequenceJacobian(unroll(parseCell(native)))), flat(chained), scale, 1e-13);
      }),
      seeded,
    );
  });

  test("the product of a part times that of the part before it is the whole", () => {
    fc.assert(
      fc.property(sequences, fc.integer({ min: 0, max: 1000 }), (native, cut) => {
        const unrolled = unroll(parseCell(native));
        const T = unrolled.steps;
        if (T === 1) return;
        const middle = 1 + (cut % (T - 1));
        const before = sequenceJacobian(unrolled, { from: 0, to: middle });
        const after = sequenceJacobian(unrolled, { from: middle, to: T });
        expect([before.exponent, after.exponent]).toEqual([0, 0]);
        const [left, right] = [rowsOf(after.scaled), rowsOf(before.scaled)];
        const magnitudes = (rows: number[][]) => rows.map((row) => row.map(Math.abs));
        const scale = Math.max(...flat(product(magnitudes(left), magnitudes(right))));
        expectClose(entries(sequenceJacobian(unrolled)), flat(product(left, right)), scale);
      }),
      seeded,
    );
  });
});

describe("identities of backward", () => {
  test("over one step it is vᵀJ, for every upstream gradient v = (dh, dc)", () => {
    fc.assert(
      fc.property(sequences, ({ x, dh_t, dc_t, ...rest }) => {
        const cell = parseCell({ ...rest, x_t: x[0], dh_t: dh_t[0], dc_t: dc_t[0] });
        const trace = forward(cell);
        const { h_prev, c_prev, x: x_t, gates } = backward(cell);
        for (const [wrt, got] of [
          ["h_prev", h_prev],
          ["c_prev", c_prev],
          ["x_t", x_t!.data],
        ] as const) {
          const [byH, byC] = [jacobian(trace, "h_t", wrt), jacobian(trace, "c_t", wrt)];
          const expected = vectorTimes([...dh_t[0]!, ...dc_t[0]!], {
            rows: 2 * cell.hiddenSize,
            cols: byH.cols,
            data: Float64Array.of(...byH.data, ...byC.data),
          });
          const bound = Math.max(...byH.data.map(Math.abs), ...byC.data.map(Math.abs));
          expectClose(got, expected, bound);
        }
        for (const g of GATES) {
          // ∂L/∂W = dz xᵀ and ∂L/∂U = dz hᵀ are of rank one, with dz = ∂L/∂b, which is rounded once more here
          const outer = (v: readonly number[]) => [...gates[g].b].flatMap((dz) => v.map((entry) => dz * entry));
          const isNear = (a: number, b: number) => Math.abs(a - b) <= 2 ** -52 * Math.abs(b) + 2 ** -1074;
          const [W, U] = [outer(x[0]!), outer(rest.h_prev!)];
          expect(gates[g].W!.data.every((entry, k) => isNear(entry, W[k]))).toBe(true);
          expect(gates[g].U.data.every((entry, k) => isNear(entry, U[k]))).toBe(true);
        }
      }),
      seeded,
    );
  });

  test("from the last step, through time, it is (dh, dc) · ∂s_T/∂s_0", () => {
    fc.assert(
      fc.property(sequences, (native) => {
        const [dh_t, dc_t] = [native.dh_t[0]!, native.dc_t[0]!];
        const cell = parseCell({ ...native, dh_t, dc_t });
        const { h_prev, c_prev } = backward(cell);
        const { scaled } = sequenceJacobian(unroll(cell));
        const expected = vectorTimes([...dh_t, ...dc_t], scaled);
        const scale = Math.max(...scaled.data.map(Math.abs));
        expectClose([...h_prev, ...c_prev], expected, scale);
        // the blocks of h and c swapped would be noticed
        expect(() => expectClose([...c_prev, ...h_prev], expected, scale)).toThrow();
      }),
      seeded,
    );
  });

  test("from all steps it is the sum of what it is from each step alone", () => {
    fc.assert(
      fc.property(sequences, (native) => {
        const all = backward(parseCell(native));
        const none = (rows: number[][], t: number) => rows.map((row, k) => (k === t ? row : row.map(() => 0)));
        const T = stepsOf(parseCell(native));
        const alone = Array.from({ length: T }, (_, t) =>
          backward(parseCell({ ...native, dh_t: none(native.dh_t, t), dc_t: none(native.dc_t, t) })),
        );
        const parts: ((gradient: typeof all) => ArrayLike<number>)[] = [
          ({ loss }) => [loss],
          ({ x }) => x!.data,
          ({ c_prev }) => c_prev,
          ({ h_prev }) => h_prev,
          ({ gates }) => gates.o.W!.data,
          ({ gates }) => gates.f.U.data,
          ({ gates }) => gates.u.b,
        ];
        for (const part of parts) {
          const expected = Array.from(part(all), (_, k) => alone.reduce((sum, one) => sum + part(one)[k]!, 0));
          const scale = alone.reduce((sum, one) => sum + Math.max(...Array.from(part(one), Math.abs)), 0);
          expectClose(part(all), expected, scale, 1e-13);
        }
      }),
      seeded,
    );
  });

  test("a transposed Jacobian would be noticed", () => {
    const unrolled = unroll(parseCell(randomSequence(3, 2, 4)));
    const { scaled } = sequenceJacobian(unrolled);
    expect(() => expectClose(rowOf(transpose(scaled), 0), [...rowOf(scaled, 0)], 1)).toThrow();
  });
});
