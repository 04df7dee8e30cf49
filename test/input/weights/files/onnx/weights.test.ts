import { describe, expect, test } from "vitest";
import { parseCell } from "../../../../../src/input/parse-cell.ts";
import { jsonWeights } from "../../../../../src/input/weights/files/json-tensors.ts";
import { nameByShape } from "../../../../../src/input/weights/files/onnx/weights.ts";
import { cellFromWeights, readJsonCell } from "../../../../../src/input/weights/read-cell.ts";
import { readWeights } from "../../../../../src/input/weights/read-file.ts";
import type { Weights } from "../../../../../src/input/weights/weights.ts";
import { byteSource } from "../../../../helpers/byte-source.ts";
import { model as cellModel, storedAs } from "../../../../helpers/conventions.ts";
import {
  attribute,
  float,
  floats,
  inputs,
  integer,
  model,
  node,
  tensor,
  text,
  type Write,
} from "../../../../helpers/onnx-writer.ts";
import { problemsOf } from "../../../../helpers/problems.ts";

const { W, R, B } = storedAs(cellModel(3, 2), "onnx", "initialisers") as Record<string, number[][]>;
const truth = parseCell(cellModel(3, 2));
const INITIALISERS = [
  tensor(...floats("a::7", [1, 24], B.flat())),
  tensor(...floats("a::8", [1, 12, 3], R.flat(2))),
  tensor(...floats("a::9", [1, 12, 2], W.flat(2))),
  tensor(...floats("other bias", [1, 24], new Array(24).fill(0))),
  tensor(...floats("zero", [1, 1, 3], [0, 0, 0])),
  tensor(...floats("other state", [1, 1, 3], [0, 0, 1])),
  tensor(...floats("a::10", [1, 9], [0, 0, 0, 0, 0, 0, 0, 0, 1])),
];
const INPUTS = ["x", "a::9", "a::8", "a::7", "", "h", "c"];
const lstm = (name: string, attributes: readonly Write[] = [], names: readonly string[] = INPUTS) =>
  node("LSTM", text(3, name), ...inputs(...names), ...attributes);
const read = (...lstms: readonly Write[]): Promise<Weights> =>
  readWeights(byteSource(model([...lstms, ...INITIALISERS]), "m.onnx"));

describe("operatorInputs", () => {
  test("names the inputs of a node by its place among the operator's, whatever the model calls them", async () => {
    const weights = await read(lstm("/rnn/LSTM"));
    expect(weights.tensors.map(({ name }) => name)).toEqual(["/rnn/LSTM.W", "/rnn/LSTM.R", "/rnn/LSTM.B"]);
    expect(cellFromWeights(weights)).toEqual(truth);
    expect(cellFromWeights(await read(lstm("")))).toEqual(truth);
  });

  test("tells several nodes apart, by number where their names do not", async () => {
    const other = INPUTS.with(3, "other bias");
    const named = await read(lstm("one"), lstm("two", [], other));
    expect(problemsOf(() => cellFromWeights(named))[0]).toContain("--prefix one, --prefix two");
    const nameless = await read(lstm("", [], other), lstm(""));
    expect(problemsOf(() => cellFromWeights(nameless))[0]).toContain("--prefix lstm_0, --prefix lstm_1");
    expect(cellFromWeights(nameless, { prefix: "lstm_1" })).toEqual(truth);
  });

  test("takes nodes of the same tensors and attributes for one cell, which each of their names chooses", async () => {
    const same = await read(lstm("one"), lstm("two"));
    expect(cellFromWeights(same)).toEqual(truth);
    expect(cellFromWeights(same, { prefix: "two" })).toEqual(truth);
    const zeros = await read(lstm("one"), lstm("two", [], INPUTS.with(5, "zero").with(6, "other state")));
    expect(problemsOf(() => cellFromWeights(zeros))[0]).toContain("--prefix one, --prefix two");
    const zero = await read(lstm("one"), lstm("two", [], INPUTS.with(5, "zero")));
    expect(cellFromWeights(zero)).toEqual(truth);
    const turned = await read(lstm("one"), lstm("two", [attribute("direction", text(4, "reverse"))]));
    expect(problemsOf(() => cellFromWeights(turned))[0]).toContain("--prefix one, --prefix two");
  });

  test.each<[string, Write, RegExp]>([
    ["clip", attribute("clip", float(2, 3)), /n\.clip: 3, which clips/],
    ["input_forget", integer("input_forget", 1), /n\.input_forget: 1, which couples/],
    [
      "activations",
      attribute("activations", text(9, "HardSigmoid"), text(9, "Tanh"), text(9, "Tanh")),
      /n\.activations: the text "HardSigmoid, Tanh, Tanh"/,
    ],
  ])("keeps the attribute %s, for which the node is refused", async (_, written, problem) => {
    const weights = await read(lstm("n", [written]));
    expect(problemsOf(() => cellFromWeights(weights))).toEqual([expect.stringMatching(problem)]);
  });

  test("finds the peepholes at the eighth input", async () => {
    const weights = await read(lstm("n", [], [...INPUTS, "a::10"]));
    expect(problemsOf(() => cellFromWeights(weights))[0]).toMatch(/n\.P: peephole/);
  });
});

