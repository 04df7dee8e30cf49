import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { nearestReal } from "../../src/linalg/real-rounding.ts";
import { type RealVector, toDoubles } from "../../src/linalg/real-vector.ts";
import { sensitivity } from "../../src/lstm/equations.ts";
import { forward, type Trace } from "../../src/lstm/forward.ts";
import { GATES, type Gate, type Output } from "../../src/lstm/names.ts";
import { deviation, exact, tanh } from "../promise/exact.ts";

const halfOpen = { U_f: [[0]], U_i: [[0]], U_o: [[0]], U_u: [[0]] };

/** ∂of/∂z_g, ∂of/∂c_{t-1} for "c_prev", as doubles. */
const numberAlong = (trace: Trace, of: Output, key: Gate | "c_prev"): RealVector => {
  const { preactivation, c_prev } = sensitivity(trace.numbers, of);
  return (key === "c_prev" ? c_prev : preactivation[key])!;
};
const along = (trace: Trace, of: Output, key: Gate | "c_prev") => toDoubles(numberAlong(trace, of, key))[0];

describe("∂output/∂z and ∂output/∂c_{t-1}, which are diagonal", () => {
  test("a gate moves with its own pre-activation only", () => {
    const trace = forward(parseCell(halfOpen));
    for (const g of GATES) {
      const { preactivation, c_prev } = sensitivity(trace.numbers, g);
      expect(Object.keys(preactivation)).toEqual([g]);
      expect(along(trace, g, g)).toBe(g === "u" ? 1 : 0.25);
      expect(c_prev).toBeNull();
    }
  });

  test("c_t moves with z_f by c_{t-1} σ′, with z_i by u σ′, with z_u by i tanh′, with c_{t-1} by f, not with z_o", () => {
    const trace = forward(parseCell({ ...halfOpen, c_prev: [8] }));
    expect(Object.keys(sensitivity(trace.numbers, "c_t").preactivation)).toEqual(["f", "i", "u"]);
    expect((["f", "i", "u", "c_prev"] as const).map((key) => along(trace, "c_t", key))).toEqual([2, 0, 0.5, 0.5]);
  });

  test("tanh(c_t) and h_t move by 1 − tanh²(c_t) and o(1 − tanh²(c_t)) of that", () => {
    const trace = forward(parseCell({ ...halfOpen, c_prev: [8] }));
    const sech2 = toDoubles(trace.numbers.tanh_c_t!.derivative)[0];
    expect(deviation(sech2, tanh(exact(4)).derivative)).toBeLessThan(1);
    expect(along(trace, "tanh_c_t", "f")).toBe(2 * sech2);
    expect(along(trace, "h_t", "f")).toBe(2 * (0.5 * sech2));
    expect(along(trace, "h_t", "c_prev")).toBe(0.5 * (0.5 * sech2));
    expect(along(trace, "h_t", "o")).toBe(trace.tanh_c_t![0] * 0.25);
  });

  test("the numbers to any precision are the same", () => {
    const trace = forward(parseCell({ ...halfOpen, b_f: [1], b_u: [-2], b_o: [3], c_prev: [8] }));
    const exactly = (number: RealVector) => nearestReal((A) => number.exactly(A, 0));
    expect(exactly(trace.numbers.h_t!)).toBe(trace.h_t![0]);
    for (const g of GATES) expect(exactly(numberAlong(trace, "h_t", g))).toBe(along(trace, "h_t", g));
  });
});
