import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  backward,
  CONVENTIONS,
  cellFromWeights,
  cellKey,
  checkResult,
  DlstmError,
  type ExportedWeights,
  exportWeights,
  forward,
  type GradeResult,
  Grader,
  gradeAnswer,
  hessian,
  hessianTimes,
  jacobian,
  listWeights,
  type Matrix,
  optimum,
  outputOptimum,
  ownDerivatives,
  parameterJacobian,
  parseAnswerJson,
  parseCell,
  readCellFile,
  readJsonCell,
  readWeights,
  resultKey,
  sequenceJacobian,
  sequenceLines,
  sequenceResult,
  sequenceWrtX,
  stateJacobian,
  summaryOf,
  type Tensor,
  traceAt,
  unroll,
} from "../src/index.ts";
import { byteSource } from "./helpers/byte-source.ts";
import { fixture } from "./helpers/fixtures.ts";

/** Every gate is σ(0) = 1/2 whatever x is, u is 0: c_t = c_{t−1}/2. */
const halving = (steps: number) => {
  const zero = [[0]];
  const weights = { W_f: zero, W_i: zero, W_o: zero, W_u: zero, U_f: zero, U_i: zero, U_o: zero, U_u: zero };
  return parseCell({ ...weights, x: Array(steps).fill([1]), c_prev: [0] });
};

const SMALL = parseCell({ U_f: [[1]], U_i: [[0]], U_o: [[0]], U_u: [[0]] });

