import { constants } from "node:buffer";
import { describe, expect, test } from "vitest";
import { DlstmError, inFile } from "../../src/errors.ts";
import { decodeText, LineCounter } from "../../src/input/text.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function problemOf(bytes: Uint8Array) {
  try {
    inFile("cell.json", () => decodeText(bytes));
  } catch (error) {
    if (error instanceof DlstmError) return error.problems[0];
    throw error;
  }
  return null;
}

describe("decodeText", () => {
  test.each(["", "{}", '{"name":"größe"}', "€ 𝄞", "\u0000", "\uFFFD"])("gives back the text %j", (text) => {
    expect(decodeText(utf8(text))).toBe(text);
  });

  test("strips one byte-order mark, not two", () => {
    expect(decodeText(utf8("\uFEFF{}"))).toBe("{}");
    expect(decodeText(utf8("\uFEFFé"))).toBe("é");
    expect(decodeText(utf8("\uFEFF\uFEFF{}"))).toBe("\uFEFF{}");
  });

  test("reads a view into a larger buffer", () => {
    expect(decodeText(utf8('xx{"é":1}xx').subarray(2, -2))).toBe('{"é":1}');
  });

  test.each([
    ["UTF-16", "\xff\xfe{\0}\0"],
    ["UTF-16", "\xfe\xff\0{\0}"],
    ["UTF-16", "{\0}\0"],
    ["UTF-16", "\0{\0}"],
    ["UTF-32", "\xff\xfe\0\0{\0\0\0"],
    ["UTF-32", "\0\0\xfe\xff\0\0\0{"],
    ["UTF-32", "{\0\0\0}\0\0\0"],
    ["UTF-32", "\0\0\0{\0\0\0}"],
  ])("refuses %s and says what to do: %j", (name, bytes) => {
    expect(problemOf(latin1(bytes))).toEqual({
      code: "encoding",
      file: "cell.json",
      place: null,
      message: `${name}, expected UTF-8; save it as UTF-8`,
    });
  });

  test.each([
    ["a byte that never stands in UTF-8", "{\xff}", 1, "0xFF"],
    ["Latin-1", '{"\xe9a":1}', 2, "0xE9"],
    ["a continuation byte alone", "a\x80", 1, "0x80"],
    ["an overlong form of two bytes", "\xc0\x80", 0, "0xC0"],
    ["an overlong form of three bytes", "a\xe0\x9f\xbf", 1, "0xE0"],
    ["an overlong form of four bytes", "a\xf0\x8f\xbf\xbf", 1, "0xF0"],
    ["a surrogate", "a\xed\xa0\x80", 1, "0xED"],
    ["a code point beyond U+10FFFF", "a\xf4\x90\x80\x80", 1, "0xF4"],
    ["a sequence cut off by the end", "ab\xe2\x82", 2, "0xE2"],
    ["a byte after well-formed sequences", "\xc3\xa9\xe2\x82\xac\xf0\x9d\x84\x9e\xfe", 9, "0xFE"],
    ["a byte after a byte-order mark, which counts", "\xef\xbb\xbf{\xff", 4, "0xFF"],
    ["a byte at offset 0 whose code has one digit more", "\x80", 0, "0x80"],
  ])("locates %s", (_, bytes, offset, name) => {
    expect(problemOf(latin1(bytes))).toEqual({
      code: "encoding",
      file: "cell.json",
      place: `byte ${offset}`,
      message: `${name} is not valid UTF-8 here; save it as UTF-8`,
    });
  });

  test("refuses more bytes than a string can hold characters", () => {
    expect(problemOf(new Uint8Array(constants.MAX_STRING_LENGTH + 1))).toMatchObject({
      code: "too-large",
      place: null,
    });
  });

  test("agrees with TextDecoder on every sequence of a lead byte and two more", () => {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const samples = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xe2, 0xff];
    const valid = (bytes: Uint8Array) => {
      try {
        decoder.decode(bytes);
        return true;
      } catch {
        return false;
      }
    };
    for (let lead = 0; lead < 256; lead += 1) {
      for (const second of samples) {
        for (const third of samples) {
          const bytes = Uint8Array.of(0x61, lead, second, third, 0x80, 0x61);
          const problem = problemOf(bytes);
          expect(problem === null, String(bytes)).toBe(valid(bytes));
          if (problem?.place?.startsWith("byte ")) {
            const offset = Number(problem.place.slice(5));
            expect(valid(bytes.subarray(0, offset)), `before byte ${offset} of ${bytes}`).toBe(true);
          }
        }
      }
    }
  });
});

describe("LineCounter", () => {
  test("ends lines at LF, CR LF and lone CR", () => {
    const text = "a\nb\r\nc\rd\n\re";
    const lines = new LineCounter(text);
    const at = (character: string) => lines.placeAt(text.indexOf(character));
    expect(at("a")).toBe("line 1, column 1");
    expect(at("b")).toBe("line 2, column 1");
    expect(at("c")).toBe("line 3, column 1");
    expect(at("d")).toBe("line 4, column 1");
    expect(at("e")).toBe("line 6, column 1");
    expect(lines.placeAt(text.length)).toBe("line 6, column 2");
  });
});
