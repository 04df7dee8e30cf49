import { describe, expect, test } from "vitest";
import { readWeights } from "../../../../../src/input/weights/read-file.ts";
import { byteSource, laterProblemOf } from "../../../../helpers/byte-source.ts";

/** msgpack in its shortest form. */
type Packed = number[];
const text = (value: string): Packed => [0xa0 + value.length, ...Buffer.from(value)];
const list = (...items: readonly Packed[]): Packed => [0x90 + items.length, ...items.flat()];
const map = (entries: Readonly<Record<string, Packed>>): Packed => [
  0x80 + Object.keys(entries).length,
  ...Object.entries(entries).flatMap(([key, value]) => [...text(key), ...value]),
];
const bin = (bytes: Uint8Array): Packed => [0xc4, bytes.length, ...bytes];
const extension = (type: number, bytes: readonly number[]): Packed => [0xc7, bytes.length, type, ...bytes];
const array = (shape: readonly number[], dtype: string, bytes: Uint8Array, type = 1): Packed =>
  extension(type, list(list(...shape.map((length) => [length])), text(dtype), bin(bytes)));
const f32 = (...values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer);

const read = (packed: Packed) => readWeights(byteSource(Uint8Array.from(packed), "p.msgpack"));
const found = async (packed: Packed) =>
  (await read(packed)).tensors.map(({ name, type, shape, values }) => [name, type, shape, [...values()]]);

test("arrays are named by their keys, those of an optimiser left out", async () => {
  const a = array([2], "float32", f32(1, -2.5));
  const params = map({ a, b: list(a, map({ value: a })) });
  const others = ["opt_state", "optimizer", "Opt_State_2", "critic_opt_state", "optim"];
  const tree = map({ params, ...Object.fromEntries(others.map((key) => [key, map({ mu: params })])), opts: a });
  expect(await found(tree)).toEqual([
    ["params.a", "F32", [2], [1, -2.5]],
    ["params.b.0", "F32", [2], [1, -2.5]],
    ["params.b.1", "F32", [2], [1, -2.5]],
    ["opts", "F32", [2], [1, -2.5]],
  ]);
});

test("an array in chunks is one", async () => {
  const chunks = map({ "1": array([1], "float32", f32(3)), "0": array([2], "float32", f32(1, 2)) });
  const key = "__msgpack_chunked_array__";
  const chunked = (shape: Packed) => [
    0x82,
    ...text("a"),
    ...[0x83, ...text(key), 0xc3, ...text("shape"), ...shape, ...text("chunks"), ...chunks],
    ...text("b"),
    0x01,
  ];
  expect(await found(chunked(map({ "0": [3], "1": [1] })))).toEqual([["a", "F32", [3, 1], [1, 2, 3]]]);
  expect(await laterProblemOf(read(chunked(map({ "0": [4] }))))).toMatchObject({
    code: "shape",
    place: "a",
    message: "2 pieces with 3 entries, expected those of [4] in one type",
  });
});

test.each([
  ["float64", "F64", [0.1], new Uint8Array(Float64Array.of(0.1).buffer)],
  ["float16", "F16", [1.5], Uint8Array.of(0, 0x3e)],
  ["bfloat16", "BF16", [1.5], Uint8Array.of(0xc0, 0x3f)],
])("numbers of %s", async (dtype, type, values, bytes) => {
  expect(await found(map({ a: array([1], dtype, bytes) }))).toEqual([["a", type, [1], values]]);
  expect(await found(map({ a: array([], dtype, bytes, 3) }))).toEqual([["a", type, [], values]]);
});

