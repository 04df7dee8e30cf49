import { describe, expect, test } from "vitest";
import { readSafetensors } from "../../../../src/input/weights/files/safetensors.ts";
import { byteSource, problemOf, readTensors } from "../../../helpers/byte-source.ts";
import { expectWritten } from "../../../helpers/written.ts";
import { writtenBytes } from "../../../helpers/written-bytes.ts";

/** A file with the header and so many bytes behind it. */
function file(header: unknown, data: Uint8Array | number = 0, length?: number): Uint8Array {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(BigInt(length ?? text.length));
  return new Uint8Array(Buffer.concat([head, text, typeof data === "number" ? Buffer.alloc(data) : data]));
}

const f32 = (shape: unknown, begin: number, end: number) => ({ dtype: "F32", shape, data_offsets: [begin, end] });
const written = (shape: string, offsets: string) =>
  `{"layer.0.1e1":{"dtype":"F32","shape":${shape},"data_offsets":${offsets}}}`;
const read = (bytes: Uint8Array) => readTensors(byteSource(bytes), readSafetensors);
const problem = (bytes: Uint8Array) => problemOf(() => read(bytes));

describe("what safetensors' own writer wrote", () => {
  test("is read, every type of float, and metadata left out", () => {
    expectWritten("safetensors", read(writtenBytes("safetensors")));
  });

  test("of integers is listed, and its values are refused by name with what to do", () => {
    const [tensor] = read(writtenBytes("safetensors of integers"));
    expect(tensor).toMatchObject({ name: "q", type: "I8", shape: [4] });
    expect(problemOf(() => tensor.values())).toEqual({
      code: "unsupported",
      file: "weights",
      place: "q",
      message: "I8 (integers, perhaps quantised), expected F64, F32, F16, BF16 or F8; convert it to float first",
    });
  });
});

test("only the header and the wanted tensor are read", () => {
  const bytes = file({ small: f32([2], 0, 8), large: f32([25000], 8, 100008) }, 100008);
  const source = byteSource(bytes);
  const [small] = readSafetensors(source);
  expect([...small.values()]).toEqual([0, 0]);
  expect(source.bytesRead).toBe(bytes.length - 100008 + 8);
});

test.each([
  ["NaN", Number.NaN, "NaN"],
  ["an infinity", Number.NEGATIVE_INFINITY, "-Infinity"],
])("%s is located by tensor and index", (_, value, shown) => {
  const data = new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, value).buffer);
  const [tensor] = read(file({ "lstm.W": f32([2, 3], 0, 24) }, data));
  expect(problemOf(() => tensor.values())).toEqual({
    code: "not-a-number",
    file: "weights",
    place: "lstm.W[1][2]",
    message: `${shown}, expected a finite number`,
  });
});

test("no tensors, padding by spaces, and a shape with a zero are no offence", () => {
  expect(read(file("{}    "))).toEqual([]);
  const [empty, last] = read(file({ empty: f32([0, 5], 0, 0), last: f32([], 0, 4) }, 4));
  expect([[...empty.values()], [...last.values()]]).toEqual([[], [0]]);
});