describe("an input that is no constant of the model", () => {
  const positions = [
    ["W", 1],
    ["R", 2],
    ["B", 3],
  ] as const;

  test.each(positions)("is not taken for one that the node has not: %s", async (role, at) => {
    const names = INPUTS.with(at, "what other nodes compute");
    const other = node("Einsum", text(2, "what other nodes compute"));
    const computed = await read(lstm("n", [], names), other);
    expect(problemsOf(() => cellFromWeights(computed))).toEqual([
      expect.stringMatching(`n\\.${role}: computed by the model, not stored`),
    ]);
    const given = await read(lstm("n", [], names));
    expect(problemsOf(() => cellFromWeights(given))).toEqual([
      expect.stringMatching(`n\\.${role}: no weights in this file`),
    ]);
    const dequantised = node("DequantizeLinear", text(2, "what other nodes compute"), ...inputs("q", "s"));
    const quantised = await read(lstm("n", [], names), dequantised);
    expect(problemsOf(() => cellFromWeights(quantised))).toEqual([
      expect.stringMatching(`n\\.${role}: computed from quantised weights`),
    ]);
  });

  test("is no peephole that the node has not, and is said once of several", async () => {
    const peepholes = await read(lstm("n", [], [...INPUTS, "nobody knows"]));
    expect(problemsOf(() => cellFromWeights(peepholes))).toEqual([expect.stringMatching(/n\.P: peephole/)]);
    const none = await read(lstm("n", [integer("hidden_size", 3)], ["x", "W", "R", "B"]));
    expect(problemsOf(() => cellFromWeights(none))).toEqual([expect.stringMatching(/n\.W: no weights in this file/)]);
  });
});

describe("initialisers that an exporter numbered", () => {
  test("are told by their shapes where those differ", () => {
    expect(readJsonCell({ "onnx::LSTM_9": B, "onnx::LSTM_10": W, "onnx::LSTM_11": R })).toEqual(truth);
    expect(readJsonCell({ "onnx::LSTM_3": R, "onnx::LSTM_4": W }).gates.f?.U).toEqual(truth.gates.f?.U);
  });

  test("are not told where W and R have the same shape, or where there are several cells", () => {
    const square = storedAs(cellModel(2, 2), "onnx", "initialisers");
    const names = { "onnx::LSTM_9": square.B, "onnx::LSTM_10": square.W, "onnx::LSTM_11": square.R };
    expect(problemsOf(() => readJsonCell(names))[0]).toMatch(/^(missing|unknown-key) /);
    const twice = jsonWeights({ "onnx::LSTM_1": W, "onnx::LSTM_2": R, "onnx::LSTM_3": W, "onnx::LSTM_4": R }, null);
    expect(nameByShape(twice)).toBe(twice);
  });
});
