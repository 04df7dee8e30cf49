/** Constants that a model computes, against ONNX Runtime; and what a hostile one would have computed. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readWeights } from "../../../../../src/input/weights/read-file.ts";
import type { Tensor } from "../../../../../src/input/weights/tensor.ts";
import { byteSource, laterProblemOf } from "../../../../helpers/byte-source.ts";
import {
  constant,
  floats,
  inputs,
  int,
  integer,
  integers,
  model,
  node,
  outputs,
  tensor,
  text,
  type Write,
} from "../../../../helpers/onnx-writer.ts";

interface Case {
  readonly base64: string;
  readonly shape: number[];
  readonly values: number[];
}
const golden = JSON.parse(readFileSync("test/input/weights/files/onnx/folded.json", "utf8")) as {
  cases: Record<string, Case>;
};

async function weightsOf(bytes: Uint8Array): Promise<Tensor> {
  const { tensors } = await readWeights(byteSource(bytes, "m.onnx"));
  const W = tensors.find(({ name }) => name.endsWith("W"));
  if (W === undefined) throw new Error("no W");
  return W;
}

test.each(Object.entries(golden.cases))("%s", async (_, { base64, shape, values }) => {
  const W = await weightsOf(new Uint8Array(Buffer.from(base64, "base64")));
  expect([W.shape, [...W.values()]]).toEqual([shape, values]);
});

const computed = (type: string, names: readonly string[], output: string, ...attributes: readonly Write[]) =>
  node(type, text(3, `node ${output}`), ...inputs(...names), ...outputs(output), ...attributes);
const lstm = node("LSTM", ...inputs("X", "W", "R"));
const A = tensor(...floats("a", [2, 3], [1, 2, 3, 4, 5, 6]));
const chain = (count: number, link: (from: string, to: string) => Write) =>
  Array.from({ length: count }, (_, k) => link(k === 0 ? "a" : `a${k}`, k === count - 1 ? "W" : `a${k + 1}`));
/** A number of int64 as the tensor of a Constant. */
const bounds = (output: string, ...values: readonly number[]) => constant(output, ...values);

test("100,000 nodes that leave a tensor as it is cost no more than themselves", async () => {
  const W = await weightsOf(model([...chain(100_000, (from, to) => computed("Identity", [from], to)), A, lstm]));
  expect([...W.values()]).toEqual([1, 2, 3, 4, 5, 6]);
});

describe("what is no constant, or would have no end", () => {
  const joined = chain(60, (from, to) => computed("Concat", [from, from], to, integer("axis", 0)));
  const turned = chain(70, (from, to) => computed("Transpose", [from], to));

  test.each<[string, Write[], string, RegExp]>([
    ["an array that doubles 60 times", [...joined, A], "too-large", /^Concat: \d+ entries, many times as many as/],
    [
      "one of 2^60 entries from a number",
      [
        tensor(int(2, 1), text(8, "a"), ...floats("a", [], [1]).slice(2)),
        bounds("s", 2 ** 30, 2 ** 30),
        computed("Expand", ["a", "s"], "W"),
      ],
      "too-large",
      /^Expand: 11529215046068\d+ entries/,
    ],
    ["70 computations on one another", [...turned, A], "too-large", /^Transpose: more than 64 computations/],
    [
      "one of 2^60 entries from its shape",
      [bounds("s", 2 ** 30, 2 ** 30), computed("ConstantOfShape", ["s"], "W")],
      "too-large",
      /^ConstantOfShape: 11529215046068\d+ entries/,
    ],
    ["a length below zero", [bounds("s", -2), computed("ConstantOfShape", ["s"], "W")], "shape", /^ConstantOfShape: /],
    [
      "parts of another length",
      [computed("Split", ["a", "s"], "W"), A, bounds("s", 1)],
      "shape",
      /parts of 1 of 2 for 1 outputs/,
    ],
    ["an axis that is not there", [computed("Concat", ["a", "a"], "W", integer("axis", 2)), A], "shape", /axis 2 of 2/],
    [
      "arrays that do not fit",
      [computed("Mul", ["a", "s"], "W"), A, tensor(...floats("s", [2], [1, 2]))],
      "shape",
      /^Mul: /,
    ],
    [
      "a step of 0",
      [computed("Slice", ["a", "z", "o", "z", "z"], "W"), A, bounds("z", 0), bounds("o", 1)],
      "shape",
      /step of 0/,
    ],
    ["an index that is not there", [computed("Gather", ["a", "s"], "W"), A, bounds("s", 2)], "shape", /index 2 of 2/],
    [
      "another count",
      [computed("Reshape", ["a", "s"], "W"), A, bounds("s", 5)],
      "shape",
      /^Reshape: 6 entries as \[5\]/,
    ],
    [
      "an axis twice",
      [computed("Transpose", ["a"], "W", integers("perm", 0, 0)), A],
      "shape",
      /order \[0, 0\] of 2 axes/,
    ],
    ["axes that are floats", [computed("Unsqueeze", ["a", "a"], "W"), A], "syntax", /integers expected, found F32/],
    ["a node without its input", [computed("Identity", [], "W")], "missing", /^Identity: no input 0/],
  ])("%s", async (_, parts, code, message) => {
    const problem = await laterProblemOf(weightsOf(model([...parts, lstm])));
    expect(problem).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(problem?.place).toMatch(/^node (W|a\d+)$/);
  });

  test.each<[string, Write[], string]>([
    [
      "nodes that wait for each other",
      [computed("Identity", ["b"], "W"), computed("Identity", ["W"], "b")],
      "computed",
    ],
    ["a second output of what has one", [node("Identity", ...inputs("a"), ...outputs("b", "W")), A], "computed"],
    ["an operator that is not folded", [computed("Einsum", ["a"], "W"), A], "computed"],
    ["what is computed from an input", [computed("Einsum", ["X"], "W")], "given"],
    [
      "what is computed from quantised numbers",
      [computed("DequantizeLinear", ["q", "s"], "b"), computed("Identity", ["b"], "W")],
      "dequantised",
    ],
    ["a narrower type", [computed("Cast", ["a"], "W", integer("to", 10)), A], "computed"],
  ])("%s is told by its type", async (_, parts, type) => {
    const W = await weightsOf(model([...parts, lstm]));
    expect([W.type, W.shape]).toEqual([type, []]);
    expect(() => W.values()).toThrow(/^m\.onnx: W: (computed|no weights)/);
  });
});
