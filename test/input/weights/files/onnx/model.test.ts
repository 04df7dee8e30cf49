import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { expect, test } from "vitest";
import { inFile, type Problem } from "../../../../../src/errors.ts";
import { type OnnxModel, readOnnx } from "../../../../../src/input/weights/files/onnx/model.ts";
import { byteSource, problemOf, readTensors } from "../../../../helpers/byte-source.ts";
import { expectWritten } from "../../../../helpers/written.ts";
import { writtenBytes } from "../../../../helpers/written-bytes.ts";

function read(bytes: Uint8Array): OnnxModel {
  const source = byteSource(bytes);
  const model = inFile(source.file, () => readOnnx(source));
  return { ...model, tensors: readTensors(source, () => model.tensors) };
}

function problem(bytes: Uint8Array): Problem {
  const found = problemOf(() => read(bytes));
  if (found === null) throw new Error("no error");
  return found;
}

type Write = (writer: BinaryWriter) => unknown;

/** A message field: its number, then the message. */
const message = (number: number, write: Write) => (writer: BinaryWriter) => {
  write(writer.tag(number, 2).fork());
  writer.join();
};
const bytesOf = (write: Write) => {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
};
const model = (...parts: Write[]) => bytesOf(message(7, (graph) => parts.map((part) => part(graph))));
const tensor = (...parts: Write[]) => message(5, (writer) => parts.map((part) => part(writer)));
const node = (...parts: Write[]) => message(1, (writer) => parts.map((part) => part(writer)));
const int = (number: number, value: number | bigint) => (writer: BinaryWriter) =>
  writer.tag(number, 0).int64(value as number);
const text = (number: number, value: string) => (writer: BinaryWriter) => writer.tag(number, 2).string(value);
const raw = (number: number, value: Uint8Array) => (writer: BinaryWriter) => writer.tag(number, 2).bytes(value);
const float = (number: number, value: number) => (writer: BinaryWriter) => writer.tag(number, 5).float(value);

const FLOAT = int(2, 1);
const NAME = text(8, "W");

test.each(["onnx raw", "onnx lists"])("what onnx wrote is read: %s", (name) => {
  const { tensors, lstms } = read(writtenBytes(name));
  expectWritten(name, tensors);
  expect(lstms).toEqual([
    {
      name: "lstm",
      inputs: ["X", "W", "R", "B", "", "h", "c"],
      attributes: {
        direction: "reverse",
        hidden_size: 2,
        activations: ["Sigmoid", "Tanh", "Tanh"],
        activation_alpha: [0.5],
        clip: 3,
        input_forget: 0,
        layout: 1,
      },
    },
  ]);
});

test("data in another file is refused with what to do", () => {
  const problemOfIt = problem(writtenBytes("onnx with external data"));
  expect(problemOfIt).toMatchObject({
    code: "unsupported",
    place: "W",
    message: expect.stringMatching(/another file.*onnx\.save/),
  });
});

test("lists that are not packed are read, and other nodes passed over", () => {
  const list = tensor(int(1, 2), FLOAT, NAME, float(4, 1.5), float(4, -2));
  const { tensors, lstms } = read(model(node(text(4, "Add"), text(1, "a")), list));
  expect(tensors.map(({ name, shape, values }) => [name, shape, [...values()]])).toEqual([["W", [2], [1.5, -2]]]);
  expect(lstms).toEqual([]);
});

test("integers are listed, their values refused by name; NaN is located", () => {
  const integers = tensor(int(1, 1), int(2, 3), NAME, raw(9, Uint8Array.of(1)));
  const nan = tensor(
    int(1, 1),
    int(1, 2),
    FLOAT,
    text(8, "R"),
    raw(9, new Uint8Array(Float32Array.of(0, Number.NaN).buffer)),
  );
  const { tensors } = read(model(integers, nan));
  expect(tensors.map(({ type }) => type)).toEqual(["I8", "F32"]);
  expect(() => tensors[0].values()).toThrow("weights: W: I8 (integers, perhaps quantised)");
  expect(() => tensors[1].values()).toThrow("weights: R[0][1]: NaN, expected a finite number");
});

