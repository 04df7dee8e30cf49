import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { backward } from "../../src/lstm/backward.ts";
import { GATES } from "../../src/lstm/names.ts";
import { rowsOf } from "../helpers/matrices.ts";
import { randomSequence } from "../helpers/sequences.ts";
import { exact, tanh } from "../promise/exact.ts";

const halfOpen = { U_f: [[0]], U_i: [[0]], U_o: [[0]], U_u: [[0]], c_prev: [8] };

describe("backward through one step", () => {
  test("of a cell with all gates half open is the formula worked out: c_t = 4, h_t = tanh(4)/2", () => {
    const { value, derivative } = tanh(exact(4));
    const [tanh4, sech4] = [value.toNumber(), derivative.toNumber()];
    const { loss, gates, h_prev, c_prev, x, steps } = backward(parseCell({ ...halfOpen, dh_t: [3], dc_t: [5] }));
    const dc = 5 + 3 * 0.5 * sech4;
    expect(loss).toBeCloseTo(3 * 0.5 * tanh4 + 5 * 4, 14);
    const expected = { f: dc * 8 * 0.25, i: 0, o: 3 * tanh4 * 0.25, u: dc * 0.5 };
    for (const g of GATES) expect(gates[g].b[0]).toBeCloseTo(expected[g], 14);
    expect(c_prev[0]).toBeCloseTo(dc * 0.5, 14);
    expect(steps[0]!.dc_t[0]).toBeCloseTo(dc, 14);
    // no path leads through U = 0 to h_prev, and h_prev = 0 to U
    expect([h_prev[0], ...GATES.map((g) => gates[g].U.data[0])]).toEqual([0, 0, 0, 0, 0]);
    expect([x, gates.f.W]).toEqual([null, null]);
  });

  test("takes upstream gradients given beside the cell in place of its own", () => {
    const cell = parseCell({ ...halfOpen, dh_t: [3], dc_t: [5] });
    const other = parseCell({ ...halfOpen, dh_t: [-1], dc_t: [2] });
    expect(backward(cell, other.upstream)).toEqual(backward(other));
    expect(backward(other)).not.toEqual(backward(cell));
  });
});

describe("backward through time", () => {
  const native = randomSequence(3, 2, 5);

  test("gives the weights the sum of what each step gives: b sums dz, U sums dz hᵀ", () => {
    const { gates, steps, x } = backward(parseCell(native));
    expect(steps.map(({ t }) => t)).toEqual([1, 2, 3, 4, 5]);
    for (const g of GATES) {
      gates[g].b.forEach((entry, k) => {
        expect(entry).toBeCloseTo(
          steps.reduce((sum, { dz }) => sum + dz[g][k]!, 0),
          12,
        );
      });
      rowsOf(gates[g].W!).forEach((row, r) => {
        row.forEach((entry, c) => {
          expect(entry).toBeCloseTo(
            steps.reduce((sum, { dz, t }) => sum + dz[g][r]! * native.x[t - 1]![c]!, 0),
            12,
          );
        });
      });
    }
    expect([x!.rows, x!.cols]).toEqual([5, 2]);
  });

  test("of a loss at the first step alone says nothing of the later ones", () => {
    const dh_t = native.x.map((_, t) => [t === 0 ? 1 : 0, 0, 0]);
    const { steps, x } = backward(parseCell({ ...native, dh_t }));
    for (const { t, dc_t, dz } of steps) {
      const zero = [...dc_t, ...GATES.flatMap((g) => [...dz[g]])].every((entry) => entry === 0);
      expect(zero, `step ${t}`).toBe(t > 1);
    }
    expect(rowsOf(x!).map((row) => row.every((entry) => entry === 0))).toEqual([false, true, true, true, true]);
  });
});

describe("what is wrong with a gradient", () => {
  test("is a gate that the cell lacks", () => {
    expect(() => backward(parseCell({ U_f: [[1]] }))).toThrow(/U_i: missing[\s\S]*U_o: missing[\s\S]*U_u: missing/);
  });

  test.each([
    [{ dh_t: [1e308], U_o: [[1e10]] }, /^gradient\.h_prev\[0\]: /],
    [{ dc_t: [1e308] }, /^loss: leaves the range of a double/],
    [{ dc_t: [1e307], c_prev: [1e3] }, /^loss: /],
    [{ dc_t: [1e300], h_prev: [1e200], c_prev: [1] }, /^gradient\.U_[fiou]\[0\]\[0\]: /],
  ])("is an overflow, with its place: %j", (given, place) => {
    expect(() => backward(parseCell({ ...halfOpen, ...given }))).toThrow(place);
  });

  test("is told by its row and column along a sequence, by its component in one step", () => {
    const zero = [[0, 0]];
    const wide = { ...halfOpen, dc_t: [1e300], W_f: zero, W_i: zero, W_o: zero, W_u: [[0, 1e10]] };
    expect(() => backward(parseCell({ ...wide, x_t: [0, 0] }))).toThrow(/^gradient\.x_t\[1\]: leaves/);
    expect(() => backward(parseCell({ ...wide, c_prev: [0], x: [[0, 0]] }))).toThrow(/^gradient\.x\[0\]\[1\]: leaves/);
  });

  test("is an overflow on the way through time, never Infinity or NaN", () => {
    const native = {
      ...randomSequence(2, 2, 30),
      U_u: [
        [1e30, 0],
        [0, 1e30],
      ],
      b_u: [0, 0],
      h_prev: [0, 0],
      c_prev: [0, 0],
    };
    const resting = { ...native, x: native.x.map(() => [0, 0]), b_f: [0, 0], b_i: [0, 0], b_o: [0, 0] };
    // dh_30 is about 1, each step back takes it times 1e30/8 or so
    expect(() => backward(parseCell(resting))).toThrow(/^steps\[18\]\.dh_t\[[01]\]: leaves the range of a double/);
  });
});
