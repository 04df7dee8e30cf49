/** What an ONNX node says beside its weights; the verdicts are those of onnxruntime 1.32, but for clip 0. */
import { describe, expect, test } from "vitest";
import type { CellOverrides } from "../../../../src/input/overrides.ts";
import type { Choice } from "../../../../src/input/weights/conventions/choices.ts";
import { listCells } from "../../../../src/input/weights/conventions/list.ts";
import { jsonWeights } from "../../../../src/input/weights/files/json-tensors.ts";
import { readJsonCell } from "../../../../src/input/weights/read-cell.ts";
import { forwardResult } from "../../../../src/lstm/results/one-step.ts";
import { problemOf } from "../../../helpers/byte-source.ts";
import { numbers } from "../../../helpers/matrices.ts";

/** An array of such a shape. */
function array(shape: readonly number[], values: Iterator<number>): unknown {
  const [length, ...inner] = shape;
  return length === undefined ? values.next().value : Array.from({ length }, () => array(inner, values));
}
const filled = (...shape: number[]) => array(shape, numbers(200, shape.length)[Symbol.iterator]());
const zeros = (...shape: number[]) => array(shape, new Array(200).fill(0)[Symbol.iterator]());
/** H = 2, I = 3 */
const weights = (directions: number) => ({
  W: filled(directions, 8, 3),
  R: filled(directions, 8, 2),
  B: filled(directions, 16),
});
const [one, two] = [weights(1), weights(2)];
const read = (json: unknown, choice: Choice = {}, overrides: CellOverrides = {}) =>
  readJsonCell(json, "m.json", choice, overrides);
const REVERSE = { reverse: true } as const;

test.each([
  [{ ...one, direction: "forward", hidden_size: 2, layout: 0 }, {}],
  [{ ...one, direction: "reverse", layout: 1 }, {}],
  [
    { ...two, direction: "bidirectional", activations: ["Sigmoid", "Tanh", "Tanh", "Sigmoid", "Tanh", "Tanh"] },
    REVERSE,
  ],
  [{ node: one, "node/hidden_size": [2] }, {}],
  [{ ...one, clip: 0 }, {}],
  [{ ...one, clip: 4096 }, {}],
  [{ ...one, clip: 1e30 }, {}],
  [{ ...one, P: zeros(1, 6) }, {}],
  [{ ...two, P: [new Array(6).fill(0), [0, 0, 0, 1, 0, 0]] }, { reverse: false }],
])("what leaves the cell as it is loads: %#", (json, choice) => {
  expect(read(json, choice).hiddenSize).toBe(2);
});

test.each([
  [{ ...one, direction: "sideways" }, {}, /^the text "sideways", expected one of forward, reverse, bidirectional/],
  [{ ...one, direction: "Forward" }, {}, /^the text "Forward"/],
  [{ ...one, direction: "" }, {}, /^the text ""/],
  [{ ...one, direction: "bidirectional" }, {}, /^bidirectional, expected forward or reverse: .* those of 1$/],
  [{ ...two, direction: "forward" }, REVERSE, /^forward, expected bidirectional: .* those of 2$/],
  [{ ...one, hidden_size: 3 }, {}, /^3, expected 2, as R \[1 × 8 × 2\] has it/],
  [{ ...one, attributes: { hidden_size: 0 } }, {}, /^0, expected 2/],
  [{ ...one, metadata: { direction: "sideways" } }, {}, /^the text "sideways"/],
  [{ ...one, layout: 2 }, {}, /^2, expected 0 or 1/],
  [{ ...one, activations: ["Sigmoid", "Tanh"] }, {}, /^2 activations, expected 3 a direction/],
  [{ ...two, activations: ["Sigmoid", "Tanh", "Tanh"] }, REVERSE, /^3 activations, expected .* 6$/],
  [{ ...one, clip: 4095.9 }, {}, /^4095.9, which clips/],
  [{ ...one, clip: -4096 }, {}, /^-4096, which clips/],
  [{ ...one, P: [[0, 0, 0, 0, 0, 5e-324]] }, {}, /^peephole weights/],
  [{ ...two, P: [new Array(6).fill(0), [0, 0, 0, 1, 0, 0]] }, REVERSE, /^peephole weights/],
])("what contradicts the weights, or is none, is refused: %#", (json, choice, message) => {
  expect(problemOf(() => read(json, choice))?.message).toMatch(message);
  expect(listCells(jsonWeights(json, null), choice)[0].refused).toMatch(new RegExp(message.source.replace("^", ": ")));
});

