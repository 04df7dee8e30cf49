import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../../src/errors.ts";
import { fixtureNames } from "../helpers/fixtures.ts";
import { errorSchema } from "../helpers/result-schemas.ts";
import { run, runMain } from "../helpers/run.ts";

const UNKNOWN = "unknown key, expected a key of the native cell; the nearest is";
const HUGE = "a number beyond the range of a double, ±1.7976931348623157e308";
const ENDS = "the text ends inside an array that opens at";

/** Every file of fixtures/invalid: the code of its first problem, and its lines behind the file's name. */
const INVALID: Record<string, [code: ErrorCode, ...lines: string[]]> = {
  "bare-vector-for-matrix": [
    "shape",
    "U_f[0]: 0.5, expected a row of 2 numbers",
    "U_f[1]: -1.2, expected a row of 2 numbers",
  ],
  "bidirectional-text": ["syntax", "line 2, column 17: '\\u202e', expected a value"],
  "duplicate-key": ["duplicate-key", 'U_f: the key "U_f" stands again at line 3, column 3; expected it once'],
  empty: ["syntax", "line 1, column 1: empty, expected a JSON object"],
  "empty-matrix": ["shape", "U_f: 0 rows, expected at least 1"],
  "empty-row": ["shape", "U_f[0]: 0 numbers, expected 1 (the hidden size)"],
  "empty-sequence": ["shape", "x: 0 rows, expected at least 1"],
  "escape-sequences": [
    "unknown-key",
    "U_i\\x1b[2J\\x07\\u202e\\x0d\\x0a: unknown key, expected a key of the native cell",
    'U_f[0][1]: the text "\\u001b[31mred\\u0007\\u202e", expected a finite number',
  ],
  infinity: ["syntax", "line 2, column 25: -Infinity is not a JSON number; expected a finite number"],
  "invalid-utf8": ["encoding", "byte 15: 0xF6 is not valid UTF-8 here; save it as UTF-8"],
  "long-text": [
    "not-a-number",
    `U_f[0][1]: the text "${"digits ".repeat(12).slice(0, 80)}…", expected a finite number`,
  ],
  "matrix-for-vector": [
    "not-a-number",
    "h_prev[0]: an array, expected a finite number",
    "h_prev[1]: an array, expected a finite number",
  ],
  "missing-W": ["missing", "W_f: missing, expected it beside U_f, because x_t is given"],
  "misspelt-key": ["unknown-key", `h_perv: ${UNKNOWN} h_prev`],
  "name-not-a-string": ["shape", "name: 7, expected a string"],
  nan: ["syntax", "line 2, column 17: NaN is not a JSON number; expected a finite number"],
  "not-an-object": ["shape", "an array, expected a JSON object"],
  "nothing-to-compute": [
    "missing",
    "U_f: missing, expected at least one of U_f, U_i, U_o, U_u: nothing can be computed without",
  ],
  "null-entry": ["not-a-number", "U_f[1][1]: null, expected a finite number"],
  "number-for-matrix": ["shape", "U_f: 0.5, expected an array"],
  "number-overflow-1e999": ["not-a-number", `U_f[1][0]: ${HUGE}, expected a finite number`],
  "number-underflow-1e-400": [
    "not-a-number",
    "U_f[1][0]: a number that is not zero but nearer to it than any double, ±5e-324, or NaN, expected a finite number",
  ],
  "object-for-matrix": ["shape", "U_f: an object, expected an array"],
  "other-names": [
    "unknown-key",
    `W_xi: ${UNKNOWN} W_i`,
    `W_hi: ${UNKNOWN} U_i`,
    `b_c: ${UNKNOWN} b_u`,
    `V_f: ${UNKNOWN} U_f`,
    `h_0: ${UNKNOWN} h_prev`,
  ],
  overflow: [
    "overflow",
    "optimum.2.max.f.preactivation[1]: leaves the range of a double, expected a value within ±1.7976931348623157e308",
  ],
  "proto-key": ["unknown-key", "__proto__: unknown key, expected a key of the native cell"],
  "ragged-row": ["shape", "U_f[1]: 3 numbers, expected 2 (the hidden size)"],
  "raw-escape": ["syntax", "line 2, column 17: '\\x1b', expected a value"],
  "single-quotes": ["syntax", "line 2, column 3: single quotes; expected double quotes"],
  "text-for-number": ["not-a-number", 'U_f[0][1]: the text "-1.2", expected a finite number'],
  "three-problems": [
    "unknown-key",
    `U_x: ${UNKNOWN} U_f`,
    "U_f[1][0]: null, expected a finite number",
    "h_prev: 1 number, expected 2 (the hidden size)",
  ],
  "trailing-comma": ["syntax", "line 2, column 34: a trailing comma before ']'"],
  "true-for-number": ["not-a-number", "U_f[0][1]: true, expected a finite number"],
  truncated: ["syntax", `line 3, column 1: ${ENDS} line 2, column 24`],
  "two-objects": ["syntax", "line 2, column 1: a second value after the first"],
  "unknown-key": ["unknown-key", `bias_f: ${UNKNOWN} b_f`],
  utf16: ["encoding", "UTF-16, expected UTF-8; save it as UTF-8"],
  "wrong-hidden-size": ["shape", "b_f: 3 numbers, expected 2 (the hidden size)"],
  "wrong-input-size": ["shape", "x_t: 2 numbers, expected 3 (the input size)"],
  "x-beside-x_t": [
    "ambiguous",
    "x: given beside x_t, expected one of them: x is a sequence, x_t the input of one step",
  ],
};

describe("a broken cell", () => {
  test("has a row in the table above for every file", () => {
    const files = Object.keys(INVALID).map((name) => `${name}.json`);
    expect(files.toSorted()).toEqual(fixtureNames("invalid"));
  });

  test.each(Object.entries(INVALID))("%s.json is explained on stderr and ends with 2", (name, [, ...lines]) => {
    const file = `fixtures/invalid/${name}.json`;
    const stderr = lines.map((line) => `dlstm: ${file}: ${line}\n`).join("");
    expect(run([file])).toEqual({ stdout: "", stderr, status: 2 });
  });

  test.each(Object.entries(INVALID))("%s.json gives one object with --json", async (name, [code, ...lines]) => {
    const file = `fixtures/invalid/${name}.json`;
    const { stdout, stderr, status } = await runMain([file, "--json"]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    const { error, more, count } = errorSchema.parse(JSON.parse(stderr));
    expect([error.code, count]).toEqual([code, lines.length]);
    const told = [error, ...more].map(({ file, place, message }) => [file, place, message].filter(Boolean).join(": "));
    expect(told).toEqual(lines.map((line) => `${file}: ${line}`));
  });

  test.each(Object.keys(INVALID))(
    "%s.json leaves no control or bidirectional character on a terminal",
    async (name) => {
      const { stderr } = await runMain([`fixtures/invalid/${name}.json`], { columns: 80, env: { LANG: "C.UTF-8" } });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
      expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
    },
  );
});