describe("the library", () => {
  test("multiplies the Jacobians of the steps, as a matrix and a power of two", () => {
    const near = sequenceJacobian(unroll(halving(3)));
    // [h_T, c_T] by [h_0, c_0], with h_T = tanh(c_T)/2
    expect(near).toEqual({ scaled: { rows: 2, cols: 2, data: Float64Array.of(0, 1 / 16, 0, 1 / 8) }, exponent: 0 });
    const far = sequenceJacobian(unroll(halving(2000)));
    expect(far.scaled.data[3]! * 2 ** (far.exponent + 2000)).toBe(1);
    expect(sequenceJacobian(unroll(halving(2000)), { from: 5, to: 8 })).toEqual(near);
  });

  test("has the Jacobian of one step by blocks", () => {
    const { h_t, c_t } = stateJacobian(traceAt(unroll(halving(3)), 2));
    expect([...h_t.c_prev, ...c_t.c_prev]).toEqual([0.25, 0.5]);
    expect(c_t.h_prev).toEqual({ rows: 1, cols: 1, data: Float64Array.of(0) });
  });

  test("goes backward with an upstream gradient of the caller's: vᵀ times the product", () => {
    const cell = parseCell(fixture("sequence.json"));
    const { scaled } = sequenceJacobian(unroll(cell));
    for (let row = 0; row < 4; row++) {
      const unit = (k: number) => ({
        rows: 1,
        cols: 2,
        data: Float64Array.of(row === k ? 1 : 0, row === k + 1 ? 1 : 0),
      });
      const { h_prev, c_prev } = backward(cell, { dh_t: unit(0), dc_t: unit(2) });
      [...h_prev, ...c_prev].forEach((entry, column) => {
        expect(entry).toBeCloseTo(scaled.data[4 * row + column]!, 14);
      });
    }
  });

  test("checks every derivative of a cell, and derivatives of the caller's", () => {
    const cell = parseCell(fixture("bias-and-input.json"));
    expect(checkResult(cell, ownDerivatives).passed).toBe(true);
    const derivatives = new Map([["gradient.c_prev", Float64Array.of(0, 0, 0)]]);
    const answer = { file: null, derivatives, exponent2: 0 };
    const { passed, quantities } = checkResult(cell, ownDerivatives, answer, { tolerance: 1e-6 });
    expect([passed, quantities.length, quantities[0]!.wrt]).toEqual([false, 1, "c_prev"]);
  });

  test("has the flow along a sequence, whole or step by step", () => {
    const cell = halving(4);
    const { flow, steps } = sequenceResult(cell, { from: 0, to: 4 });
    expect(flow.map(({ to_end_norm }) => to_end_norm! * Math.sqrt(4 / 5))).toEqual([
      ...[1 / 8, 1 / 4, 1 / 2].map((norm) => expect.closeTo(norm, 12)),
      expect.closeTo(Math.sqrt(4 / 5), 12),
    ]);
    const lines = [...sequenceLines(cell, { from: 0, to: 4 })];
    expect(lines.slice(0, 4)).toMatchObject(steps);
    expect(lines[4]).toMatchObject({ from_step: 0, to_step: 4 });
  });

  test("grades an answer by a cell, or by a result", () => {
    const cell = parseCell({ U_f: [[0.5, -1.2], [1.5, 0.8]], h_prev: [1, 0] }); // biome-ignore format: a matrix
    const sigma = (z: number) => 1 / (1 + Math.exp(-z));
    const f = [sigma(0.5), sigma(1.5)];
    const answer = { gates: { f }, jacobian: { f: { h_prev: [[0.5, -1.2], [1.5, 0.8]] } } }; // biome-ignore format: a matrix
    const { score, max_score, first_wrong, tests }: GradeResult = gradeAnswer(cellKey(cell), answer);
    expect([score, max_score, first_wrong]).toEqual([1, 2, "jacobian.f.h_prev"]);
    expect(tests[1]!.diagnosis).toBe("missing-sigma-prime");
    const points = new Map([["gates.f", 2]]);
    expect(gradeAnswer(resultKey({ gates: { f } }, null), answer, { points })).toMatchObject({
      score: 2,
      passed: true,
    });
    expect(() => gradeAnswer(cellKey(cell), answer, { require: ["h_t"] })).toThrow(DlstmError);
  });

  test.each<[string, () => unknown]>([
    ["gate: c_t, expected one of f, i, o, u", () => optimum(SMALL, "c_t" as never)],
    ["goal: maximum, expected one of max, min", () => optimum(SMALL, "f", { goal: "maximum" as never })],
    ["norm: 3, expected one of 1, 2, inf", () => optimum(SMALL, "f", { norm: 3 as never })],
    ["units: 1, expected 0 … 0, the units of this cell", () => optimum(SMALL, "f", { units: [1] })],
    ["of: f, expected one of c_t, tanh_c_t, h_t", () => outputOptimum(SMALL, "f" as never)],
    ["goal: maximum, expected one of max, min", () => outputOptimum(SMALL, "c_t", { goal: "maximum" as never })],
    ["norm: 1, expected one of 2", () => outputOptimum(SMALL, "c_t", { norm: "1" as never })],
    ["of: q, expected one of f, i, o, u, c_t, tanh_c_t, h_t", () => jacobian(forward(SMALL), "q" as never, "h_prev")],
    ["wrt: U_f, expected one of h_prev, c_prev, x_t", () => jacobian(forward(SMALL), "f", "U_f" as never)],
    [
      "parameter: h_prev, expected one of W_f, W_i, W_o, W_u, U_f, U_i, U_o, U_u, b_f, b_i, b_o, b_u",
      () => parameterJacobian(forward(SMALL), "f", "h_prev" as never),
    ],
    ["of: q, expected one of f", () => parameterJacobian(forward(SMALL), "q" as never, "U_f")],
    ["unit: 1, expected 0 … 0, the units of this cell", () => hessian(SMALL, { unit: 1 })],
    ["unit: 0.5, expected 0 … 0", () => hessianTimes(SMALL, {}, { unit: 0.5 })],
    ["x: a sequence, expected x_t", () => hessian(halving(2))],
    ["h_prev: 2 numbers, expected 1", () => hessianTimes(SMALL, { h_prev: Float64Array.of(1, 2) })],
    ["c_prev[0]: NaN, expected a finite number", () => hessianTimes(SMALL, { c_prev: Float64Array.of(Number.NaN) })],
    [
      "h: no input of this cell, expected h_prev, c_prev",
      () => hessianTimes(SMALL, { h: Float64Array.of(1) } as never),
    ],
    ["x_t: no input of this cell", () => hessianTimes(SMALL, { x_t: Float64Array.of(1) })],
    [
      "detail: norm, expected one of entries, norms",
      () => sequenceWrtX(halving(2), { from: 0, to: 2 }, "norm" as never),
    ],
    ["convention: torch, expected one of native, pytorch", () => exportWeights(SMALL, "torch" as never)],
    ["columns: 0, expected a whole number at least 1", () => checkResult(SMALL, ownDerivatives, null, { columns: 0 })],
    ["tolerance: -1, expected a number from 0", () => checkResult(SMALL, ownDerivatives, null, { tolerance: -1 })],
  ])("refuses what is none of its names and numbers: %s", (message, run) => {
    expect(run).toThrow(DlstmError);
    expect(run).toThrow(message);
  });

  test("says nothing raw of what an input holds", () => {
    const hostile = "\x1b]0;a\x07\u009b31m\u202e\u00ad\u{e0041}\nb";
    const messages = [
      () => parseCell({ [hostile]: 1 }),
      () => parseCell({ U_f: hostile }),
      () => readJsonCell({ [`${hostile}.kernel`]: [[1]] }, hostile),
      () => parseAnswerJson(`{"${hostile.replace("\n", " ")}"`, hostile),
      () => gradeAnswer(resultKey({ h_t: [1] }, null), {}, { require: [hostile] }),
    ].flatMap((run) => {
      try {
        run();
      } catch (error) {
        if (error instanceof DlstmError)
          return [error.message, ...error.problems.flatMap(({ file, place }) => [file, place])];
        throw error;
      }
      throw new Error("accepted");
    });
    expect(messages.join("")).toContain("\\x1b");
    for (const message of messages) expect(message ?? "").not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    const peepholes = { weight_ih_l0: [[1], [1], [1], [1]], weight_hh_l0: [[1], [1], [1], [1]], weight_hr_l0: [[1]] };
    const bytes = Buffer.from(JSON.stringify({ [hostile]: peepholes }));
    return listWeights(byteSource(bytes)).then(({ cells }) => {
      expect(cells[0]!.refused).toContain("projection");
      expect(cells[0]!.refused).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    });
  });

  test("grades a class, whatever their texts hold", () => {
    const grader = new Grader(resultKey({ h_t: [1, 2] }, null), { require: ["h_t"], partial: "all" });
    const results = ['{"h_t":[1,2]}', '{"h_t":[1,NaN]}', '{"h_t":['].map((text) => {
      try {
        return grader.grade(parseAnswerJson(text, null));
      } catch (error) {
        if (error instanceof DlstmError) return grader.unreadable(error);
        throw error;
      }
    });
    expect(results.map(({ score, gradable }) => [score, gradable])).toEqual([
      [1, true],
      [0, true],
      [0, false],
    ]);
    expect(summaryOf(results)).toMatchObject({ answers: 3, passed: 1, unreadable: 1, mean: 1 / 3 });
  });

  test("reads weights from parsed JSON, from tensors and from bytes, and writes them back", async () => {
    const { name: _, ...native } = fixture("weights/native.json");
    const cell = parseCell(native);
    const recurrentActivation = "sigmoid";
    expect(readJsonCell(fixture("weights/keras-named.json"), null, { recurrentActivation })).toEqual(cell);
    const bare = readJsonCell(fixture("weights/keras-get-weights.json"), null, { from: "keras" });
    expect(bare).toEqual({ ...cell, assumedActivation: recurrentActivation });

    const source = byteSource(readFileSync(new URL("../fixtures/weights/pytorch.safetensors", import.meta.url)));
    const choice = { layer: 0, reverse: true };
    expect(cellFromWeights(await readWeights(source), choice)).toEqual({ ...cell, reverse: true });
    expect(await readCellFile(source, choice)).toEqual({ ...cell, reverse: true });
    expect((await listWeights(source)).cells).toHaveLength(4);
    for (const name of ["native.json", "pytorch-cell.json", "pytorch-stored.npz", "onnx.onnx"]) {
      const file = byteSource(readFileSync(new URL(`../fixtures/weights/${name}`, import.meta.url)));
      expect({ ...cellFromWeights(await readWeights(file)), name: null }, name).toEqual(cell);
    }
    const onnx = byteSource(readFileSync(new URL("../fixtures/weights/onnx.onnx", import.meta.url)));
    const state = { x_t: [1, 2], h_prev: [0, 0, 0] };
    const stepped = await readCellFile(onnx, {}, { stateFile: { json: state, file: null } });
    expect(forward(stepped).h_t).toEqual(forward(parseCell({ ...native, ...state })).h_t);

    expect(CONVENTIONS).toContain("tf-basic");
    for (const convention of CONVENTIONS) {
      const tensors = tensorsIn(exportWeights(cell, convention));
      expect(
        cellFromWeights({ file: null, tensors, settings: [], notes: [] }, { from: convention, recurrentActivation }),
      ).toEqual(cell);
    }
  });
});

/** What exportWeights nests, as a file would hold it. */
function tensorsIn(weights: ExportedWeights, above = ""): Tensor[] {
  return Object.entries(weights).flatMap(([key, value]): Tensor[] => {
    const name = above + key;
    if (value instanceof Float64Array) return [{ name, shape: [value.length], type: "F64", values: () => value }];
    if (Array.isArray(value)) {
      const [inner] = tensorsIn({ inner: value[0] });
      return [{ ...inner, name, shape: [1, ...inner.shape] }];
    }
    if ("data" in value && value.data instanceof Float64Array) {
      const { rows, cols, data } = value as Matrix;
      return [{ name, shape: [rows, cols], type: "F64", values: () => data }];
    }
    return tensorsIn(value as ExportedWeights, `${name}.`);
  });
}
