import { expect, test } from "vitest";
import { Grader } from "../../src/grade/grade.ts";
import { cellKey, resultKey } from "../../src/grade/key.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { randomCell } from "./lesson.ts";

test("wishes that cannot be fulfilled are the teacher's error", () => {
  const key = cellKey(parseCell(randomCell(0)));
  expect(() => new Grader(key, { require: ["gates.g"] })).toThrow(/--require: "gates.g" is no quantity/);
  expect(() => new Grader(key, { require: ["gradient.x"] })).toThrow(/gradient.x: required, but the key/);
  expect(() => new Grader(key, { points: new Map([["c_t", -1]]) })).toThrow(/--points c_t: -1/);
  expect(() => new Grader(key, { points: new Map([["c_t", 1.0001e9]]) })).toThrow(
    /expected 0 or 1e-9 to 1000000000 points/,
  );
  expect(
    () => new Grader(key, { points: new Map(["c_t", "h_t"].map((name, k) => [name, [1e9, 1e-9][k]!])) }),
  ).not.toThrow();
  expect(() => new Grader(key, { points: new Map() })).toThrow(/--points: empty/);
  const long = "x".repeat(200);
  expect(() => new Grader(key, { require: [long] })).toThrow(`--require: "${"x".repeat(80)}" is no quantity`);
  const result = resultKey({ c_t: [1] }, null);
  expect(() => new Grader(result, { followThrough: true })).toThrow(/--follow-through/);
});
