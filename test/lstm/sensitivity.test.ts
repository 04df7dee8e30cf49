import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import { GATES, OUTPUTS } from "../../src/lstm/names.ts";
import { sensitivity } from "../../src/lstm/sensitivity.ts";
import { deviation, exact, tanh } from "../promise/exact.ts";

const halfOpen = { U_f: [[0]], U_i: [[0]], U_o: [[0]], U_u: [[0]] };

describe("∂output/∂z and ∂output/∂c_{t-1}, which are diagonal", () => {
  test("a gate moves with its own pre-activation only", () => {
    const trace = forward(parseCell(halfOpen));
    for (const g of GATES) {
      const { preactivation, c_prev } = sensitivity(trace, g);
      expect(preactivation).toEqual({ [g]: Float64Array.of(g === "u" ? 1 : 0.25) });
      expect(c_prev).toBeNull();
    }
  });

  test("c_t moves with z_f by c_{t-1} σ′, with z_i by u σ′, with z_u by i tanh′, with c_{t-1} by f, not with z_o", () => {
    const { preactivation, c_prev } = sensitivity(forward(parseCell({ ...halfOpen, c_prev: [8] })), "c_t");
    expect(preactivation).toEqual({ f: Float64Array.of(2), i: Float64Array.of(0), u: Float64Array.of(0.5) });
    expect([...c_prev!]).toEqual([0.5]);
  });

  test("tanh(c_t) and h_t move by 1 − tanh²(c_t) and o(1 − tanh²(c_t)) of that", () => {
    const trace = forward(parseCell({ ...halfOpen, c_prev: [8] }));
    const sech2 = trace.tanh_c_t!.derivative[0];
    expect(deviation(sech2, tanh(exact(4)).derivative)).toBeLessThan(1.2);
    expect(sensitivity(trace, "tanh_c_t").preactivation.f![0]).toBe(2 * sech2);
    expect(sensitivity(trace, "h_t").preactivation.f![0]).toBe(2 * (0.5 * sech2));
    expect(sensitivity(trace, "h_t").c_prev![0]).toBe(0.5 * (0.5 * sech2));
    expect(sensitivity(trace, "h_t").preactivation.o![0]).toBe(trace.tanh_c_t!.value.hi[0] * 0.25);
  });

  test("what the cell lacks is an error, for each output", () => {
    const trace = forward(parseCell({ U_i: [[1]] }));
    for (const of of OUTPUTS.filter((output) => output !== "i")) expect(() => sensitivity(trace, of)).toThrow(/U_/);
  });
});
