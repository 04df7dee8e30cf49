import { describe, expect, test } from "vitest";
import { Cursor } from "../../../../../src/input/weights/files/pickle/cursor.ts";
import { unpickle } from "../../../../../src/input/weights/files/pickle/unpickle.ts";
import { Extent, Global, Made, Persistent } from "../../../../../src/input/weights/files/pickle/values.ts";
import { byteSource, problemOf } from "../../../../helpers/byte-source.ts";

/** A pickle of protocol 2 with these opcodes; a latin-1 character is a byte. */
const pickle = (opcodes: string, protocol = 2) =>
  new Uint8Array(Buffer.from(`\x80${String.fromCharCode(protocol)}${opcodes}.`, "latin1"));

function read(opcodes: string, protocol?: number) {
  const bytes = pickle(opcodes, protocol);
  return unpickle(new Cursor(byteSource(bytes)), bytes.length);
}

const problem = (opcodes: string) => problemOf(() => read(opcodes));

describe("a pickle as data", () => {
  // pickletools of Python 3.11: K\x01 is 1, M\x01\x02 513, J four bytes, \x8a\x02\xff\x00 255
  test.each<[string, string, unknown]>([
    ["whole numbers", "(K\x01M\x01\x02J\xff\xff\xff\xff\x8a\x02\xff\x00\x8a\x00t", [1, 513, -1, 255, 0]],
    ["a number beyond 2^53", "\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f", 2n ** 63n - 1n],
    ["a double", "G\x3f\xf8\x00\x00\x00\x00\x00\x00", 1.5],
    ["constants", "(N\x88\x89l", [null, true, false]],
    ["texts", "(X\x02\x00\x00\x00abX\x02\x00\x00\x00\xc3\xa9\x8c\x01cU\x01dt", ["ab", "é", "c", "d"]],
    ["tuples", "()K\x01\x85K\x01K\x02\x86K\x01K\x02K\x03\x87(K\x01tt", [[], [1], [1, 2], [1, 2, 3], [1]]],
    ["a list", "]q\x00(K\x01K\x02e", [1, 2]],
    ["the memo", "(]q\x05r\x07\x00\x00\x00h\x05j\x07\x00\x00\x00t", [[], [], []]],
    ["what is dropped", "K\x01K\x020(K\x03K\x041", 1],
  ])("%s", (_, opcodes, value) => {
    expect(read(opcodes).value).toEqual(value);
  });

  test("dictionaries, in either way", () => {
    expect(read("}(U\x01aK\x01U\x01bK\x02u").value).toEqual(
      new Map([
        ["a", 1],
        ["b", 2],
      ]),
    );
    expect(read("}U\x01aK\x01s").value).toEqual(new Map([["a", 1]]));
    expect(read("(U\x01aK\x01d").value).toEqual(new Map([["a", 1]]));
  });

  test("bytes stay where they are", () => {
    expect(read("C\x03abc").value).toEqual(new Extent(4, 3));
    expect(read("B\x03\x00\x00\x00abc").value).toEqual(new Extent(7, 3));
    expect(read("\x8e\x03\x00\x00\x00\x00\x00\x00\x00abc").value).toEqual(new Extent(11, 3));
  });

  test("frames are no more than a length", () => {
    expect(read("\x95\x02\x00\x00\x00\x00\x00\x00\x00K\x01", 4).value).toBe(1);
  });

  test("names are pairs of texts, calls are records, and nothing else happens", () => {
    const { value, globals } = read("cos\nsystem\n(U\x07touch xtR");
    expect(value).toEqual(new Made(new Global("os", "system"), ["touch x"]));
    expect([...globals]).toEqual(["os.system"]);
    const dotted = read("\x8c\x05torch\x8c\x17serialization.os.system\x93", 4);
    expect(dotted.value).toEqual(new Global("torch", "serialization.os.system"));
    const made = read("cnet\nNet\n)\x81}U\x01aK\x01sb").value as Made;
    expect([made.path, made.args, made.state]).toEqual(["net.Net", [], new Map([["a", 1]])]);
    const ordered = read("ccollections\nOrderedDict\n)R(U\x01aK\x01u").value as Made;
    expect(ordered.entries).toEqual(new Map([["a", 1]]));
  });

  test("what stands outside is told by its name", () => {
    const { value, persistent } = read("(U\x07storageK\x01tQ");
    expect(value).toEqual(new Persistent(["storage", 1]));
    expect(persistent).toEqual([value]);
  });

  test("one behind the other, across the pieces in which they are read", () => {
    const long = pickle(`X\xff\xff\x00\x00${"a".repeat(65_535)}`);
    const bytes = Buffer.concat([long, long, pickle("K\x07")]);
    const cursor = new Cursor(byteSource(bytes));
    const values = [1, 2, 3].map(() => unpickle(cursor, bytes.length).value);
    expect(values).toEqual(["a".repeat(65_535), "a".repeat(65_535), 7]);
    expect(cursor.at).toBe(bytes.length);
  });

  test.each([
    [
      "an instance of old",
      "(cos\nsystem\no",
      "unsupported",
      /opcode 0x6f at byte 14, expected one of those that write data/,
    ],
    ["an instance by name", "(ios\nsystem\n", "unsupported", /opcode 0x69/],
    ["a number of text", "I1\n", "unsupported", /opcode 0x49/],
    ["an empty stack", "0", "syntax", /takes from an empty stack/],
    ["too few for a call", "NR", "syntax", /takes from an empty stack/],
    ["below a mark", "N(\x85", "syntax", /takes from an empty stack/],
    ["no mark", "Nt", "syntax", /no mark/],
    ["entries of no dictionary", "]U\x01aK\x01s", "syntax", /entries for no dictionary/],
    ["a key without a value", "}(U\x01au", "syntax", /entries for no dictionary/],
    ["items of no list", "}K\x01a", "syntax", /items for no list/],
    ["attributes of a list", "]}b", "syntax", /attributes for no object/],
    ["nothing of that number", "h\x09", "syntax", /no value of number 9/],
    ["two values", "NN", "syntax", /more than one value/],
    ["bytes beyond the end", "\x8e\x00\x00\x00\x00\x00\x00\x00\x40", "syntax", /4611686018427387904 bytes expected/],
    ["a text beyond the end", "X\xff\xff\xff\x7fa", "syntax", /truncated/],
    ["a number of 255 bytes", "\x8a\xff", "syntax", /a number of 255 bytes/],
    ["a name that is a number", "K\x01K\x01\x93", "syntax", /a name that is no text/],
  ])("%s is an error", (_, opcodes, code, message) => {
    expect(problem(opcodes)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test("no end, no beginning, another protocol", () => {
    const of = (...bytes: number[]) => problemOf(() => unpickle(new Cursor(byteSource(Uint8Array.from(bytes))), 9));
    expect(of(0x80, 2, 0x4e)).toMatchObject({ code: "syntax", message: expect.stringContaining("truncated") });
    expect(of(0x4e, 0x2e)).toMatchObject({ code: "syntax", message: expect.stringContaining("protocol") });
    expect(of(0x80, 1, 0x4e, 0x2e)).toMatchObject({ code: "unsupported" });
  });

  test("no more opcodes than a file has bytes, however well they are packed", () => {
    const bytes = pickle("N0".repeat(2 ** 20));
    expect(problemOf(() => unpickle(new Cursor(byteSource(bytes)), 1000))).toMatchObject({ code: "too-large" });
    expect(problemOf(() => unpickle(new Cursor(byteSource(bytes)), bytes.length))).toMatchObject({ code: "syntax" });
  });
});
