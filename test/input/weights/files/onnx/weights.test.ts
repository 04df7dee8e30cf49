import { describe, expect, test } from "vitest";
import { parseCell } from "../../../../../src/input/parse-cell.ts";
import { jsonWeights } from "../../../../../src/input/weights/files/json-tensors.ts";
import { nameByShape, onnxWeights } from "../../../../../src/input/weights/files/onnx/weights.ts";
import { cellFromWeights, readJsonCell } from "../../../../../src/input/weights/read-cell.ts";
import { model, storedAs } from "../../../../helpers/conventions.ts";
import { problemsOf } from "../../../../helpers/problems.ts";

const { W, R, B } = storedAs(model(3, 2), "onnx", "initialisers");
const truth = parseCell(model(3, 2));
const { tensors } = jsonWeights({ "a::7": B, "a::8": R, "a::9": W, "a::10": [[0, 0, 0, 0, 0, 0, 0, 0, 1]] }, null);
const node = (name: string, attributes: Record<string, unknown> = {}) => ({
  name,
  inputs: ["x", "a::9", "a::8", "a::7", "", "h", "c"],
  attributes,
});

describe("onnxWeights", () => {
  test("names the inputs of a node by its place among the operator's, whatever the model calls them", () => {
    const weights = onnxWeights({ tensors, lstms: [node("/rnn/LSTM")] }, "model.onnx");
    expect(weights.tensors.map(({ name }) => name)).toEqual(["/rnn/LSTM.W", "/rnn/LSTM.R", "/rnn/LSTM.B"]);
    expect(cellFromWeights(weights)).toEqual(truth);
    expect(cellFromWeights(onnxWeights({ tensors, lstms: [node("")] }, null))).toEqual(truth);
  });

  test("tells several nodes apart, by number where their names do not", () => {
    const named = onnxWeights({ tensors, lstms: [node("one"), node("two")] }, null);
    expect(problemsOf(() => cellFromWeights(named))[0]).toContain("--prefix one, --prefix two");
    const nameless = onnxWeights({ tensors, lstms: [node(""), node("")] }, null);
    expect(problemsOf(() => cellFromWeights(nameless))[0]).toContain("--prefix lstm_0, --prefix lstm_1");
    expect(cellFromWeights(nameless, { prefix: "lstm_1" })).toEqual(truth);
  });

  test.each([
    ["clip", { clip: 3 }, /n\.clip: 3, which clips/],
    ["input_forget", { input_forget: 1 }, /n\.input_forget: 1, which couples/],
    [
      "activations",
      { activations: ["HardSigmoid", "Tanh", "Tanh"] },
      /n\.activations: the text "HardSigmoid, Tanh, Tanh"/,
    ],
  ])("keeps the attribute %s, for which the node is refused", (_, attributes, problem) => {
    const weights = onnxWeights({ tensors, lstms: [node("n", attributes)] }, "model.onnx");
    expect(problemsOf(() => cellFromWeights(weights))).toEqual([expect.stringMatching(problem)]);
  });

  test("finds the peepholes at the eighth input", () => {
    const lstm = { ...node("n"), inputs: [...node("n").inputs, "a::10"] };
    expect(problemsOf(() => cellFromWeights(onnxWeights({ tensors, lstms: [lstm] }, null)))[0]).toMatch(
      /n\.P: peephole/,
    );
  });
});

describe("an input that is no constant of the model", () => {
  test.each([
    ["W", 1, /n\.W: computed by the model, not stored/],
    ["R", 2, /n\.R: computed by the model, not stored/],
    ["B", 3, /n\.B: computed by the model, not stored/],
    ["P", 7, /n\.P: peephole/],
  ])("is not taken for one that the node has not: %s", (_, at, problem) => {
    const inputs = [...node("n").inputs, ""].map((input, k) => (k === at ? "what other nodes compute" : input));
    const weights = onnxWeights({ tensors, lstms: [{ ...node("n"), inputs }] }, null);
    expect(problemsOf(() => cellFromWeights(weights))).toEqual([expect.stringMatching(problem)]);
  });
});

describe("initialisers that an exporter numbered", () => {
  test("are told by their shapes where those differ", () => {
    expect(readJsonCell({ "onnx::LSTM_9": B, "onnx::LSTM_10": W, "onnx::LSTM_11": R })).toEqual(truth);
    expect(readJsonCell({ "onnx::LSTM_3": R, "onnx::LSTM_4": W }).gates.f?.U).toEqual(truth.gates.f?.U);
  });

  test("are not told where W and R have the same shape, or where there are several cells", () => {
    const square = storedAs(model(2, 2), "onnx", "initialisers");
    const names = { "onnx::LSTM_9": square.B, "onnx::LSTM_10": square.W, "onnx::LSTM_11": square.R };
    expect(problemsOf(() => readJsonCell(names))[0]).toMatch(/^(missing|unknown-key) /);
    const twice = jsonWeights({ "onnx::LSTM_1": W, "onnx::LSTM_2": R, "onnx::LSTM_3": W, "onnx::LSTM_4": R }, null);
    expect(nameByShape(twice)).toBe(twice);
  });
});
