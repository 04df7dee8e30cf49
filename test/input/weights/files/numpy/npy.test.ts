import { expect, test } from "vitest";
import { readNpyFile } from "../../../../../src/input/weights/files/numpy/npy.ts";
import { byteSource, problemOf } from "../../../../helpers/byte-source.ts";
import { npy, npyOf } from "../../../../helpers/npy.ts";
import { expectWritten } from "../../../../helpers/written.ts";
import { WRITTEN, writtenBytes } from "../../../../helpers/written-bytes.ts";

const read = (bytes: Uint8Array, file = "path/to/array.npy") => readNpyFile(byteSource(bytes, file));

test.each(WRITTEN.filter((name) => name.startsWith("npy ")))("numpy's %s is read", (name) => {
  expectWritten(name, [read(writtenBytes(name))]);
});

test("keys in any order, double quotes, and integers of Python 2 are read", () => {
  const data = new Uint8Array(Float32Array.of(1, 2).buffer);
  const tensor = read(npy(`{"shape":(2L,),"fortran_order":True,\t"descr":"<f4"}`, data));
  expect(tensor).toMatchObject({ name: "array", shape: [2], type: "F32" });
  expect([...tensor.values()]).toEqual([1, 2]);
});

test("NaN is located, in Fortran order by its index too", () => {
  const data = new Uint8Array(Float64Array.of(0, 1, Number.NaN, 3, 4, 5).buffer);
  const tensor = read(npy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3)}", data));
  expect(problemOf(() => tensor.values())).toMatchObject({ code: "not-a-number", place: "array[0][1]" });
});

const dict = (descr: string, shape = "(1,)", order = "False") =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

test.each<[string, Uint8Array, string, RegExp]>([
  ["a header cut off", npyOf("(1,)", [1]).subarray(0, 40), "syntax", /only 30 follow/],
  ["ten bytes are not there", npyOf("(1,)", [1]).subarray(0, 9), "syntax", /expected the header/],
  ["other magic", npyOf("(1,)", [1]).map((byte, at) => (at === 1 ? 0 : byte)), "syntax", /NUMPY/],
  ["version 4", npy(dict("'<f8'"), new Uint8Array(8), { major: 4 }), "unsupported", /version 4.0/],
  ["version 1.1", npy(dict("'<f8'"), new Uint8Array(8), { minor: 1 }), "unsupported", /version 1.1/],
  ["a header over numpy's limit", npy(dict("'<f8'") + " ".repeat(10_000), new Uint8Array(8)), "too-large", /10000/],
  ["entries cut off", npyOf("(2,)", [1]), "syntax", /^8 bytes of entries, expected 16 for \[2\] of F64: truncated\?$/],
  ["bytes behind the entries", npyOf("(1,)", [1, 2]), "syntax", /what follows/],
  ["a size beyond 2^53", npyOf("(9007199254740991, 9007199254740991)", []), "syntax", /more than 2\^53/],
  ["a length that is no safe integer", npyOf("(99999999999999999999,)", []), "syntax", /shape must be/],
  ["a negative length", npyOf("(-1,)", []), "syntax", /shape must be/],
  ["a list for the shape", npyOf("[1]", [1]), "syntax", /shape must be a tuple/],
  ["a number for the shape", npyOf("(1)", [1]), "syntax", /shape must be a tuple/],
  ["a key too many", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (), 'x': 1}"), "syntax", /unknown key "x"/],
  ["a key too few", npy("{'descr': '<f8', 'shape': ()}"), "syntax", /lacks the key "fortran_order"/],
  ["a key twice", npy("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': ()}"), "syntax", /literal/],
  ["a number for the order", npy(dict("'<f8'", "()", "0")), "syntax", /True or False/],
  ["a type that is none", npy(dict("'f8'")), "syntax", /descr/],
  ["a number for a type", npy(dict("8")), "syntax", /descr/],
  ["no dictionary", npy("(1, 2)"), "syntax", /expected a Python dictionary/],
  ["two literals", npy("{} {}"), "syntax", /no Python literal from character 3/],
  ["a call", npy("dict(descr='<f8')"), "syntax", /no Python literal from character 0/],
  ["brackets nested beyond reason", npy("[".repeat(9000)), "syntax", /no Python literal/],
  [
    "a header that is no UTF-8",
    npy("é".repeat(9), undefined, { major: 3 }).map((b) => (b === 0xa9 ? 0x28 : b)),
    "encoding",
    /UTF-8/,
  ],
])("%s: refused", (_, bytes, code, message) => {
  expect(problemOf(() => read(bytes))).toMatchObject({ code, message: expect.stringMatching(message) });
});

test.each([
  ["a pickle", "'|O'", /^Python objects, a pickle, which is never loaded; save arrays of numbers/],
  ["integers", "'<i8'", /^I64 \(integers/],
  ["complex numbers", "'<c16'", /^C128 \(complex/],
  ["records", "[('a', '<f4'), ('b', '<i4', (2,))]", /^records of several fields/],
  ["an extended float", "'<f16'", /^F128/],
  ["dates", "'<M8[ns]'", /^<M8\[ns\]/],
  ["the writing machine's order", "'=f8'", /^=f8/],
])("%s: listed, its values refused by name", (_, descr, message) => {
  const tensor = read(
    npy(dict(descr, "(2,)"), new Uint8Array(descr.includes("c16") || descr.includes("f16") ? 32 : 16)),
  );
  expect(tensor.shape).toEqual([2]);
  expect(problemOf(() => tensor.values())).toMatchObject({
    code: "unsupported",
    place: "array",
    message: expect.stringMatching(message),
  });
});
