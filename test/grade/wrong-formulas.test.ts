import { describe, expect, test } from "vitest";
import { GradedValues } from "../../src/grade/values.ts";
import { rowsOfU, sigmoidForTanh, tanhForSigmoid } from "../../src/grade/wrong-formulas.ts";
import { WrongValues } from "../../src/grade/wrong-values.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import { findQuantity } from "../../src/lstm/quantities.ts";
import { dot, norm, randomCell, sigma } from "./lesson.ts";

const native = randomCell(7);
const cell = parseCell(native);
const facts = { right: new GradedValues(cell, forward(cell)), wrong: new WrongValues(cell, forward(cell)) };
const quantity = (path: string) => findQuantity(path)!;
const U = (sign: 1 | -1) => native.U_f.map((row) => row.map((entry) => sign * entry));
const rows = (path: string) => {
  const found = rowsOfU(quantity(path), facts.right);
  return found ? native.U_f.map((_, d) => [...found.data.subarray(d * found.cols, (d + 1) * found.cols)]) : found;
};

describe("U that is not normalised", () => {
  test("is a wrong h*, with the sign of the goal", () => {
    expect(rows("optimum.2.max.f.h_prev")).toEqual(U(1));
    expect(rows("optimum.inf.min.f.h_prev")).toEqual(U(-1));
  });

  test.each(["optimum.2.max.f.activation", "optimum.2.max.f.preactivation", "jacobian.f.h_prev", "terms.f"])(
    "says nothing of %s",
    (path) => {
      expect(rows(path)).toBeNull();
    },
  );
});

describe("the other activation function of an optimum", () => {
  /** W x + b ± ‖U‖ of each unit */
  const z = (g: "f" | "u", sign: 1 | -1) =>
    native[`b_${g}`].map((b, d) => b + dot(native[`W_${g}`][d], native.x_t) + sign * norm(native[`U_${g}`][d]));
  const found = (of: typeof tanhForSigmoid, path: string) =>
    of(quantity(path), facts).map((wrong) => (wrong ? [...wrong.data] : null));
  const near = (numbers: readonly number[]) => [numbers.map((entry) => expect.closeTo(entry, 12))];

  test("is taken at its pre-activation: σ for u, tanh for the others", () => {
    expect(found(sigmoidForTanh, "optimum.2.max.u.activation")).toEqual(near(z("u", 1).map(sigma)));
    expect(found(sigmoidForTanh, "optimum.2.min.u.activation")).toEqual(near(z("u", -1).map(sigma)));
    expect(found(tanhForSigmoid, "optimum.2.max.f.activation")).toEqual(near(z("f", 1).map(Math.tanh)));
  });

  test("says nothing of pre-activations, which come before it", () => {
    expect(found(sigmoidForTanh, "preactivations.u")).toEqual([]);
    expect(found(tanhForSigmoid, "preactivations.f")).toEqual([]);
  });

  test("says nothing where the function is right, nor of h* and the pre-activation", () => {
    expect(found(sigmoidForTanh, "optimum.2.max.f.activation")).toEqual([null]);
    expect(found(tanhForSigmoid, "optimum.2.max.u.activation")).toEqual([null]);
    for (const part of ["h_prev", "preactivation"]) {
      expect(found(sigmoidForTanh, `optimum.2.max.u.${part}`)).toEqual([null]);
      expect(found(tanhForSigmoid, `optimum.2.max.f.${part}`)).toEqual([null]);
    }
  });
});
