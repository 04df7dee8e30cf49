import { describe, expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import { toWide } from "../../../src/linalg/wide-matrix.ts";
import { cellAtStep } from "../../../src/lstm/cell-at-step.ts";
import { forward } from "../../../src/lstm/forward.ts";
import type { SequenceSummary } from "../../../src/lstm/results/records.ts";
import { sequenceLines, sequenceResult } from "../../../src/lstm/results/sequence.ts";
import { productNorm } from "../../../src/lstm/results/sequence-parts.ts";
import { sequenceJacobian } from "../../../src/lstm/sequence-jacobian.ts";
import { unroll } from "../../../src/lstm/unroll.ts";
import { matrixOf } from "../../helpers/matrices.ts";
import { excitedUnit, fadingUnit, type NativeSequence, randomSequence } from "../../helpers/sequences.ts";

const run = (native: NativeSequence, from = 0, to = native.x.length) => sequenceResult(parseCell(native), { from, to });
const native = randomSequence(3, 2, 6);

describe("the record of a sequence", () => {
  test("has each step's gates and state, t from 1", () => {
    const { steps } = run(native);
    expect(steps.map(({ t }) => t)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const { t, gates, c_t, h_t } of steps) {
      const trace = forward(cellAtStep(parseCell(native), t));
      expect([c_t, h_t, gates.f, gates.u]).toEqual([trace.c_t!, trace.h_t, trace.gate("f")!, trace.gate("u")!]);
    }
  });

  test("of a part has the steps, norms and exponents of that part alone, from the state that it begins with", () => {
    const { flow, steps, lyapunov, lyapunov_steps, from_step, to_step, jacobian, jacobian_norm } = run(native, 2, 5);
    const { x, ...weights } = native;
    const before = run(native).steps[1]!;
    const state = { h_prev: [...before.h_t], c_prev: [...before.c_t] };
    const alone = run({ ...weights, ...state, x: x.slice(2, 5) } as NativeSequence);
    expect([from_step, to_step, lyapunov_steps]).toEqual([2, 5, 3]);
    expect(steps).toEqual(alone.steps.map((step) => ({ ...step, t: step.t + 2 })));
    expect(flow).toEqual(alone.flow.map((step) => ({ ...step, t: step.t + 2 })));
    expect([lyapunov, jacobian, jacobian_norm]).toEqual([alone.lyapunov, alone.jacobian, alone.jacobian_norm]);
  });

  test("has the norm 1 from the end to itself, and the last step's norm from the one before", () => {
    const { flow } = run(native);
    expect(flow.at(-1)).toMatchObject({ t: 6, to_end_norm: 1, to_end_log10: 0 });
    expect(Math.abs(flow[4]!.to_end_norm! / flow[5]!.step_norm! - 1)).toBeLessThanOrEqual(1e-10);
  });

  test("does not look at what comes after its part", () => {
    const saturated = {
      ...native,
      W_i: [
        [1e308, 1e308],
        [0, 0],
        [0, 0],
      ],
      x: [
        [0, 0],
        [0, 0],
        [1, 1],
      ],
    };
    expect(run(saturated, 0, 2)).toEqual(run({ ...saturated, x: saturated.x.slice(0, 2) }));
    expect([...sequenceLines(parseCell(saturated), { from: 0, to: 2 })]).toHaveLength(3);
  });

  test.each<[number, number, RegExp]>([
    [0, 7, /^to: 7, expected 1 … 6/],
    [0, 2.5, /^to: 2.5, expected/],
    [3, 3, /^from: 3, expected less than 3/],
    [-1, 3, /^from: -1, expected/],
  ])("refuses a part from %d to %d", (from, to, message) => {
    const cell = parseCell(native);
    expect(() => sequenceResult(cell, { from, to })).toThrow(message);
    expect(() => [...sequenceLines(cell, { from, to })]).toThrow(message);
    expect(() => sequenceJacobian(unroll(cell), { from, to })).toThrow(message);
  });

  test("says which state was taken as zero", () => {
    const { h_prev, ...rest } = native;
    expect(run(rest as NativeSequence).assumed_zero).toEqual(["h_prev"]);
    expect(run(native)).not.toHaveProperty("assumed_zero");
  });

  test("reports its progress up to all of it", () => {
    const seen: [number, number][] = [];
    sequenceResult(parseCell(native), { from: 1, to: 4 }, (done, total) => seen.push([done, total]));
    expect(seen.map(([done]) => done)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(seen.map(([, total]) => total))).toEqual(new Set([6]));
  });
});

describe("the stream of a sequence", () => {
  test.each([
    [0, 6],
    [0, 1],
    [2, 5],
  ])("tells the same as the record, from %i to %i", (from, to) => {
    const lines = [...sequenceLines(parseCell(native), { from, to })];
    const { steps, flow, jacobian, jacobian_norm, jacobian_log10, ...rest } = run(native, from, to);
    const last = lines.pop() as SequenceSummary;
    expect(lines).toEqual(
      steps.map((step, k) => {
        const { to_end_norm, to_end_log10, ...own } = flow[k]!;
        return { ...step, ...own };
      }),
    );
    expect(last).toMatchObject(rest);
    // the product is formed from the other end
    expect(Math.abs(last.jacobian_norm! / jacobian_norm! - 1)).toBeLessThanOrEqual(1e-10);
    for (const of of ["h_T", "c_T"] as const) {
      for (const wrt of ["h_0", "c_0"] as const) {
        const largest = Math.max(...jacobian[of][wrt].data.map(Math.abs));
        last.jacobian[of][wrt].data.forEach((entry, k) => {
          expect(Math.abs(entry - jacobian[of][wrt].data[k]!)).toBeLessThanOrEqual(1e-13 * largest);
        });
      }
    }
  });
});

describe("a gradient that leaves the doubles", () => {
  // f = 10^−0.412, so that a thousand steps leave 1e-412 of the memory, and of h its half: tanh'(c_T) = 1
  const f = 10 ** -0.412;
  const vanishing = run(fadingUnit(Math.log(f / (1 - f)), 1000));

  test("vanishes in a thousand steps to 1e-412, not to 0", () => {
    const expected = -412 + Math.log10(Math.sqrt(1.25));
    expect(vanishing.jacobian_norm).toBeNull();
    expect(vanishing.jacobian_log10).toBeCloseTo(expected, 9);
    expect(vanishing.exponent2).toBeLessThan(-1300);
    const log10 = Math.log10(vanishing.jacobian.c_T.c_0.data[0]!) + vanishing.exponent2 * Math.log10(2);
    expect(log10).toBeCloseTo(-412, 9);
    const { to_end_norm, to_end_log10 } = vanishing.flow[99]!;
    expect(to_end_norm).toBeNull();
    expect(to_end_log10).toBeCloseTo(expected + 0.412 * 100, 9);
    expect(vanishing.flow[999]).toMatchObject({ to_end_norm: 1, to_end_log10: 0 });
  });

  test("has a norm again as soon as it is a normal double", () => {
    for (const { to_end_norm, to_end_log10, t } of vanishing.flow) {
      const isNormal = to_end_log10! > Math.log10(2 ** -1022);
      expect(to_end_norm !== null, `t = ${t}`).toBe(isNormal);
      if (to_end_norm) expect(Math.log10(to_end_norm)).toBeCloseTo(to_end_log10!, 9);
    }
  });

  test("has the exponents log f and −∞, from as many steps as there were", () => {
    expect(vanishing.lyapunov_steps).toBe(1000);
    expect(vanishing.lyapunov[0]).toBeCloseTo(Math.log(f) + Math.log(1.25) / 2000, 9);
    expect(vanishing.lyapunov[1]).toBeNull();
  });

  test("of steps that no double tells has a logarithm all the same", () => {
    const { flow, jacobian_norm, jacobian_log10, lyapunov } = run(fadingUnit(-1000, 3));
    // the product of the exact Jacobians is e^−3000, times √1.25
    expect(jacobian_norm).toBeNull();
    expect(jacobian_log10).toBeCloseTo((-3000 + Math.log(1.25) / 2) / Math.LN10, 9);
    expect(flow[0]).toMatchObject({ step_norm: 0, to_end_norm: null });
    expect(lyapunov[0]).toBeCloseTo(-1000 + Math.log(1.25) / 6, 9);
    expect(lyapunov[1]).toBeNull();
  });

  test("explodes without an error", () => {
    // S = (½, 1)ᵀ(w/2, ½) of rank one
    const w = 1e6;
    const { jacobian_norm, jacobian_log10, exponent2, flow, lyapunov } = run(excitedUnit(w, 400));
    const norm = Math.hypot(0.5, 1) * Math.hypot(w / 2, 0.5);
    const growth = Math.log10(w / 4 + 0.5);
    expect(jacobian_norm).toBeNull();
    expect(jacobian_log10).toBeCloseTo(399 * growth + Math.log10(norm), 8);
    expect(exponent2).toBeGreaterThan(1024);
    expect(Math.abs(flow[7]!.step_norm! / norm - 1)).toBeLessThanOrEqual(1e-10);
    expect(flow[0]!.to_end_log10).toBeCloseTo(398 * growth + Math.log10(norm), 8);
    expect(lyapunov[1]).toBeNull();
  });

  test("has no power of two while its entries are normal doubles", () => {
    const { jacobian, exponent2 } = run(fadingUnit(-3, 200));
    expect(exponent2).toBe(0);
    const expected = (1 + Math.exp(3)) ** -200;
    expect(Math.abs(jacobian.c_T.c_0.data[0]! / expected - 1)).toBeLessThanOrEqual(1e-12);
    expect(run(fadingUnit(-3, 300)).exponent2).toBeLessThan(-1022);
  });
});

test("a norm that is not found is an error that says so, and where", () => {
  const product = toWide(
    matrixOf([
      [Number.NaN, 1],
      [1, 1],
    ]),
  );
  const place = "‖∂s_3/∂s_1‖";
  expect(() => productNorm(product, place)).toThrow(`${place}: the spectral norm did not converge`);
});

test("a step norm beyond the doubles is told by its logarithm", () => {
  const native = { ...excitedUnit(1.7e308, 2), b_i: [50], b_o: [50] };
  const { flow } = run(native);
  expect(flow[0]!.step_norm).toBeNull();
  expect(flow[0]!.step_log10).toBeCloseTo(Math.log10(1.7) + 308 + Math.log10(Math.hypot(1, 1)), 10);
});