test("what is no array is a setting, whatever type of msgpack it is", async () => {
  const packed: Packed[] = [
    [0x05],
    [0xff],
    [0xcc, 200],
    [0xcd, 1, 0],
    [0xce, 0, 1, 0, 0],
    [0xcf, 0, 0, 0, 1, 0, 0, 0, 0],
    [0xd0, 0x80],
    [0xd1, 0xff, 0],
    [0xd2, 0xff, 0xff, 0, 0],
    [0xd3, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
    [0xca, 0x3f, 0xc0, 0, 0],
    [0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0],
    [0xc0],
    [0xc2],
    [0xd9, 1, 0x61],
    [0xda, 0, 1, 0x61],
    [0xdb, 0, 0, 0, 1, 0x61],
  ];
  const keys = packed.map((_, k) => String(k));
  const tree = [0xde, 0, packed.length, ...packed.flatMap((value, k) => [...text(keys[k]), ...value])];
  const { tensors, settings } = await read(tree);
  expect(tensors).toEqual([]);
  expect(settings.map(({ value }) => value)).toEqual([
    ...[5, -1, 200, 256, 65536, 2 ** 32, -128, -256, -65536, -(2 ** 32), 1.5, 1.5, null, false, "a", "a", "a"],
  ]);
  const others = map({ raw: bin(f32(1)), complex: extension(2, list([1], [2])), time: [0xd6, 0xff, 0, 0, 0, 0] });
  expect(await read(others)).toMatchObject({ tensors: [], settings: [] });
});

describe("what no file of Flax is", () => {
  const nested = (depth: number): Packed => (depth === 0 ? [0x01] : map({ a: nested(depth - 1) }));
  const four = f32(1);

  test.each<[string, Packed, string, RegExp]>([
    ["a file cut off", map({ a: array([1], "float32", four) }).slice(0, -1), "syntax", /ends before/],
    ["bytes behind it", [...map({ a: [1] }), 0], "syntax", /^damaged msgpack: 1 bytes behind its end$/],
    ["a list of 2^32 - 1 items", map({ a: [0xdd, 255, 255, 255, 255] }), "syntax", /4294967295 items in 0 bytes/],
    ["a map of as many", map({ a: [0xdf, 255, 255, 255, 255, 0] }), "syntax", /8589934590 items in 1 bytes/],
    ["bytes of 2^32 - 1", map({ a: [0xc6, 255, 255, 255, 255, 0] }), "syntax", /ends before/],
    ["the byte that is none", map({ a: [0xc1] }), "syntax", /0xc1/],
    ["maps 65 deep", nested(66), "too-large", /64 deep/],
    ["a key that is a list", [0x82, ...text("a"), 1, 0x90, 1], "syntax", /a key that is neither text nor an integer/],
    [
      "a text of 2^17 bytes",
      map({ a: [0xdb, 0, 2, 0, 0, ...new Array(2 ** 17).fill(0x61)] }),
      "too-large",
      /a text of/,
    ],
    [
      "a shape that lies",
      map({ a: array([2], "float32", four) }),
      "shape",
      /^4 bytes of entries, expected 8 for \[2\]/,
    ],
    ["a negative length", map({ a: array([0xff], "float32", four) }), "shape", /^the dimensions \[-1\] of F32$/],
    [
      "an array without bytes",
      map({ a: extension(1, list(list([1]), text("float32"))) }),
      "syntax",
      /^no array of Flax/,
    ],
    ["an array of nothing", map({ a: extension(1, []) }), "syntax", /^damaged msgpack/],
    [
      "two paths of one name",
      map({ a: map({ b: array([1], "float32", four) }), "a.b": array([1], "float32", four) }),
      "duplicate-key",
      /two paths/,
    ],
  ])("%s", async (_, packed, code, message) => {
    expect(await laterProblemOf(read(packed))).toMatchObject({
      code,
      file: "p.msgpack",
      message: expect.stringMatching(message),
    });
  });

  test("arrays of Python objects and of integers are listed, and refused where they are wanted", async () => {
    const { tensors } = await read(
      map({ o: array([1], "O", new Uint8Array(8)), i: array([1], "int8", Uint8Array.of(3)) }),
    );
    expect(tensors.map(({ type }) => type)).toEqual(["O", "I8"]);
    expect(() => tensors[0].values()).toThrow("p.msgpack: o: Python objects, a pickle, which is never loaded");
    expect(() => tensors[1].values()).toThrow("p.msgpack: i: I8 (integers, perhaps quantised)");
  });
});

test("of a large file the keys are read, and what is asked for", async () => {
  const big = new Uint8Array(2 ** 22).fill(63);
  const long = [0xc6, 0, 0x40, 0, 0];
  const head = list(list([0xce, 0, 0x10, 0, 0]), text("float32")).with(0, 0x93);
  const inner = [...head, ...long];
  const size = Buffer.alloc(4);
  size.writeUInt32BE(inner.length + big.length);
  const large = [0x82, ...text("big"), 0xc9, ...size, 1, ...inner];
  const bytes = Buffer.concat([Buffer.from(large), big, Buffer.from([...text("a"), ...array([1], "float32", f32(7))])]);
  const source = byteSource(new Uint8Array(bytes), "p.msgpack");
  const { tensors } = await readWeights(source);
  expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
    ["big", [2 ** 20]],
    ["a", [1]],
  ]);
  expect([...tensors[1].values()]).toEqual([7]);
  expect(source.bytesRead).toBeLessThan(2 ** 18);
});
