import { describe, expect, test } from "vitest";
import { tableText } from "../../../src/render/manual/table.ts";

const ROWS = [
  ["H", "name", "what it is"],
  ["4", "gates", "four vectors, f and i and o and u"],
  ["1024", "c_t", "the memory"],
];

describe("tableText", () => {
  test("aligns what fits, numbers to the right", () => {
    expect(tableText(ROWS, 60, "-").split("\n")).toEqual([
      "   H  name   what it is",
      "----------------------------------------------",
      "   4  gates  four vectors, f and i and o and u",
      "1024  c_t    the memory",
    ]);
  });

  test("wraps the last column where that leaves it room", () => {
    expect(tableText(ROWS, 34, "-").split("\n")).toEqual([
      "   H  name   what it is",
      "----------------------------------",
      "   4  gates  four vectors, f and i",
      "             and o and u",
      "1024  c_t    the memory",
    ]);
  });

  test("is a list where it does not", () => {
    expect(tableText(ROWS, 20, "-").split("\n")).toEqual([
      "4",
      "    name: gates",
      "    what it is: four",
      "    vectors, f and i",
      "    and o and u",
      "1024",
      "    name: c_t",
      "    what it is: the",
      "    memory",
    ]);
    const two = [
      ["what", "how"],
      ["something with a long name", "so"],
      ["another", ""],
    ];
    expect(tableText(two, 28, "-").split("\n")).toEqual(["something with a long name", "    so", "another"]);
  });
});