test.each<[string, Uint8Array, string, RegExp]>([
  ["fewer than eight bytes", new Uint8Array(7), "syntax", /^7 bytes, expected the 8 bytes/],
  ["a header longer than the file", file("{}", 0, 3), "syntax", /header of 3 bytes, but only 2 follow/],
  ["a header over the limit", file("{}", 0, 100_000_001), "too-large", /expected at most 100000000/],
  ["a header of 2^64 - 1 bytes", new Uint8Array(20).fill(255), "too-large", /18446744073709551615/],
  ["a header that begins with a space", file(" {}"), "syntax", /must begin with \{/],
  ["an empty header", file(""), "syntax", /must begin with \{/],
  ["a header that is no JSON", file("{,}"), "syntax", /./],
  ["a header that is no UTF-8", file('{"\xff":1}').map((b) => (b === 0xc3 ? 0xff : b)), "encoding", /not valid UTF-8/],
  ["a name that stands twice", file('{"a":{},"a":{}}'), "duplicate-key", /stands again/],
  ["an entry that is no object", file({ a: [] }), "syntax", /an empty array, expected an object/],
  ["metadata that is no text", file({ __metadata__: { format: 1 } }), "syntax", /1, expected text/],
  ["metadata that is no object", file({ __metadata__: [] }), "syntax", /expected an object/],
  [
    "an unknown type",
    file({ a: { ...f32([1], 0, 4), dtype: "F33" } }, 4),
    "syntax",
    /the text "F33", expected one of F4/,
  ],
  ["a type by an inherited name", file({ a: { ...f32([1], 0, 4), dtype: "toString" } }, 4), "syntax", /dtype/],
  ["a negative length", file({ a: f32([-1], 0, 4) }, 4), "syntax", /shape/],
  ["a fraction", file({ a: f32([1.5], 0, 6) }, 6), "syntax", /shape/],
  [
    "a length with a point",
    file(written("[1.0]", "[0,4]"), 4),
    "syntax",
    /^1\.0 in shape, expected an integer in digits/,
  ],
  ["a length with an exponent", file(written("[1, 1e0 ]", "[0,4]"), 4), "syntax", /^1e0 in shape/],
  ["an offset with an exponent", file(written("[1]", "[0,4E0]"), 4), "syntax", /^4E0 in data_offsets/],
  ["an offset of -0", file(written("[1]", "[-0,4]"), 4), "syntax", /^-0 in data_offsets/],
  [
    "a type that is missing",
    file({ a: { shape: [1], data_offsets: [0, 4] } }, 4),
    "syntax",
    /^dtype is missing, expected/,
  ],
  ["a shape that is missing", file({ a: { dtype: "F32", data_offsets: [0, 4] } }, 4), "syntax", /^shape is missing,/],
  ["offsets that are missing", file({ a: { dtype: "F32", shape: [1] } }, 4), "syntax", /^data_offsets is missing,/],
  ["offsets backwards", file({ a: f32([1], 4, 0) }, 4), "syntax", /data_offsets/],
  ["three offsets", file({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4, 4] } }, 4), "syntax", /data_offsets/],
  [
    "a span that does not fit",
    file({ a: f32([2], 0, 4) }, 4),
    "shape",
    /^\[2\] of F32 is 8 bytes, data_offsets span 4$/,
  ],
  ["a product that overflows", file({ a: f32([2 ** 40, 2 ** 40], 0, 0) }), "shape", /more than 2\^53/],
  ["half a byte", file({ a: { dtype: "F4", shape: [1], data_offsets: [0, 0] } }), "shape", /0.5 bytes/],
  ["a hole", file({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12), "syntax", /^begins at byte 8, expected 4: a hole$/],
  ["a hole in front", file({ a: f32([1], 4, 8) }, 8), "syntax", /a hole/],
  ["an overlap", file({ a: f32([2], 0, 8), b: f32([1], 4, 8) }, 8), "syntax", /an overlap/],
  ["two tensors on the same bytes", file({ a: f32([1], 0, 4), b: f32([1], 0, 4) }, 4), "syntax", /an overlap/],
  ["bytes behind the last tensor", file({ a: f32([1], 0, 4) }, 5), "syntax", /end at byte 4 of 5.*what follows/],
  ["a file cut off", file({ a: f32([1], 0, 4) }, 3), "syntax", /end at byte 4 of 3.*truncated/],
])("%s is refused", (_, bytes, code, message) => {
  expect(problem(bytes)).toMatchObject({ code, file: "weights", message: expect.stringMatching(message) });
});

test("a fault within the header has the header's lines for its place", () => {
  expect(problem(file("{\n]"))).toMatchObject({ place: "header, line 2, column 1" });
  expect(problem(file("{\0}\0"))).toMatchObject({ code: "encoding", place: "header" });
  expect(problem(file({ "decoder.rnn": f32([2], 0, 4) }, 4))).toMatchObject({ place: "decoder.rnn" });
});

test("numbers elsewhere than in shape and offsets are nobody's, as to the reference reader", () => {
  const header = {
    'a"shape': f32([], 0, 4),
    '"shape":[1.0]': { ...f32([1], 4, 8), extra: [1.5, { 'x"shape': [-0.5] }] },
  };
  expect(read(file(header, 8)).map(({ shape }) => shape)).toEqual([[], [1]]);
});

test("a tensor named __proto__ is a tensor", () => {
  const bytes = file(`{"__proto__":${JSON.stringify(f32([1], 0, 4))}}`, 4);
  expect(read(bytes).map(({ name }) => name)).toEqual(["__proto__"]);
});

test("a header of more tensors than any model has is refused before it is parsed", () => {
  const entries = Array.from(
    { length: 2 ** 17 + 2 },
    (_, k) => `"${k}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`,
  );
  expect(problem(file(`{${entries.join(",")}}`))).toEqual({
    code: "too-large",
    file: "weights",
    place: "header",
    message: "more than 131074 times '{' in one text",
  });
});
