import { describe, expect, test } from "vitest";
import { csvRows } from "../../src/input/csv.ts";
import { studentCells } from "../../src/input/student-cells.ts";

const fieldsOf = (text: string) => csvRows(text).map(({ fields }) => fields);

describe("the rows of a text", () => {
  test.each([
    [
      "a,b\nc,d\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,b\r\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,b\rc,d\r",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["\n\n a , b \n\n", [["a", "b"]]],
    [
      "a,\n,b\n,",
      [
        ["a", ""],
        ["", "b"],
        ["", ""],
      ],
    ],
    ['"Doe, Ann","say ""hi"""\n', [["Doe, Ann", 'say "hi"']]],
    ['"two\nlines" , x', [["two\nlines", "x"]]],
    ['"", x', [["", "x"]]],
    ["a;b,c\n", [["a;b", "c"]]],
    [
      "a;b\nc;1,5",
      [
        ["a", "b"],
        ["c", "1,5"],
      ],
    ],
    ["a\tb", [["a", "b"]]],
    ["a", [["a"]]],
    ["", []],
    ["\n", []],
  ])("%j", (text, rows) => {
    expect(fieldsOf(text)).toEqual(rows);
  });

  test("know their lines, also behind a line break in quotes", () => {
    expect(csvRows('a,b\n\n"c\nd",e\nf,g').map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  test.each([
    ['a,b\n"c,d', "line 2"],
    ['a,b\nc,d"e"', "line 2"],
    ['a,b\n"c"d,e', "line 2"],
  ])("%j", (text, place) => {
    expect(() => csvRows(text)).toThrow(`${place}: a quote that is not closed`);
  });

  test("take time in proportion to the text", () => {
    expect(csvRows(`${'"'.repeat(200_000)}\n`)).toHaveLength(1);
    expect(csvRows(" ".repeat(200_000))).toEqual([]);
    expect(csvRows(",".repeat(200_000))[0]!.fields).toHaveLength(200_001);
    expect(() => csvRows(`"${" ".repeat(200_000)}`)).toThrow("line 1");
  });
});

describe("which student has which cell", () => {
  const cellsOf = (text: string) => [...studentCells(text)].map(([student, { cell, line }]) => [student, cell, line]);

  test.each([
    [
      "ann,a.json\nbob,b.json",
      [
        ["ann", "a.json", 1],
        ["bob", "b.json", 2],
      ],
    ],
    ["Student,Cell\nann,a.json", [["ann", "a.json", 2]]],
    ["section,cell,student\n1,a.json,ann", [["ann", "a.json", 2]]],
    ["student;cell\nann;a.json", [["ann", "a.json", 2]]],
    ["e\u0301,a", [["\u00e9", "a", 1]]],
  ])("%j", (text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
  });

  test("is told by rows of which every wrong one is named", () => {
    expect(() => studentCells("student,cell\nann\n,a\nbob,\nbob,x\nbob,y")).toThrow(
      /line 2: 1 field, expected 2.*\nline 3: no student.*\nline 4: no cell.*\nline 6: bob stands on line 5 too/,
    );
  });
});

test("takes any text in time that goes with its length, and no more of the stack", () => {
  const long = 5e6;
  expect(csvRows(`a,"${"b".repeat(long)}"`)[0]!.fields[1]).toHaveLength(long);
  expect(csvRows(`a,"${'""'.repeat(long)}"`)[0]!.fields[1]).toHaveLength(long);
  for (const text of [`a,"${'""'.repeat(long)}`, `${" ".repeat(long)}x"`, `a,${"b".repeat(long)}"`]) {
    expect(() => csvRows(text)).toThrow("a quote that is not closed or stands within a field");
  }
});
