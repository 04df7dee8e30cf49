import { describe, expect, test } from "vitest";
import { DlstmError, describeProblem, ProblemList } from "../../../src/errors.ts";
import { type Reading, typedRows } from "../../../src/input/typed/rows.ts";
import { randomDoubles } from "../../helpers/random-doubles.ts";

const WHERE = { file: null, place: "--U-f" };

function read(text: string, reading: Reading = "matrix") {
  const problems = new ProblemList();
  const found = typedRows(text, reading, WHERE, problems);
  problems.throwIfAny();
  return found;
}

function faults(text: string, reading?: Reading): string[] {
  try {
    read(text, reading);
  } catch (error) {
    if (error instanceof DlstmError) return error.problems.map(describeProblem);
    throw error;
  }
  return [];
}

/** The ways in which people and programs write a matrix, and how many levels of brackets they have. */
const WAYS: [name: string, depth: number, write: (rows: string[][]) => string][] = [
  ["JSON", 2, (rows) => JSON.stringify(rows).replaceAll('"', "")],
  ["JSON over lines", 2, (rows) => JSON.stringify(rows, null, 2).replaceAll('"', "")],
  ["semicolons", 0, (rows) => rows.map((row) => row.join(" ")).join("; ")],
  ["semicolons at every end", 0, (rows) => rows.map((row) => `${row.join("  ")} ;`).join("\n")],
  ["lines", 0, (rows) => `\n${rows.map((row) => row.join(" ")).join("\n")}\n\n`],
  ["a spreadsheet", 0, (rows) => rows.map((row) => row.join("\t")).join("\r\n")],
  ["CSV", 0, (rows) => rows.map((row) => row.join(",")).join("\n")],
  ["CSV with quotes", 0, (rows) => rows.map((row) => row.map((text) => `"${text}"`).join(",")).join("\r\n")],
  ["CSV of a country with decimal commas", 0, (rows) => `${rows.map((row) => row.join(";")).join("\r\n")}\r\n`],
  ["CSV with spaces", 0, (rows) => rows.map((row) => row.join(", ")).join("\r")],
  ["MATLAB", 1, (rows) => `[${rows.map((row) => row.join(" ")).join("; ")}]`],
  ["MATLAB with commas", 1, (rows) => `[ ${rows.map((row) => row.join(", ")).join(";\n")} ];`],
  ["MATLAB over lines", 1, (rows) => `[${rows.map((row) => row.join(" ")).join("\n")}]`],
  ["numpy", 2, (rows) => `[[${rows.map((row) => row.join(" ")).join("]\n [")}]]`],
  ["numpy over lines", 2, (rows) => `[[ ${rows.map((row) => row.join("\n   ")).join("]\n [ ")}]]`],
  ["numpy's array", 2, (rows) => `array([[${rows.map((row) => row.join(", ")).join("],\n       [")}]])`],
  ["an array of a type", 2, (rows) => `np.array([[${rows.map((row) => row.join()).join("],[")}]], dtype=float32)`],
  ["a tensor", 2, (rows) => `tensor([[${rows.map((row) => row.join(", ")).join("],\n [")}]], requires_grad=True)`],
  ["Python", 2, (rows) => `[\n${rows.map((row) => `    [${row.join(", ")},],`).join("\n")}\n]`],
];

describe("rows as they are typed and pasted", () => {
  test.each(WAYS)("%s: doubles over all bits come back exactly", (_, depth, write) => {
    const next = randomDoubles(depth + 1);
    for (let k = 0; k < 20; k++) {
      const [rows, cols] = [2 + (k % 3), 1 + (k % 4)];
      const values = Array.from({ length: rows }, () => Array.from({ length: cols }, next));
      const texts = values.map((row) => row.map((value, c) => (c % 2 === 0 ? String(value) : `${value}/1`)));
      expect(read(write(texts))).toEqual({ rows: values, depth });
    }
  });

  test("a vector of numpy's goes on in the next line, and so does a list after a comma", () => {
    expect(read("[0.5 1.\n 2. ]", "vector")).toEqual({ rows: [[0.5, 1, 2]], depth: 1 });
    expect(read("[\n  1/2,\n  1\n]", "matrix")).toEqual({ rows: [[0.5, 1]], depth: 1 });
    expect(read("[1\n,2]", "input")).toEqual({ rows: [[1, 2]], depth: 1 });
    expect(faults("[1 2\n 3 4]", "input")).toEqual([expect.stringMatching(/^a line break within brackets/)]);
  });

  test.each([
    ["", "empty, expected numbers such as 0.5 -1.2"],
    ["[]", "empty, expected numbers such as 0.5 -1.2"],
    [" ;", "--U-f[0][0]: empty, expected a number such as -0.5, 1e-3 or 1/3"],
    ["[[]]", "--U-f[0][0]: empty, expected a number such as -0.5, 1e-3 or 1/3"],
    ["1 2;;3 4", "--U-f[1][0]: empty"],
    ["1,,2", "--U-f[0][1]: empty"],
    ["1,2,", "--U-f[0][2]: empty"],
    ["1\t\t2", "--U-f[0][1]: empty"],
    ["1 / 2", "--U-f[0][1]: / is not a number, expected one such as -0.5, 1e-3 or 1/3, without spaces"],
    ["1 2;3 4\n5 6;7 8", "rows that end at semicolons and at line breaks, expected one of the two"],
    ["1;;2\n3;4;5", "--U-f[0][1]: empty, expected a number"],
    ["0,5 -1\n1 2", "--U-f[0][0]: 0,5 has a decimal comma, expected a point: 0.5"],
    ["5;1\n−1,2;3", "--U-f[1][0]: −1,2 has a decimal comma, expected a point: -1.2"],
    ['"0,5";"1"\n"2";"3"', "--U-f[0][0]: 0,5 has a decimal comma, expected a point: 0.5"],
    ['"a",1\n2,3', "--U-f[0][0]: a is not a number"],
    ["[1,2", "brackets that do not match"],
    ["1,2]", "brackets that do not match"],
    ["[1,2],[3,4]", "brackets that do not match"],
    ["[[1,2],3,[4]]", "brackets that do not match"],
    ["[[[1]]]", "3 levels of brackets, expected at most two"],
    ['{"U_f":[[1]]}', "an object, expected rows such as [[0.5,-1.2],[1.5,0.8]]"],
    ["[[1,null]]", "--U-f[0][1]: null is not a number"],
    ["1 2; 3 1/0", "--U-f[1][1]: 1/0 is divided by zero, expected another denominator"],
  ])("%j is refused", (text, fault) => {
    const [line, ...more] = faults(text);
    expect(line).toContain(fault);
    expect(more).toEqual([]);
  });

  test("a single row of a vector has its entries counted without the row", () => {
    expect(faults("1 x", "vector")).toEqual([expect.stringMatching(/^--U-f\[1\]: x is not/)]);
    expect(faults("1; x", "vector")).toEqual([expect.stringMatching(/^--U-f\[1\]\[0\]: x is not/)]);
  });

  test("hostile texts are refused within a time that grows with their length", () => {
    for (const text of [
      "\t".repeat(2e5),
      " ".repeat(2e5),
      "[".repeat(2e5),
      `1${" ".repeat(2e5)}[`,
      "1\t ".repeat(1e5),
    ]) {
      expect(faults(`${text}x`).length).toBeGreaterThan(0);
    }
    expect(faults(";".repeat(2 ** 24 + 1))).toEqual(["more than 16777216 times ';' in one text"]);
  });
});
