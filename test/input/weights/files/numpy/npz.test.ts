import { crc32 as zlibCrc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readNpz } from "../../../../../src/input/weights/files/numpy/npz.ts";
import { crc32 } from "../../../../../src/input/weights/files/zip/crc32.ts";
import { byteSource, problemOf, readTensors } from "../../../../helpers/byte-source.ts";
import { npy, npyOf } from "../../../../helpers/npy.ts";
import { expectWritten } from "../../../../helpers/written.ts";
import { WRITTEN, writtenBytes } from "../../../../helpers/written-bytes.ts";
import { type ZipMember, zip } from "../../../../helpers/zip.ts";

const read = (bytes: Uint8Array) => readTensors(byteSource(bytes), readNpz);
const all = (bytes: Uint8Array) => read(bytes).map(({ name, values }) => [name, [...values()]]);
/** A zip file whose 64-bit record claims so many. */
function claimingMembers(count: number): Uint8Array {
  const bytes = Buffer.from(zip([member({})], { zip64: true }));
  const record = bytes.indexOf("PK\x06\x06", 0, "latin1");
  for (const at of [24, 32]) bytes.writeBigUInt64LE(BigInt(count), record + at);
  return new Uint8Array(bytes);
}

const member = (changes: Partial<ZipMember> = {}): ZipMember => ({
  name: "a.npy",
  data: npyOf("(2,)", [1, 2]),
  ...changes,
});

describe("what numpy wrote", () => {
  test.each(WRITTEN.filter((name) => /^npz (stored|deflated|of zeros)/.test(name)))("is read: %s", (name) => {
    expectWritten(name, read(writtenBytes(name)));
  });

  test("of anything but floats is listed, and refused where its values are asked for", () => {
    const tensors = read(writtenBytes("npz of what is no float"));
    expect(tensors.map(({ type }) => type)).toEqual([
      "I8",
      "BOOL",
      "C128",
      "|O",
      "<V2",
      "<U2",
      "records of several fields",
    ]);
    for (const tensor of tensors) expect(problemOf(() => tensor.values())).toMatchObject({ code: "unsupported" });
  });
});

test.each([false, true])("zip64 is read where numbers stand elsewhere (deflated: %s)", (deflated) => {
  const members = [member({ zip64: true, deflated }), member({ name: "b.npy", deflated, data: npyOf("()", [3]) })];
  expect(all(zip(members, { zip64: true }))).toEqual([
    ["a", [1, 2]],
    ["b", [3]],
  ]);
  expect(all(zip(members, { comment: "PK\x05\x06 in a comment" }))).toEqual([
    ["a", [1, 2]],
    ["b", [3]],
  ]);
});

test("other members and folders are left alone", () => {
  const text = new TextEncoder().encode("read me");
  expect(all(zip([{ name: "README", data: text }, { name: "f/", data: new Uint8Array() }, member()]))).toEqual([
    ["a", [1, 2]],
  ]);
});

test("opening reads the directory and the headers; values read their member alone", () => {
  const large = npyOf(
    "(100000,)",
    Array.from({ length: 100_000 }, (_, k) => Math.sin(k)),
  );
  for (const deflated of [false, true]) {
    const source = byteSource(zip([member({ deflated }), { name: "large.npy", data: large, deflated }]));
    const [small] = readNpz(source);
    small.values();
    // the comment that could stand at the end, 64 KiB, and little else
    expect(source.bytesRead).toBeLessThan(70_000);
  }
});

test("CRC-32 is zlib's", () => {
  for (const length of [0, 1, 9, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, k) => (k * 131 + length) & 255);
    expect(crc32(bytes)).toBe(zlibCrc32(bytes));
  }
});

const bytes = zip([member()]);

