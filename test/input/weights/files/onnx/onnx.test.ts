import { expect, test } from "vitest";
import type { Problem } from "../../../../../src/errors.ts";
import { readWeights } from "../../../../../src/input/weights/read-file.ts";
import type { Weights } from "../../../../../src/input/weights/weights.ts";
import { byteSource, laterProblemOf } from "../../../../helpers/byte-source.ts";
import {
  attribute,
  bytesOf,
  float,
  floats,
  inputs,
  int,
  integer,
  message,
  model,
  node,
  raw,
  tensor,
  text,
  type Write,
} from "../../../../helpers/onnx-writer.ts";
import { FILES, writtenBytes } from "../../../../helpers/written-bytes.ts";

const read = (bytes: Uint8Array): Promise<Weights> => readWeights(byteSource(bytes, "m.onnx"));
const problem = (bytes: Uint8Array): Promise<Problem | null> => laterProblemOf(read(bytes));

const FLOAT = int(2, 1);
const NAME = text(8, "W");
const lstm = (...parts: readonly Write[]) => node("LSTM", text(3, "n"), ...parts);

test.each(["onnx raw", "onnx lists"])("what onnx wrote is read: %s", async (name) => {
  const { tensors, settings } = await read(writtenBytes(name));
  const written = FILES[name].tensors;
  expect(tensors.map(({ name, type, shape, values }) => [name, { type, shape, values: [...values()] }])).toEqual(
    ["W", "R", "B"].map((key) => [`lstm.${key}`, written[key]]),
  );
  expect(Object.fromEntries(settings.map(({ name, value }) => [name, value]))).toEqual({
    "lstm.direction": "reverse",
    "lstm.hidden_size": 2,
    "lstm.activations": ["Sigmoid", "Tanh", "Tanh"],
    "lstm.activation_alpha": [0.5],
    "lstm.clip": 3,
    "lstm.input_forget": 0,
    "lstm.layout": 1,
  });
});

test("a model without recurrent nodes is its initialisers, lists that are not packed among them", async () => {
  const list = tensor(int(1, 2), FLOAT, NAME, float(4, 1.5), float(4, -2));
  const { tensors } = await read(model([node("Add", text(1, "a")), list]));
  expect(tensors.map(({ name, shape, values }) => [name, shape, [...values()]])).toEqual([["W", [2], [1.5, -2]]]);
});

test("integers are listed, their values refused by name; NaN is located", async () => {
  const whole = tensor(int(1, 1), int(2, 3), NAME, raw(9, Uint8Array.of(1)));
  const nan = tensor(...floats("R", [1, 2], [0, Number.NaN]));
  const { tensors } = await read(model([whole, nan]));
  expect(tensors.map(({ type }) => type)).toEqual(["I8", "F32"]);
  expect(() => tensors[0].values()).toThrow("m.onnx: W: I8 (integers, perhaps quantised)");
  expect(() => tensors[1].values()).toThrow("m.onnx: R[0][1]: NaN, expected a finite number");
});

