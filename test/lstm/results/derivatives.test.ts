import { describe, expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import type { Matrix } from "../../../src/linalg/matrix.ts";
import { forward } from "../../../src/lstm/forward.ts";
import { jacobian } from "../../../src/lstm/jacobian.ts";
import { backwardResult } from "../../../src/lstm/results/backward.ts";
import { sequenceDerivatives, stepDerivatives } from "../../../src/lstm/results/derivatives.ts";
import { sequenceResult } from "../../../src/lstm/results/sequence.ts";
import { terms } from "../../../src/lstm/terms.ts";
import { randomSequence } from "../../helpers/sequences.ts";

const native = randomSequence(2, 3, 4);
const { x, ...weights } = native;
const oneStep = { ...weights, x_t: x[0] };

describe("every derivative of one step", () => {
  test("is there under its path: 7 outputs by 3 inputs and 12 parameters, 4 terms, 15 gradients, 9 blocks of the Hessian, all units'", () => {
    const found = stepDerivatives(parseCell(oneStep));
    const of = (prefix: string) => [...found.keys()].filter((key) => key.startsWith(prefix));
    expect([of("jacobian.").length, of("terms.").length, of("gradient.").length, of("hessian.").length]).toEqual([
      105, 4, 15, 9,
    ]);
    expect(found.has("blocks")).toBe(true);
    expect(found.size).toBe(134);
  });

  test("is what the commands compute", () => {
    const cell = parseCell(oneStep);
    const found = stepDerivatives(cell);
    expect(found.get("jacobian.tanh_c_t.x_t")).toEqual(jacobian(forward(cell), "tanh_c_t", "x_t"));
    expect(found.get("terms.i")).toEqual(terms(forward(cell)).i);
    expect(found.get("gradient.W_o")).toEqual(backwardResult(cell, { steps: false }).gradient.W_o);
  });

  test("of a partial cell is what its keys tell", () => {
    const forgetOnly = stepDerivatives(parseCell({ U_f: native.U_f }));
    expect([...forgetOnly.keys()]).toEqual([
      ...["jacobian.f.h_prev", "jacobian.f.c_prev"],
      ...["jacobian.f.U_f", "jacobian.f.b_f"],
    ]);
    const { U_o, W_o, b_o, ...withoutOutput } = oneStep;
    const keys = [...stepDerivatives(parseCell(withoutOutput)).keys()];
    expect(keys).toContain("jacobian.tanh_c_t.c_prev");
    expect(keys.filter((key) => /^terms|^gradient|\.(o|h_t)\./.test(key))).toEqual([]);
  });
});

describe("every derivative of a sequence", () => {
  test("is each step's Jacobian, the four blocks of their product, and the gradients", () => {
    const cell = parseCell(native);
    const { steps, whole, exponent2 } = sequenceDerivatives(cell);
    const result = sequenceResult(cell, { from: 0, to: 4 });
    expect(steps).toHaveLength(4);
    expect(exponent2).toBe(0);
    expect([...whole.keys()].slice(0, 5)).toEqual([
      "jacobian.h_T.h_0",
      "jacobian.h_T.c_0",
      "jacobian.c_T.h_0",
      "jacobian.c_T.c_0",
      "gradient.x",
    ]);
    expect(whole.get("jacobian.c_T.h_0")).toEqual(result.jacobian.c_T.h_0);
    expect(whole.get("gradient.U_f")).toEqual(backwardResult(cell, { steps: false }).gradient.U_f);
    expect([...steps[2]!.doubles!.c_t.c_prev]).toEqual([...result.steps[2]!.gates.f]);
  });

  test("is each step's gradients too, a row a step; of a single step they are those of its inputs", () => {
    const { whole } = sequenceDerivatives(parseCell(native));
    const { steps } = backwardResult(parseCell(native), { steps: true });
    const keys = ["dh_t", "dz_f", "dz_i", "dz_o", "dz_u"] as const;
    expect([...whole.keys()].filter((key) => key.startsWith("steps."))).toEqual(keys.map((key) => `steps.${key}`));
    for (const key of keys) {
      const { rows, data } = whole.get(`steps.${key}`) as Matrix;
      expect([rows, [...data]]).toEqual([4, steps!.flatMap((step) => [...step[key]])]);
    }
    expect([...stepDerivatives(parseCell(oneStep)).keys()].filter((key) => key.startsWith("steps."))).toEqual([]);
  });
});
