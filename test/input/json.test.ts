import { describe, expect, test } from "vitest";
import { DlstmError, inFile } from "../../src/errors.ts";
import { parseJson } from "../../src/input/json.ts";

function failureOf(text: string): DlstmError {
  try {
    inFile("cell.json", () => parseJson(text));
  } catch (error) {
    if (error instanceof DlstmError) return error;
    throw error;
  }
  throw new Error("expected a failure");
}

describe("parseJson", () => {
  test.each(['{"U_f":[[1,-0],[2e3,0.5]],"name":"a \\"b\\" {c}"}', "[]", " null\n", "1e999"])(
    "gives what JSON.parse gives: %s",
    (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text));
    },
  );

  test("keeps __proto__ as a key of its own", () => {
    expect(Object.keys(parseJson('{"__proto__":{"a":1}}') as object)).toEqual(["__proto__"]);
  });

  test("reports a syntax error at its line and column", () => {
    expect(failureOf('{\n  "U_f": [[1, NaN]]\n}').problems).toEqual([
      {
        code: "syntax",
        file: "cell.json",
        place: "line 2, column 15",
        message: "NaN is not a JSON number; expected a finite number",
      },
    ]);
  });

  test.each(["", " \r\n\t"])("calls a text without a value empty: %j", (text) => {
    expect(failureOf(text).problems).toMatchObject([{ code: "syntax", message: "empty, expected a JSON object" }]);
  });

  test("reports a syntax error before a key that stands twice", () => {
    expect(failureOf('{"a":1,"a":2').problems[0]?.code).toBe("syntax");
  });

  test("reports a key that stands twice", () => {
    expect(failureOf('{"U_f":[[1]],\n"U_f":[[2]]}').problems).toEqual([
      {
        code: "duplicate-key",
        file: "cell.json",
        place: "U_f",
        message: 'the key "U_f" stands again at line 2, column 1; expected it once',
      },
    ]);
  });

  test("refuses a text with more parts than can be parsed within seconds", () => {
    expect(failureOf("[".repeat(2 ** 24 + 1)).problems).toEqual([
      { code: "too-large", file: "cell.json", place: null, message: "more than 16777216 times '[' in one text" },
    ]);
  });

  test("parses a million nested arrays and locates what they lack", () => {
    const nested = "[".repeat(1e6) + "]".repeat(1e6);
    expect(Array.isArray(parseJson(nested))).toBe(true);
    expect(failureOf(nested.slice(0, -1)).problems[0]?.message).toBe(
      "the text ends inside an array that opens at line 1, column 1",
    );
  });
});