test.each<[string, Uint8Array, string, RegExp]>([
  ["no graph", bytesOf(int(1, 8), int(5, 1)), "syntax", /^0 graphs/],
  ["two graphs", bytesOf(int(1, 8), message(7), message(7)), "syntax", /^2 graphs/],
  ["a file cut off", model([tensor(int(1, 0), FLOAT, NAME)]).subarray(0, -1), "syntax", /ends behind its message/],
  ["an illegal tag", bytesOf(int(1, 8), raw(7, Uint8Array.of(0))), "syntax", /illegal tag/],
  [
    "a varint without end",
    bytesOf(int(1, 8), raw(7, new Uint8Array(20).fill(255))),
    "syntax",
    /a varint of more than 10/,
  ],
  ["a group", bytesOf(int(1, 8), raw(7, Uint8Array.of(11))), "syntax", /wire type 3, expected 0, 1, 2 or 5/],
  ["a graph that is a number", bytesOf(int(1, 8), text(2, "by"), int(7, 1)), "syntax", /wire type 0, expected 2/],
  ["a tensor twice", model([tensor(int(1, 0), FLOAT, NAME), tensor(int(1, 0), FLOAT, NAME)]), "duplicate-key", /twice/],
  ["too few numbers", model([tensor(int(1, 2), FLOAT, NAME, float(4, 1))]), "shape", /data of 1 numbers, expected 2/],
  ["raw data cut off", model([tensor(int(1, 1), FLOAT, NAME, raw(9, new Uint8Array(3)))]), "shape", /0.75 numbers/],
  ["a negative length", model([tensor(int(1, -1), FLOAT, NAME)]), "shape", /\[-1\]/],
  ["a size beyond 2^53", model([tensor(int(1, 2 ** 40), int(1, 2 ** 40), FLOAT, NAME)]), "shape", /dimensions/],
  ["a length beyond 2^53", model([tensor(int(1, 2n ** 60n), FLOAT, NAME)]), "shape", /\[11529215046068\d+\]/],
  ["an integer beyond 2^53", model([lstm(attribute("hidden_size", int(3, 2n ** 60n)))]), "syntax", /11529215046068469/],
  ["a list of three bytes", model([tensor(int(1, 1), FLOAT, NAME, raw(4, new Uint8Array(3)))]), "syntax", /3 bytes/],
  ["65 axes", model([tensor(raw(1, new Uint8Array(65)), FLOAT, NAME)]), "too-large", /64 axes/],
  ["a name that is no UTF-8", model([tensor(raw(8, Uint8Array.of(255, 255, 255)))]), "encoding", /UTF-8|UTF-16/],
  ["65 inputs", model([lstm(...Array.from({ length: 65 }, () => text(1, "")))]), "too-large", /64/],
  ["an unknown attribute", model([lstm(attribute("clop"))]), "syntax", /"clop"/],
  ["an attribute of another kind", model([lstm(integer("clip", 1))]), "syntax", /"clip".*its float/],
  [
    "an attribute twice",
    model([lstm(integer("hidden_size", 2), integer("hidden_size", 3))]),
    "duplicate-key",
    /attribute stands twice/,
  ],
])("%s: refused", async (_, bytes, code, pattern) => {
  expect(await problem(bytes)).toMatchObject({ code, file: "m.onnx", message: expect.stringMatching(pattern) });
});

test("more fields than any model has are refused within seconds", async () => {
  expect(await problem(bytesOf(int(1, 8), raw(7, new Uint8Array(20_000_004).fill(16))))).toMatchObject({
    code: "too-large",
  });
});

test.each([
  ["raw_data and float_data", [raw(9, new Uint8Array(4)), float(4, 1)]],
  ["float_data and double_data", [float(4, 1), raw(10, new Uint8Array(8))]],
  ["int32_data and raw_data", [int(5, 1), raw(9, new Uint8Array(4))]],
])("data in %s is none", async (names, data) => {
  const [first, second] = names.split(" and ");
  const found = await problem(model([tensor(int(1, 1), FLOAT, NAME, ...data)]));
  expect([found?.code, found?.place]).toEqual(["syntax", "W"]);
  expect(found?.message).toMatch(
    new RegExp(`^data in (${first} and ${second}|${second} and ${first}), expected one of them$`),
  );
});

test.each<[string, Write[], RegExp]>([
  ["GRU", [], /^the operator GRU: a GRU, expected an LSTM$/],
  ["RNN", [], /^the operator RNN: a simple RNN, expected an LSTM$/],
  ["DynamicQuantizeLSTM", [text(7, "com.microsoft")], /^the operator DynamicQuantizeLSTM: .* quantised weights/],
  ["LSTM", [text(7, "com.example")], /^an operator LSTM of the domain "com.example", expected the LSTM of ONNX/],
])("a model whose only recurrent layer is %s is refused by its name", async (type, parts, pattern) => {
  const other = node(type, text(3, "theirs"), ...parts);
  expect(await problem(model([other]))).toMatchObject({
    code: "unsupported",
    place: "theirs",
    message: expect.stringMatching(pattern),
  });
  const own = node("LSTM", text(3, "own"), text(7, "ai.onnx"), ...inputs("X", "W"));
  const { tensors } = await read(model([own, other, tensor(...floats("W", [1], [2]))]));
  expect(tensors.map(({ name }) => name)).toEqual(["own.W"]);
});
