import { describe, expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import type { Matrix } from "../../../src/linalg/matrix.ts";
import { GATES, type Output } from "../../../src/lstm/names.ts";
import { forwardResult, jacobianResult, optimumResult, showResult } from "../../../src/lstm/results/one-step.ts";
import { fixture } from "../../helpers/fixtures.ts";
import { compute, type Numbers } from "../../promise/measure.ts";
import type { NativeCell } from "../../promise/reference.ts";

const native = fixture<NativeCell>("bias-and-input.json");
const cell = parseCell(native);
const numbers: Numbers = compute(native);
const entries = (quantity: string) => numbers.get(quantity)!.flat();
const data = (matrix: Matrix | undefined) => [...matrix!.data];
const H = cell.hiddenSize;
const I = cell.inputSize;

describe("the record of a full cell", () => {
  test("forward holds pre-activations, gates, c_t and h_t, and nothing was assumed", () => {
    const { preactivations, gates, c_t, h_t, ...rest } = forwardResult(cell);
    for (const g of GATES) {
      expect([...preactivations[g]!]).toEqual(entries(`preactivations.${g}`));
      expect([...gates[g]!]).toEqual(entries(`gates.${g}`));
    }
    expect([[...c_t!], [...h_t!]]).toEqual([entries("c_t"), entries("h_t")]);
    expect(rest).toEqual({ version: 1, hidden_size: H, input_size: I });
  });

  test("an activation that the file did not tell is said to be assumed", () => {
    expect(forwardResult({ ...cell, assumedActivation: "sigmoid" })).toMatchObject({ assumed_activation: "sigmoid" });
  });

  test("show holds gates, c_t, h_t, ∂f/∂h, ∂h_t/∂h and the optimum of f for p = 2", () => {
    const { gates, c_t, h_t, jacobian, optimum, ...rest } = showResult(cell);
    expect(Object.keys(gates)).toEqual(["f", "i", "o", "u"]);
    expect([[...c_t!], [...h_t!]]).toEqual([entries("c_t"), entries("h_t")]);
    expect(data(jacobian.f!.h_prev)).toEqual(entries("jacobian.f.h_prev"));
    expect(data(jacobian.h_t!.h_prev)).toEqual(entries("jacobian.h_t.h_prev"));
    expect([optimum!.norm, optimum!.goal, Object.keys(optimum!.gates)]).toEqual(["2", "max", ["f"]]);
    expect(optimum!.gates.f!.map(({ unit }) => unit)).toEqual([...Array(H).keys()]);
    expect(rest).toEqual({ version: 1, hidden_size: H, input_size: I });
  });

  test("jacobian holds what was asked for, in that order, and the terms on request", () => {
    const of: Output[] = ["h_t", "u"];
    const plain = jacobianResult(cell, { of, wrt: ["x_t", "c_prev"], terms: false });
    expect(Object.keys(plain.jacobian)).toEqual(of);
    expect(Object.keys(plain.jacobian.u!)).toEqual(["x_t", "c_prev"]);
    expect(plain.terms).toBeUndefined();
    const { terms, jacobian } = jacobianResult(cell, { of: null, wrt: ["h_prev"], terms: true });
    expect(Object.keys(jacobian)).toEqual(["f", "h_t"]);
    expect(Object.keys(terms!)).toEqual(["o", "f", "i", "u"]);
    for (const g of GATES) expect(data(terms![g])).toEqual(entries(`terms.${g}`));
  });

  test("optimum holds the gates and units asked for", () => {
    const request = { gates: ["u", "f"] as const, norm: "inf", goal: "min" } as const;
    const { optimum } = optimumResult(cell, { ...request, units: [1] });
    expect([optimum.norm, optimum.goal, Object.keys(optimum.gates)]).toEqual(["inf", "min", ["u", "f"]]);
    expect(optimum.gates.u!.map(({ unit }) => unit)).toEqual([1]);
    expect(optimumResult(cell, { ...request, units: null }).optimum.gates.f).toHaveLength(H);
  });
});

describe("what a partial cell leaves open", () => {
  const onlyF = parseCell({ U_f: [[2]] });
  const missing = { c_t: ["U_i", "U_u"], h_t: ["U_i", "U_o", "U_u"] };
  const others = { i: ["U_i"], o: ["U_o"], u: ["U_u"] };

  test("is said by show and forward, with the keys that are lacking, and what is known is there", () => {
    const shown = showResult(onlyF);
    expect(Object.keys(shown.gates)).toEqual(["f"]);
    expect(Object.keys(shown.jacobian)).toEqual(["f"]);
    expect(shown.optimum!.gates.f![0].preactivation).toBe(2);
    expect(shown.missing).toEqual({ ...others, ...missing });
    expect(forwardResult(onlyF).missing).toEqual({ ...others, ...missing });
    expect(forwardResult(onlyF).input_size).toBeNull();
  });

  test("is said of the default Jacobians, and is an error where it was asked for by name", () => {
    const { jacobian, missing: said } = jacobianResult(onlyF, { of: null, wrt: ["h_prev"], terms: false });
    expect([Object.keys(jacobian), said]).toEqual([["f"], { h_t: missing.h_t }]);
    expect(() => jacobianResult(onlyF, { of: ["h_t"], wrt: ["h_prev"], terms: false })).toThrow(/U_i.*\n.*U_o/);
    expect(() => jacobianResult(onlyF, { of: null, wrt: ["x_t"], terms: false })).toThrow(/W_f/);
    expect(() => jacobianResult(onlyF, { of: null, wrt: ["h_prev"], terms: true })).toThrow(/U_i/);
  });
});

describe("state that was not given", () => {
  const square = { U_f: [[1]], U_i: [[1]], U_o: [[1]], U_u: [[1]] };

  test("is said where it was taken as zero, x_t only where the cell has W", () => {
    expect(forwardResult(parseCell(square)).assumed_zero).toEqual(["h_prev", "c_prev"]);
    expect(forwardResult(parseCell({ ...square, W_f: [[1, 2]] })).assumed_zero).toEqual(["h_prev", "c_prev", "x_t"]);
    expect(forwardResult(parseCell({ ...square, h_prev: [1] })).assumed_zero).toEqual(["c_prev"]);
  });

  test("is not said where the answer does not rest on it", () => {
    expect(forwardResult(parseCell({ U_f: [[1]], h_prev: [1] })).assumed_zero).toBeUndefined();
    const request = { gates: ["f"], norm: "2", goal: "max", units: null } as const;
    expect(optimumResult(parseCell(square), request).assumed_zero).toBeUndefined();
    expect(optimumResult(parseCell({ ...square, W_f: [[1, 2]] }), request).assumed_zero).toEqual(["x_t"]);
  });
});
