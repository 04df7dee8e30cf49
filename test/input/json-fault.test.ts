import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as fault from "../../src/input/json-fault.ts";

/** The fault with its line and column as numbers. */
function locateFault(text: string) {
  const found = fault.locateFault(text);
  if (found === null) return null;
  const [, line, column] = /^line (\d+), column (\d+)$/.exec(found.place)!;
  return { line: Number(line), column: Number(column), message: found.message };
}

const messageOf = (text: string) => locateFault(text)?.message ?? null;

const isValid = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("locateFault", () => {
  test.each([
    '{"a":[1,-0.5e+3,0,1E-2,true,false,null,""],"b":{}}',
    ' \t\r\n[ [ ] , { } , "\\u00e9\\n\\"\\\\\\/" ] ',
    '"\\ud800"',
    '"\u2028\u007f\ud800"',
    "-0",
    "1e999",
    '{"a":1,"a":2}',
  ])("finds nothing in %s", (text) => {
    expect(isValid(text)).toBe(true);
    expect(locateFault(text)).toBeNull();
  });

  test.each([
    ["[NaN]", "NaN is not a JSON number; expected a finite number"],
    ["[-Infinity]", "-Infinity is not a JSON number; expected a finite number"],
    ["[inf]", "inf is not a JSON number; expected a finite number"],
    ["[True]", "True is not JSON; expected true"],
    ["[False]", "False is not JSON; expected false"],
    ["[None]", "None is not JSON; expected null"],
    ["[+1]", "+1 has a leading +, which JSON numbers never have"],
    ["[-007]", "-007 has leading zeros, which JSON numbers never have"],
    ["[.5]", ".5 has no digit before the decimal point"],
    ["[-.5]", "-.5 has no digit before the decimal point"],
    ["[5.]", "5. has no digit after the decimal point"],
    ["[5.e3]", "5.e3 has no digit after the decimal point"],
    ["[1e]", "1e has no digit in its exponent"],
    ["[1.5E+]", "1.5E+ has no digit in its exponent"],
    ["[0x1F]", "0x1F is not a JSON number"],
    ["[1_000]", "1_000 is not a JSON number"],
    ["[1.2.3]", "1.2.3 is not a JSON number"],
    ["[-]", "- is not a JSON number"],
    ["[abc]", "abc is not a JSON value; text stands in double quotes"],
    [`[${"x".repeat(200)}]`, `${"x".repeat(80)}… is not a JSON value; text stands in double quotes`],
  ])("says of the token in %s what is wrong", (text, message) => {
    expect(locateFault(text)).toEqual({ line: 1, column: 2, message });
  });

  test.each([
    ["[1,2,]", 5, "a trailing comma before ']'"],
    ['{"a":1, }', 7, "a trailing comma before '}'"],
    ["{'a':1}", 2, "single quotes; expected double quotes"],
    ["['a']", 2, "single quotes; expected double quotes"],
    ["{“a”:1}", 2, "the quote “; expected a straight double quote"],
    ["[1, // one\n2]", 5, "a comment, which JSON never has"],
    ["[1 /* one */]", 4, "a comment, which JSON never has"],
    ["# cell\n{}", 1, "a comment, which JSON never has"],
    ["{} // end", 4, "a comment, which JSON never has"],
    ["{U_f:1}", 2, "the bare key U_f; keys stand in double quotes"],
    ["{1:1}", 2, "the bare key 1; keys stand in double quotes"],
    ['{"a" 1}', 6, "1, expected ':' after the key"],
    ['{"a"}', 5, "'}', expected ':' after the key"],
    ['{"a":}', 6, "'}', expected a value"],
    ["{,}", 2, "',', expected a key in double quotes"],
    ["[,1]", 2, "',', expected a value"],
    ["[1,,2]", 4, "',', expected a value"],
    ["[1 2]", 4, "2, expected ',' or ']'"],
    ["[1}", 3, "'}', expected ',' or ']'"],
    ['{"a":1 "b":2}', 8, "'\"', expected ',' or '}'"],
    ["[1;2]", 3, "';', expected ',' or ']'"],
    ["[1,\u00a02]", 4, "U+00A0, expected a value"],
    ["\uFEFF{}", 1, "U+FEFF, expected a value"],
    ["[𝄞]", 2, "'𝄞', expected a value"],
    ["]", 1, "']', expected a value"],
    ["{}]", 3, "']', expected the end of the text"],
    ["{},", 3, "',', expected the end of the text"],
    ["1 2", 3, "a second value after the first"],
    ['"a""b"', 4, "a second value after the first"],
  ])("locates the offence in %s", (text, column, message) => {
    expect(locateFault(text)).toEqual({ line: 1, column, message });
  });

  test("calls the second line of NDJSON a second value", () => {
    expect(locateFault('{"a":1}\n{"a":2}\n')).toEqual({
      line: 2,
      column: 1,
      message: "a second value after the first",
    });
  });

  test.each([
    ['["a\nb"]', 4, "a raw line break in a string; expected a closing quote, or \\n for the break"],
    ['["a\tb"]', 4, "a raw control character U+0009 in a string; expected it escaped"],
    ['["\u001b[0m"]', 3, "a raw control character U+001B in a string; expected it escaped"],
    ['["a\\x41"]', 4, 'the escape \\x in a string; expected \\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four digits'],
    ['["\\u12G4"]', 3, "\\u in a string; expected four hexadecimal digits after it"],
    ['["\\u12"]', 3, "\\u in a string; expected four hexadecimal digits after it"],
    ['{"a\\\'":1}', 4, "the escape \\' in a string; expected \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four digits"],
  ])("says what is wrong inside the string of %j", (text, column, message) => {
    expect(locateFault(text)).toEqual({ line: 1, column, message });
  });

  test.each([
    ['{"a": [1, 2', 12, "the text ends inside an array that opens at line 1, column 7"],
    ['{"a": [1, 2]', 13, "the text ends inside an object that opens at line 1, column 1"],
    ["[1,", 4, "the text ends inside an array that opens at line 1, column 1"],
    ['{"a":', 6, "the text ends inside an object that opens at line 1, column 1"],
    ['{"a"', 5, "the text ends inside an object that opens at line 1, column 1"],
    ["{", 2, "the text ends inside an object that opens at line 1, column 1"],
    ['["abc', 6, "the text ends inside a string that opens at line 1, column 2"],
    ['["abc\\', 7, "the text ends inside a string that opens at line 1, column 2"],
    ['["abc\\"', 8, "the text ends inside a string that opens at line 1, column 2"],
    ['{"abc', 6, "the text ends inside a string that opens at line 1, column 2"],
  ])("says of %j what the text ends inside", (text, column, message) => {
    expect(locateFault(text)).toEqual({ line: 1, column, message });
  });

  test.each(["", "  \n"])("calls %j empty", (text) => {
    expect(locateFault(text)).toEqual({ line: 1, column: 1, message: "empty, expected a JSON object" });
  });

  test("counts lines that end in LF, CR LF or a lone CR", () => {
    expect(locateFault("[\n1,\r\n2,\r  NaN]")).toMatchObject({ line: 4, column: 3 });
  });

  test("agrees with JSON.parse on each character up to U+0100 in a string and between values", () => {
    for (let code = 0; code <= 0x100; code += 1) {
      const character = String.fromCharCode(code);
      for (const text of [`["${character}"]`, `["\\${character}"]`, `[1${character},2]`, `[1,${character}2]`]) {
        expect(locateFault(text) === null, JSON.stringify(text)).toBe(isValid(text));
      }
    }
  });

  test("cuts a token between code points and keeps control characters as they are", () => {
    expect(messageOf("[\u0007]")).toBe("'\u0007', expected a value");
    expect(messageOf(`{${"k".repeat(200)}:1}`)).toBe(`the bare key ${"k".repeat(80)}…; keys stand in double quotes`);
  });

  test("needs no recursion for a million nested arrays and objects", () => {
    expect(locateFault("[".repeat(1e6) + "]".repeat(1e6))).toBeNull();
    expect(locateFault(`${'{"a":'.repeat(1e6)}1${"}".repeat(1e6)}`)).toBeNull();
    expect(locateFault("[".repeat(1e6))).toMatchObject({ line: 1, column: 1e6 + 1 });
    expect(messageOf('{"a":'.repeat(1e6))).toBe("the text ends inside an object that opens at line 1, column 4999996");
  });

  test("needs no recursion for one token of a million characters", () => {
    expect(locateFault(`[${"1".repeat(1e6)}.${"1".repeat(1e6)}, "${"a\\n".repeat(1e6)}"]`)).toBeNull();
    expect(messageOf(`[${"e".repeat(1e6)}]`)).toMatch(/^e{80}… is not a JSON value/);
    expect(messageOf(`[${"0".repeat(1e6)}]`)).toMatch(/has leading zeros/);
  });

  test("agrees with JSON.parse on random texts with one character changed", () => {
    const character = fc.constantFrom(..."{}[]\",:\\ \n\t\u00000123456789.-+eEuntf/'#aNé\u00a0\u2028".split(""));
    const edit = fc.record({ at: fc.nat(), remove: fc.constantFrom(0, 1), insert: fc.option(character, { nil: "" }) });
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(0, 2), edit, (json, indent, { at, remove, insert }) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(locateFault(text)).toBeNull();
        const start = at % (text.length + 1);
        const mutant = text.slice(0, start) + insert + text.slice(start + remove);
        expect(locateFault(mutant) === null, mutant).toBe(isValid(mutant));
      }),
      { seed: 20260702, numRuns: 5000 },
    );
  });

  test("agrees with JSON.parse on random strings of JSON's characters", () => {
    const piece = fc.constantFrom("{", "}", "[", "]", ",", ":", '"', '"a"', "1", "-", ".", "e", "0", "true", "\\", " ");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        expect(locateFault(text) === null, text).toBe(isValid(text));
      }),
      { seed: 20260703, numRuns: 20000 },
    );
  });

  test("places the offence where the text before it could still become JSON", () => {
    const piece = fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', "1", "null", "'", "NaN");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const found = locateFault(pieces.join(" "));
        if (found === null) return;
        const before = pieces.join(" ").slice(0, found.column - 1);
        expect(messageOf(before) ?? "the text ends").toMatch(/^(the text ends|empty)/);
      }),
      { seed: 20260704, numRuns: 5000 },
    );
  });
});
