import { describe, expect, test } from "vitest";
import { ProblemList } from "../../src/errors.ts";
import { parseJson } from "../../src/input/json.ts";
import { readMatrix, readVector } from "../../src/input/numbers.ts";

const H = { length: 2, name: "the hidden size" };
const I = { length: 3, name: "the input size" };
const sourced = (value: unknown) => ({ value, file: "cell.json", place: "K" });

function told<T>(read: (problems: ProblemList) => T) {
  const problems = new ProblemList();
  const value = read(problems);
  let lines: string[] = [];
  try {
    problems.throwIfAny();
  } catch (error) {
    lines = (error as Error).message.split("\n");
  }
  return { value, lines, count: problems.count };
}
const vectorOf = (value: unknown) => told((problems) => readVector(sourced(value), H, problems));
const matrixOf = (value: unknown, rows: typeof H | null = H) =>
  told((problems) => readMatrix(sourced(value), rows, I, problems));

describe("readVector", () => {
  test.each([[[0, -0]], [[5e-324, 1.7976931348623157e308]]])("keeps every double of %j", (value) => {
    expect(vectorOf(value)).toEqual({ value: Float64Array.from(value), lines: [], count: 0 });
  });

  test.each([
    ["a number short", [1], "K: 1 number, expected 2 (the hidden size)"],
    ["a number over", [1, 2, 3], "K: 3 numbers, expected 2 (the hidden size)"],
    ["text", [1, "2"], 'K[1]: the text "2", expected a finite number'],
    ["null", [null, 2], "K[0]: null, expected a finite number"],
    ["a truth value", [1, false], "K[1]: false, expected a finite number"],
    ["a row", [1, [2]], "K[1]: an array, expected a finite number"],
  ])("names place, value and expectation: %s", (_, value, line) => {
    expect(vectorOf(value).lines).toEqual([`cell.json: ${line}`]);
  });

  test("says of a number that parseJson tells from zero that no double is as near", () => {
    const [value] = [parseJson("[1,-0.3e-323,0e-999,-1e-400]")];
    expect(told((problems) => readVector(sourced(value), { length: 4, name: "" }, problems)).lines).toEqual([
      "cell.json: K[3]: a number that is not zero but nearer to it than any double, ±5e-324, or NaN, expected a finite number",
    ]);
  });

  test("says of a number beyond the range of a double that it is one", () => {
    expect(vectorOf([1, JSON.parse("1e999")]).lines).toEqual([
      expect.stringMatching(/^cell\.json: K\[1\]: .*beyond the range of a double.*, expected a finite number$/),
    ]);
  });
});

describe("readMatrix", () => {
  test("stores the rows one after the other", () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(matrixOf(rows).value).toEqual({ rows: 2, cols: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6) });
  });

  test("takes as many rows as there are where no size is asked for", () => {
    expect(matrixOf(Array(5).fill([1, 2, 3]), null)).toMatchObject({ value: { rows: 5, cols: 3 }, count: 0 });
  });

  test("reports rows that are too many, ragged or no rows, each at its place", () => {
    expect(matrixOf([[1, 2, 3], [1], 7]).lines).toEqual([
      "cell.json: K: 3 rows, expected 2 (the hidden size)",
      "cell.json: K[1]: 1 number, expected 3 (the input size)",
      "cell.json: K[2]: 7, expected a row of 3 numbers",
    ]);
  });

  test("goes on after a bad entry, counts all and keeps ten", () => {
    const { lines, count } = matrixOf(Array(20).fill([1, null, "x"]), null);
    expect([lines.length, count]).toEqual([10, 40]);
    expect(lines[1]).toBe('cell.json: K[0][2]: the text "x", expected a finite number');
  });
});
