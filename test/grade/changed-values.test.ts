import { describe, expect, test } from "vitest";
import { cellKey } from "../../src/grade/key.ts";
import { MarkingKey } from "../../src/grade/marking-key.ts";
import type { FormulaId } from "../../src/grade/misconceptions.ts";
import { sigmoid } from "../../src/grade/rules.ts";
import { DEFAULT_TOLERANCE } from "../../src/grade/tolerance.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { findQuantity } from "../../src/lstm/quantities.ts";
import { dot, norm, randomCell, scaleRows, sigma, workOut } from "./lesson.ts";

const native = randomCell(7);
const key = new MarkingKey(cellKey(parseCell(native)), DEFAULT_TOLERANCE);

/** What a mistake gives for a quantity where that is not what is right; the same numbers once. */
function found(id: FormulaId, path: string): number[][] {
  const own = key
    .of(findQuantity(path)!)!
    .formulas()
    .all.filter((formula) => formula.id === id);
  const numbers = own.map(({ entries }) => JSON.stringify([...entries.data]));
  return [...new Set(numbers)].map((text) => JSON.parse(text));
}

test("σ keeps its digits where e^-z leaves the doubles", () => {
  expect([-1, 0, 1, -720].map(sigmoid)).toEqual([1 / (1 + Math.E), 0.5, Math.E / (1 + Math.E), Math.exp(-720)]);
});

describe("a mistake in the activations", () => {
  const { z, gates, prime, c_t } = workOut(native);
  const near = (numbers: readonly number[]) => numbers.map((entry) => expect.closeTo(entry, 12));
  const byRows = (d: readonly number[]) => scaleRows(d, native.U_f).flat();

  test("hard σ is flat beyond its corners, and as steep as it says between them", () => {
    expect([z.f.some((one) => Math.abs(one) > 3), z.f.some((one) => Math.abs(one) < 2.5)]).toEqual([true, true]);
    const slope = (steepness: number) => z.f.map((one) => (Math.abs(one) < 0.5 / steepness ? steepness : 0));
    const value = (steepness: number) => z.f.map((one) => Math.min(1, Math.max(0, steepness * one + 0.5)));
    expect(found("hard-sigmoid", "jacobian.f.h_prev")).toEqual([0.2, 1 / 6].map((s) => near(byRows(slope(s)))));
    expect(found("hard-sigmoid", "gates.f")).toEqual([0.2, 1 / 6].map((s) => near(value(s))));
  });

  test("σ of −z is differentiated with its own sign, or without", () => {
    const own = byRows(prime.f);
    expect(found("sigmoid-of-minus-z", "jacobian.f.h_prev")).toEqual([near(own.map((entry) => -entry))]);
    const f = z.f.map((one) => sigma(-one));
    const i = z.i.map((one) => sigma(-one));
    const o = z.o.map((one) => sigma(-one));
    const tanh = f.map((one, k) => Math.tanh(one * native.c_prev[k] + i[k] * gates.u[k]));
    const term = byRows(tanh.map((t, k) => o[k] * (1 - t * t) * native.c_prev[k] * prime.f[k]));
    expect(found("sigmoid-of-minus-z", "terms.f")).toEqual([near(term), near(term.map((entry) => -entry))]);
  });

  test("reaches the loss, of which both gradients are a part", () => {
    const [dh_t, dc_t] = [native.b_f, native.b_o];
    const own = new MarkingKey(cellKey(parseCell({ ...native, dh_t, dc_t })), DEFAULT_TOLERANCE);
    const { all } = own.of(findQuantity("loss")!)!.formulas();
    const losses = all.filter(({ id }) => id === "h-from-previous-cell").map(({ entries }) => entries.data[0]);
    const h = gates.o.map((one, k) => one * Math.tanh(native.c_prev[k]));
    expect(losses).toEqual([expect.closeTo(dot(dh_t, h) + dot(dc_t, c_t), 12)]);
  });
});

describe("U that is not normalised", () => {
  const U = (sign: 1 | -1) => native.U_f.flat().map((entry) => sign * entry);

  test("is a wrong h*, with the sign of the goal", () => {
    expect(found("not-normalised", "optimum.2.max.f.h_prev")).toEqual([U(1)]);
    expect(found("not-normalised", "optimum.inf.min.f.h_prev")).toEqual([U(-1)]);
  });

  test.each(["optimum.2.max.f.activation", "optimum.2.max.f.preactivation", "jacobian.f.h_prev", "terms.f"])(
    "says nothing of %s",
    (path) => {
      expect(found("not-normalised", path)).toEqual([]);
    },
  );
});

describe("the other activation function of an optimum", () => {
  /** W x + b ± ‖U‖ of each unit */
  const z = (g: "f" | "u", sign: 1 | -1) =>
    native[`b_${g}`].map((b, d) => b + dot(native[`W_${g}`][d], native.x_t) + sign * norm(native[`U_${g}`][d]));
  const near = (numbers: readonly number[]) => [numbers.map((entry) => expect.closeTo(entry, 12))];

  test("is taken at its pre-activation: σ for u, tanh for the others", () => {
    expect(found("sigmoid-for-tanh", "optimum.2.max.u.activation")).toEqual(near(z("u", 1).map(sigma)));
    expect(found("sigmoid-for-tanh", "optimum.2.min.u.activation")).toEqual(near(z("u", -1).map(sigma)));
    expect(found("tanh-for-sigmoid", "optimum.2.max.f.activation")).toEqual(near(z("f", 1).map(Math.tanh)));
  });

  test("says nothing of pre-activations, which come before it", () => {
    expect(found("sigmoid-for-tanh", "preactivations.u")).toEqual([]);
    expect(found("tanh-for-sigmoid", "preactivations.f")).toEqual([]);
  });

  test("says nothing where the function is right, nor of h* and the pre-activation", () => {
    expect(found("sigmoid-for-tanh", "optimum.2.max.f.activation")).toEqual([]);
    expect(found("tanh-for-sigmoid", "optimum.2.max.u.activation")).toEqual([]);
    for (const part of ["h_prev", "preactivation"]) {
      expect(found("sigmoid-for-tanh", `optimum.2.max.u.${part}`)).toEqual([]);
      expect(found("tanh-for-sigmoid", `optimum.2.max.f.${part}`)).toEqual([]);
    }
  });
});
