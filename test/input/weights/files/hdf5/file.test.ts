import { File } from "jsfive";
import { describe, expect, test } from "vitest";
import { readHdf5 } from "../../../../../src/input/weights/files/hdf5/file.ts";
import { typeFault } from "../../../../../src/input/weights/files/number-type.ts";
import { byteSource, problemOf } from "../../../../helpers/byte-source.ts";
import { HDF5, hdf5Bytes } from "../../../../helpers/written-hdf5.ts";

const NAMES = Object.keys(HDF5);
const read = (bytes: Uint8Array) => readHdf5(byteSource(bytes));
const tensor = (file: string, name: string) => read(hdf5Bytes(file)).tensors.find((one) => one.name === name)!;

describe.each(NAMES)("%s", (name) => {
  test("has the numbers that h5py reads", () => {
    // raw bytes with an attribute that says what they are, as Keras writes bfloat16
    const { tensors } = read(hdf5Bytes(name));
    const found = tensors.filter((one) => Object.hasOwn(HDF5[name].tensors, one.name));
    const values = found.map((one) => [one.name, { shape: one.shape, values: Array.from(one.values()) }]);
    expect(Object.fromEntries(values)).toEqual(HDF5[name].tensors);
  });

  test("is read once, and its numbers by position", () => {
    const source = byteSource(hdf5Bytes(name));
    const { tensors } = readHdf5(source);
    expect(source.bytesRead).toBeLessThan(2 * source.size);
    for (const one of tensors) problemOf(() => one.values());
    expect(source.bytesRead).toBeLessThan(4 * source.size);
  });

  test("cut off anywhere it is an error of one line, or the same numbers", () => {
    const bytes = hdf5Bytes(name);
    for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 40)) {
      const problem = problemOf(() => read(bytes.subarray(0, length)));
      expect(problem?.message).toMatch(/^(damaged HDF5 file: |no signature)/);
    }
  });
});

/** What jsfive reads as well, but for lzf. */
const BOTH = ["types", "many", "chunks"];
const ONLY_HERE = ["lzf", "runs"];

test.each(BOTH)("jsfive reads the same numbers from %s", (name) => {
  const bytes = hdf5Bytes(name);
  const file = new File(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), name);
  for (const one of read(bytes).tensors) {
    if (ONLY_HERE.includes(one.name)) continue;
    const { value, shape } = file.get(one.name);
    expect([one.name, one.shape, Array.from(one.values())]).toEqual([one.name, shape, Array.from(value)]);
  }
});

describe("attributes", () => {
  test.each(["many", "many, latest"])("of text are read, in %s", (name) => {
    const root = read(hdf5Bytes(name)).groups.get("")!;
    expect(root.text("text11")).toBe("number 11");
    expect(root.texts("list")).toEqual(["a", "bc", ""]);
    expect(root.texts("fixed")).toEqual(["ab", "c"]);
    expect([root.texts("number"), root.texts("other"), root.text("list")]).toEqual([null, null, null]);
  });
});

describe("groups that hold each other", () => {
  test.each(["cyclic", "cyclic, latest"])("are read once, in %s", (name) => {
    const { groups, tensors } = read(hdf5Bytes(name));
    expect([...groups.keys()]).toEqual(["", "a", "a/b"]);
    expect(tensors.map((one) => one.name)).toEqual(["a/b/kernel"]);
  });
});

describe("what leads elsewhere", () => {
  test.each(["elsewhere", "elsewhere, latest"])("is told and never followed, in %s", (name) => {
    const found = read(hdf5Bytes(name)).tensors.map((one) => [one.name, one.type]);
    expect(Object.fromEntries(found)).toMatchObject({
      soft: "a soft link",
      outside: "an external link",
      external: "external storage",
      virtual: "a virtual dataset",
      unwritten: "F64",
      plain: "F64",
    });
    for (const [, type] of found) if (type !== "F64" && type !== "F32") expect(typeFault(type)).toMatch(/not followed/);
  });

  test.each([
    ["elsewhere", "unwritten", "too-large", /\[1099511627776 × 274877906944\]/],
    ["elsewhere, latest", "growing", "unsupported", /chunks of an array that can grow/],
    ["scaled", "scaled", "unsupported", /packed by scale-offset, expected deflate/],
  ] as const)("in %s, %s is refused by name when its numbers are asked for", (file, name, code, message) => {
    const problem = problemOf(() => tensor(file, name).values());
    expect(problem).toMatchObject({ code, place: name, message: expect.stringMatching(message) });
  });
});

describe("chunks", () => {
  const bytes = hdf5Bytes("chunks");
  test("whose checksum is another are refused", () => {
    const checked = tensor("chunks", "checked").values();
    const marker = Buffer.from(Float32Array.of(...checked.subarray(0, 7)).buffer);
    const at = Buffer.from(bytes).lastIndexOf(marker);
    const changed = Uint8Array.from(bytes);
    // every place where these numbers stand as they are, one of which has a checksum behind it
    for (let from = 0; ; ) {
      const found = Buffer.from(bytes).indexOf(marker, from);
      if (found < 0) break;
      changed[found] ^= 1;
      from = found + 1;
    }
    expect(at).toBeGreaterThan(0);
    const one = read(changed).tensors.find(({ name }) => name === "checked")!;
    expect(problemOf(() => one.values())).toMatchObject({
      code: "syntax",
      message: expect.stringMatching(/Fletcher-32/),
    });
  });
});