describe("a constant initial_h and initial_c", () => {
  const [h, c] = [
    [0.1, -0.2],
    [0.3, 1e-300],
  ];
  const initial = { initial_h: [[h]], initial_c: [[c]] };

  test("are h_prev and c_prev, which then are not assumed", () => {
    const cell = read({ ...one, ...initial });
    expect(cell.state).toEqual({ x_t: null, h_prev: Float64Array.from(h), c_prev: Float64Array.from(c) });
    expect(forwardResult(cell).assumed_zero).toEqual(["x_t"]);
    expect(forwardResult(read({ ...one, initial_c: [[c]] })).assumed_zero).toEqual(["h_prev", "x_t"]);
  });

  test("are those of the direction that is read, wherever the batch stands", () => {
    const both = { initial_h: [[h], [c]], initial_c: [[c], [h]] };
    const state = { h_prev: Float64Array.from(c), c_prev: Float64Array.from(h) };
    expect(read({ ...two, ...both }, REVERSE).state).toMatchObject(state);
    const batchFirst = { layout: 1, initial_h: [[h, c]], initial_c: [[c, h]] };
    expect(read({ ...two, ...batchFirst }, REVERSE).state).toMatchObject(state);
    expect(read({ ...two, ...batchFirst }, { reverse: false }).state.h_prev).toEqual(Float64Array.from(h));
  });

  test("stand below a state of the file, a --state file and flags", () => {
    const flags = [{ key: "h_prev", source: { value: [5, 6], file: null, place: "--h-prev" } }] as const;
    const stateFile = { json: { h_prev: [1, 2], c_prev: [3, 4] }, file: "s.json" };
    const state = read({ ...one, ...initial }, {}, { stateFile, flags }).state;
    expect(state).toMatchObject({ h_prev: Float64Array.of(5, 6), c_prev: Float64Array.of(3, 4) });
    expect(read({ ...one, ...initial, h_prev: [7, 8] }).state.h_prev).toEqual(Float64Array.of(7, 8));
  });

  test("of equal rows of a batch are one; of rows that differ ambiguous, unless another is given", () => {
    expect(read({ ...one, initial_h: [[h, h, h]] }).state.h_prev).toEqual(Float64Array.from(h));
    const differ = { ...one, initial_h: [[h, c]] };
    expect(problemOf(() => read(differ))).toMatchObject({ code: "ambiguous", place: "initial_h" });
    const flags = [{ key: "h_prev", source: { value: [5, 6], file: null, place: "--h-prev" } }] as const;
    expect(read(differ, {}, { flags }).state.h_prev).toEqual(Float64Array.of(5, 6));
  });

  test.each([
    [{ initial_c: zeros(1, 1, 5) }, /^1 × 1 × 5, expected \[1 × batch × 2\]/],
    [{ initial_h: [h] }, /^1 × 2, expected/],
    [{ initial_h: zeros(2, 1, 2) }, /^2 × 1 × 2, expected/],
    [{ initial_h: zeros(3, 1, 2), layout: 0 }, /^3 × 1 × 2, expected/],
    [{ initial_h: [[h, c, h]], layout: 1 }, /^1 × 3 × 2, expected \[batch × 1 × 2\]/],
  ])("of another shape are an error, whatever state is given: %#", (extra, message) => {
    const stateFile = { json: { h_prev: [1, 2], c_prev: [3, 4] }, file: "s.json" };
    expect(problemOf(() => read({ ...one, ...extra }, {}, { stateFile }))).toMatchObject({ code: "shape" });
    expect(problemOf(() => read({ ...one, ...extra }))?.message).toMatch(message);
  });
});
