import { describe, expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import { backward } from "../../../src/lstm/backward.ts";
import { backwardResult } from "../../../src/lstm/results/backward.ts";
import { randomSequence } from "../../helpers/sequences.ts";

const native = { ...randomSequence(2, 3, 4), dh_t: [1, -1] };
const { x, ...weights } = native;
const oneStep = { ...weights, x_t: x[0] };

const PARAMETERS = ["W", "U", "b"].flatMap((letter) => ["f", "i", "o", "u"].map((g) => `${letter}_${g}`));

describe("the record of backward", () => {
  test("has the gradients under the cell's keys: x_t of a step, x of a sequence, then state, W, U, b", () => {
    const step = backwardResult(parseCell(oneStep), { steps: false });
    expect(Object.keys(step)).toEqual(["version", "hidden_size", "input_size", "loss", "gradient"]);
    expect(Object.keys(step.gradient)).toEqual(["x_t", "h_prev", "c_prev", ...PARAMETERS]);
    expect(step.gradient.x_t).toHaveLength(3);
    const sequence = backwardResult(parseCell(native), { steps: false });
    expect(Object.keys(sequence.gradient)).toEqual(["x", "h_prev", "c_prev", ...PARAMETERS]);
    expect(sequence.gradient.x).toMatchObject({ rows: 4, cols: 3 });
  });

  test("has what was computed, entry by entry", () => {
    const cell = parseCell(native);
    const { gates, loss, h_prev, c_prev } = backward(cell);
    const record = backwardResult(cell, { steps: false });
    expect(record.loss).toBe(loss);
    expect([record.gradient.h_prev, record.gradient.c_prev]).toEqual([h_prev, c_prev]);
    for (const g of ["f", "i", "o", "u"] as const) {
      expect([record.gradient[`W_${g}`], record.gradient[`U_${g}`], record.gradient[`b_${g}`]]).toEqual([
        gates[g].W,
        gates[g].U,
        gates[g].b,
      ]);
    }
  });

  test("has the gradients of each step on request only, dz by gate", () => {
    const cell = parseCell(native);
    const { steps } = backwardResult(cell, { steps: true });
    expect(Object.keys(steps![0]!)).toEqual(["t", "dh_t", "dc_t", "dz_f", "dz_i", "dz_o", "dz_u"]);
    backward(cell).steps.forEach(({ t, dh_t, dc_t, dz }, k) => {
      expect(steps![k]).toEqual({ t, dh_t, dc_t, dz_f: dz.f, dz_i: dz.i, dz_o: dz.o, dz_u: dz.u });
    });
    expect(backwardResult(cell, { steps: false })).not.toHaveProperty("steps");
  });
});

describe("what the record says beside the numbers", () => {
  test("an upstream gradient that was taken as one; dc_t, absent, is plainly zero", () => {
    const { dh_t, ...rest } = oneStep;
    expect(backwardResult(parseCell(rest), { steps: false }).assumed_one).toEqual(["dh_t"]);
    expect(backwardResult(parseCell(oneStep), { steps: false })).not.toHaveProperty("assumed_one");
  });

  test("state that was taken as zero; x_t only of a step whose input size is known", () => {
    const { h_prev, c_prev, ...rest } = native;
    expect(backwardResult(parseCell(rest), { steps: false }).assumed_zero).toEqual(["h_prev", "c_prev"]);
    const { x_t, ...without } = oneStep;
    expect(backwardResult(parseCell(without), { steps: false }).assumed_zero).toEqual(["x_t"]);
    expect(backwardResult(parseCell(oneStep), { steps: false })).not.toHaveProperty("assumed_zero");
  });

  test("without x_t, that its gradient and those of W are left out, and for want of what", () => {
    const { x_t, ...without } = oneStep;
    const { gradient, missing } = backwardResult(parseCell(without), { steps: false });
    expect(Object.keys(gradient)).toEqual(["h_prev", "c_prev", ...PARAMETERS.slice(4)]);
    expect(missing).toEqual({ x_t: ["x_t"], W_f: ["x_t"], W_i: ["x_t"], W_o: ["x_t"], W_u: ["x_t"] });
  });

  test("without W, that it is missing too", () => {
    const { x_t, W_f, W_i, W_o, W_u, ...without } = oneStep;
    const { missing } = backwardResult(parseCell(without), { steps: false });
    expect(missing!.x_t).toEqual(["W_f", "W_i", "W_o", "W_u", "x_t"]);
    expect(missing!.W_o).toEqual(["W_o", "x_t"]);
  });

  test("a gate that is lacking is an error", () => {
    const { U_u, W_u, b_u, ...partial } = oneStep;
    expect(() => backwardResult(parseCell(partial), { steps: false })).toThrow(/U_u/);
  });
});
