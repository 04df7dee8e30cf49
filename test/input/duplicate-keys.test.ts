import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DlstmError, inFile } from "../../src/errors.ts";
import { rejectDuplicateKeys } from "../../src/input/duplicate-keys.ts";

function duplicatesIn(text: string) {
  JSON.parse(text);
  try {
    inFile("cell.json", () => rejectDuplicateKeys(text));
  } catch (error) {
    if (error instanceof DlstmError) return error;
    throw error;
  }
  return null;
}

const placesIn = (text: string) => duplicatesIn(text)?.problems.map((problem) => problem.place) ?? [];

describe("rejectDuplicateKeys", () => {
  test.each([
    ["no object", '[1,"a","a"]'],
    ["equal keys in different objects", '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}'],
    ["strings that equal keys", '{"a":"a","b":["a","b","a"]}'],
    ["quotes within strings", String.raw`{"a\"":1,"a":"\"a\":","b\\":"\\","b":1}`],
    ["braces within strings", '{"a":"}{","{":1,"}":"{","b":{"a":"}"},"c":"}"}'],
    ["keys that differ in case", '{"a":1,"A":2}'],
    ["keys that differ in their Unicode normal form", '{"\u00e9":1,"e\u0301":2}'],
    ["different lone surrogates", String.raw`{"\ud800":1,"\ud801":2}`],
    ["empty objects", '{"a":{},"b":{},"c":[{},{}]}'],
  ])("accepts %s", (_, text) => {
    expect(duplicatesIn(text)).toBeNull();
  });

  test.each([
    ["at the top", '{"a":1,"b":2,"a":3}', ["a"]],
    ["with an array and an object between", '{"a":1,"b":[{"a":"}"}],"a":3}', ["a"]],
    ["deep inside", '{"a":{"b":[0,[],{"c":1,"d":2,"c":3}]}}', ["a.b[2].c"]],
    ["in an array at the top", '[[],[{"a":1},{"a":1,"a":2}]]', ["[1][1].a"]],
    ["three times, twice too often", '{"a":1,"a":2,"a":3}', ["a", "a"]],
    ["in several objects", '{"x":{"a":1,"a":2},"y":{"b":1,"b":2},"x":1}', ["x.a", "y.b", "x"]],
    ["inside the second of two equal keys", '{"x":1,"x":{"a":1,"a":2}}', ["x", "x.a"]],
    ["spelled with an escape", String.raw`{"a":1,"\u0061":2}`, ["a"]],
    ["spelled with escapes that hold quotes", String.raw`{"\"":1,"\u0022":2,"\\":3,"\u005c":4}`, ['"', "\\"]],
    ["__proto__", '{"__proto__":1,"__proto__":2}', ["__proto__"]],
    ["constructor", '{"constructor":1,"constructor":2}', ["constructor"]],
    ["the empty key", '{"":1,"":2}', [""]],
    ["a lone surrogate", String.raw`{"\ud800":1,"\uD800":2}`, [String.raw`\ud800`]],
    ["with white space before the colon", '{"a" \r\n\t:1 , "a"  : 2}', ["a"]],
    ["outside one-byte strings", '{"Ж":1,"a":"Ж","Ж":2}', ["Ж"]],
  ])("finds a key that stands twice: %s", (_, text, places) => {
    expect(placesIn(text)).toEqual(places);
  });

  test("says where the repetition stands", () => {
    expect(duplicatesIn('{"a":{\r\n "b":1,\r\n  "b":2}}')?.problems).toEqual([
      {
        code: "duplicate-key",
        file: "cell.json",
        place: "a.b",
        message: 'the key "b" stands again at line 3, column 3; expected it once',
      },
    ]);
  });

  test("keeps ten problems and counts the rest", () => {
    const error = duplicatesIn(`{${'"a":0,'.repeat(1000)}"b":0}`);
    expect(error?.problems).toHaveLength(10);
    expect(error?.count).toBe(999);
  });

  test("cuts long keys and long paths", () => {
    const key = "k".repeat(1000);
    const long = duplicatesIn(`{"${key}":1,"${key}":2}`)?.problems[0];
    expect(long?.place).toBe(`${"k".repeat(80)}…`);
    expect(long?.message).toContain(`"${"k".repeat(80)}…"`);
    const path = placesIn(`${'{"abcdefg":'.repeat(100)}{"a":1,"a":2}${"}".repeat(100)}`)[0];
    expect(path).toBe(`…${".abcdefg".repeat(9)}.a`);
  });

  test("works on a million nested objects and arrays", () => {
    const nested = (inner: string) => '{"a":'.repeat(1e6) + inner + "}".repeat(1e6);
    expect(duplicatesIn(nested("1"))).toBeNull();
    expect(placesIn(nested('{"b":1,"b":2}'))[0]).toMatch(/^…(\.a)+\.b$/);
    expect(placesIn(`${"[".repeat(1e6)}{"b":1,"b":2}${"]".repeat(1e6)}`)[0]).toMatch(/^…(\[0\])+\.b$/);
  });

  test("works on a long run of backslashes and on many strings", () => {
    expect(duplicatesIn(`{"a":"${"\\\\".repeat(5e5)}","b":"${'\\"'.repeat(5e5)}"}`)).toBeNull();
    expect(placesIn(`{"a":[${'"{",'.repeat(2e5)}0],"a":1}`)).toEqual(["a"]);
  });

  test("agrees with a recursive reference on random objects with repeated keys", () => {
    fc.assert(
      fc.property(document, (node) => {
        const expected = repetitions(node, "");
        const error = duplicatesIn(write(node));
        expect(error?.count ?? 0).toBe(expected.length);
        expect(error?.problems.map((problem) => problem.place) ?? []).toEqual(expected.slice(0, 10));
      }),
      { seed: 20260701, numRuns: 2000 },
    );
  });
});

/** A JSON document whose objects may repeat keys; a key is its written form. */
type Node = { array: Node[] } | { object: [string, Node][] } | { leaf: string };

const KEYS = [
  '"a"',
  '"\\u0061"',
  '"b"',
  '"\\""',
  '"\\u0022"',
  '"{"',
  '"}"',
  '"[,]"',
  '"\\\\"',
  '"__proto__"',
  '"1"',
  '"é"',
];
const LEAVES = ["0", "-1.5e3", "true", "null", '""', '"a"', '"a\\":"', '"}{"', '"\\\\"', '"],["', "{}", "[]"];

const { document } = fc.letrec<{ document: Node }>((tie) => ({
  document: fc.oneof(
    { depthSize: "small" },
    fc.record({ leaf: fc.constantFrom(...LEAVES) }),
    fc.record({ array: fc.array(tie("document"), { maxLength: 4 }) }),
    fc.record({ object: fc.array(fc.tuple(fc.constantFrom(...KEYS), tie("document")), { maxLength: 6 }) }),
  ),
}));

function write(node: Node): string {
  if ("leaf" in node) return node.leaf;
  if ("array" in node) return `[${node.array.map(write).join(" , ")}]`;
  return `{${node.object.map(([key, value]) => `${key} : ${write(value)}`).join(",\n")}}`;
}

function repetitions(node: Node, path: string): string[] {
  if ("leaf" in node) return [];
  if ("array" in node) return node.array.flatMap((child, index) => repetitions(child, `${path}[${index}]`));
  const keys = node.object.map(([key]) => JSON.parse(key) as string);
  return node.object.flatMap(([, child], index) => {
    const own = path === "" ? keys[index]! : `${path}.${keys[index]}`;
    const again = keys.indexOf(keys[index]!) < index ? [own] : [];
    return [...again, ...repetitions(child, own)];
  });
}