test.each<[string, Uint8Array, string, RegExp]>([
  ["a file cut off", bytes.subarray(0, -1), "syntax", /no end-of-directory/],
  ["a file of no zip", new Uint8Array(100), "syntax", /no end-of-directory/],
  ["bytes in front", new Uint8Array([0, ...bytes]), "syntax", /its directory ends at/],
  ["several disks", zip([member()], { disk: 1 }), "unsupported", /several disks/],
  ["several disks of zip64", zip([member()], { disk: 1, zip64: true }), "unsupported", /several disks/],
  ["no array", zip([{ name: "a.txt", data: new Uint8Array() }]), "syntax", /without any \.npy/],
  ["an array twice", zip([member(), member()]), "duplicate-key", /stands twice/],
  ["encryption", zip([member({ flags: 1 })]), "unsupported", /encrypted/],
  ["another method", zip([member({ method: 12 })]), "unsupported", /method 12/],
  ["a name too long", zip([member({ name: `${"a".repeat(1024)}.npy` })]), "too-large", /name of 1028 bytes/],
  [
    "a name that is no UTF-8",
    zip([member({ name: "\u00e9.npy" })]).map((b) => (b === 0xa9 ? 0x28 : b)),
    "encoding",
    /UTF-8/,
  ],
  ["131073 members", claimingMembers(2 ** 17 + 1), "too-large", /^131073 members, expected at most 131072$/],
  ["the name of another member", zip([member({ localName: "b.npy" })]), "syntax", /another member/],
  ["an offset beyond the file", zip([member({ offset: 1e6 })]), "syntax", /behind its end/],
  [
    "members on the same bytes",
    zip([member(), member({ name: "b.npy", offset: 0, localName: "a.npy" })]),
    "syntax",
    /./,
  ],
  ["a stored size that differs", zip([member({ size: 1 })]), "syntax", /1 bytes from 144/],
  ["more than deflate can pack", zip([member({ deflated: true, size: 1e9 })]), "syntax", /1000000000 bytes from/],
  ["an array cut off", zip([member({ data: npyOf("(3,)", [1, 2]) })]), "syntax", /truncated/],
  ["no array in an .npy", zip([member({ data: new Uint8Array(5) })]), "syntax", /expected the header/],
  [
    "no deflate data",
    zip([member({ method: 8, data: new Uint8Array(144).fill(255) })]),
    "syntax",
    /damaged zip member/,
  ],
])("%s: refused", (_, bytes, code, message) => {
  expect(problemOf(() => read(bytes))).toMatchObject({
    code,
    file: "weights",
    message: expect.stringMatching(message),
  });
});

test.each<[string, Partial<ZipMember>, RegExp]>([
  ["another checksum", { crc: 1 }, /CRC-32 is [0-9a-f]{8}, expected 00000001/],
  ["another checksum of deflated data", { crc: 1, deflated: true }, /CRC-32/],
  [
    "more than the directory says",
    {
      deflated: true,
      data: npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}", new Uint8Array(8 * 1000)),
      size: 144,
    },
    /inflates to more/,
  ],
  [
    "less than the directory says",
    { deflated: true, data: npyOf("(3,)", [1, 2]), size: 152 },
    /144 bytes, expected 152/,
  ],
])("%s: refused when its values are asked for, at its name", (_, changes, message) => {
  const [tensor] = read(zip([member(changes)]));
  expect(problemOf(() => tensor.values())).toMatchObject({
    code: "syntax",
    place: "a",
    message: expect.stringMatching(message),
  });
});

test("a bomb of zeros costs no more than its directory says", () => {
  const zeros = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}", new Uint8Array(1 << 26));
  const [tensor] = read(zip([member({ deflated: true, data: zeros, size: 144 })]));
  const before = process.memoryUsage.rss();
  expect(problemOf(() => tensor.values())).toMatchObject({ code: "syntax" });
  expect(process.memoryUsage.rss() - before).toBeLessThan(1 << 25);
});

test("a bomb whose directory says so too is refused before it is unpacked", () => {
  const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (33554432,)}";
  // nothing that packs, so that there are as many packed bytes as 2^28 zeros take
  let state = 1;
  const noise = Uint8Array.from({ length: 300_000 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  const data = npy(header, noise);
  const size = data.length - noise.length + 2 ** 28;
  const [tensor] = read(zip([member({ deflated: true, data, size })]));
  expect(problemOf(() => tensor.values())).toMatchObject({
    code: "too-large",
    place: "a",
    message: expect.stringMatching(/^268435\d+ bytes packed into \d+, expected at most 32 into one: a bomb/),
  });
});