test.each<[string, Uint8Array, string, RegExp]>([
  ["no graph", bytesOf(int(1, 8)), "syntax", /^0 graphs/],
  [
    "two graphs",
    bytesOf((writer) => [message(7, () => 0)(writer), message(7, () => 0)(writer)]),
    "syntax",
    /^2 graphs/,
  ],
  ["a file cut off", model(tensor(int(1, 0), FLOAT, NAME)).subarray(0, -1), "syntax", /premature EOF/],
  ["an illegal tag", Uint8Array.of(0), "syntax", /illegal tag/],
  ["a varint without end", new Uint8Array(20).fill(255), "syntax", /varint/],
  ["a graph that is a number", bytesOf(int(7, 1)), "syntax", /wire type 0, expected 2/],
  ["a tensor twice", model(tensor(int(1, 0), FLOAT, NAME), tensor(int(1, 0), FLOAT, NAME)), "duplicate-key", /twice/],
  ["too few numbers", model(tensor(int(1, 2), FLOAT, NAME, float(4, 1))), "shape", /data of 1 numbers, expected 2/],
  ["raw data cut off", model(tensor(int(1, 1), FLOAT, NAME, raw(9, new Uint8Array(3)))), "shape", /0.75 numbers/],
  ["a negative length", model(tensor(int(1, -1), FLOAT, NAME)), "shape", /\[-1\]/],
  ["a size beyond 2^53", model(tensor(int(1, 2 ** 40), int(1, 2 ** 40), FLOAT, NAME)), "shape", /dimensions/],
  ["an integer beyond 2^53", model(tensor(int(1, 2n ** 60n), FLOAT, NAME)), "syntax", /1152921504606846976/],
  ["a list of three bytes", model(tensor(int(1, 1), FLOAT, NAME, raw(4, new Uint8Array(3)))), "syntax", /3 bytes/],
  ["65 axes", model(tensor(raw(1, new Uint8Array(65)), FLOAT, NAME)), "too-large", /64 axes/],
  ["a name that is no UTF-8", model(tensor(raw(8, Uint8Array.of(255, 255, 255)))), "encoding", /UTF-8|UTF-16/],
  ["65 inputs", model(node(text(4, "LSTM"), ...Array.from({ length: 65 }, () => text(1, "")))), "too-large", /64/],
  ["an unknown attribute", model(node(text(4, "LSTM"), message(5, text(1, "clop")))), "syntax", /"clop"/],
  [
    "an attribute of another kind",
    model(
      node(
        text(4, "LSTM"),
        message(5, (w) => [text(1, "clip")(w), int(3, 1)(w)]),
      ),
    ),
    "syntax",
    /"clip".*its float/,
  ],
])("%s: refused", (_, bytes, code, pattern) => {
  expect(problem(bytes)).toMatchObject({ code, file: "weights", message: expect.stringMatching(pattern) });
});

test("more fields than any model has are refused within seconds", () => {
  const fields = bytesOf(raw(7, new Uint8Array(20_000_004).fill(16)));
  expect(problem(fields)).toMatchObject({ code: "too-large" });
});

test.each([
  ["raw_data and float_data", [raw(9, new Uint8Array(4)), float(4, 1)]],
  ["float_data and double_data", [float(4, 1), raw(10, new Uint8Array(8))]],
  ["int32_data and raw_data", [int(5, 1), raw(9, new Uint8Array(4))]],
])("data in %s is none", (names, data) => {
  const [first, second] = names.split(" and ");
  const { code, place, message } = problem(model(tensor(int(1, 1), FLOAT, NAME, ...data)));
  expect([code, place]).toEqual(["syntax", "W"]);
  expect(message).toMatch(
    new RegExp(`^data in (${first} and ${second}|${second} and ${first}), expected one of them$`),
  );
});

test("an operator LSTM of another domain is not ONNX's, and is told by its domain where there is no other", () => {
  const own = node(text(4, "LSTM"), text(3, "own"), text(7, "ai.onnx"));
  const foreign = node(text(4, "LSTM"), text(3, "theirs"), text(7, "com.example"));
  expect(read(model(own, foreign)).lstms.map(({ name }) => name)).toEqual(["own"]);
  expect(problem(model(foreign))).toMatchObject({
    code: "unsupported",
    place: "theirs",
    message: 'an operator LSTM of the domain "com.example", expected that of ONNX, whose equations are known',
  });
});

test("an attribute that stands twice is refused", () => {
  const attribute = (value: number) =>
    message(5, (writer) => [text(1, "hidden_size"), int(3, value)].map((w) => w(writer)));
  expect(problem(model(node(text(4, "LSTM"), attribute(2), attribute(3))))).toMatchObject({
    code: "duplicate-key",
    place: "hidden_size",
  });
});
