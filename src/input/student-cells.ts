/** The file that says which student works with which cell. */

import { DlstmError, failure, type Problem, toProblem } from "../errors.ts";
import { counted } from "../words/counted.ts";
import { csvRows } from "./csv.ts";
import { excerpt } from "./excerpt.ts";

/** Where the cell of a student is, as the file says it. */
export interface StudentCell {
  readonly cell: string;
  readonly line: number;
}

const EXPECTED = "expected student,cell";

/**
 * A row a student; a first row that names the columns may have others beside them.
 * @returns by the student's name
 * @throws {DlstmError} syntax, shape, missing or ambiguous, with every row that is wrong.
 */
export function studentCells(text: string): ReadonlyMap<string, StudentCell> {
  const rows = csvRows(text);
  if (rows.length === 0) throw failure("missing", `no row, ${EXPECTED}`);
  const names = rows[0].fields.map((name) => name.toLowerCase());
  const named = [names.indexOf("student"), names.indexOf("cell")] as const;
  const hasHead = named.every((column) => column >= 0);
  const [studentAt, cellAt] = hasHead ? named : [0, 1];
  const width = hasHead ? names.length : 2;
  const columns = excerpt(hasHead ? rows[0].fields.join(",") : "student,cell");
  const problems: Problem[] = [];
  const cells = new Map<string, StudentCell>();
  for (const { line, fields } of hasHead ? rows.slice(1) : rows) {
    const [student, cell] = [studentName(fields[studentAt] ?? ""), fields[cellAt] ?? ""];
    const add = (...[code, message]: [Problem["code"], string]) => {
      problems.push(toProblem(code, message, { place: `line ${line}` }));
    };
    if (fields.length !== width) add("shape", `${counted(fields.length, "field")}, expected ${width}: ${columns}`);
    else if (student === "" || cell === "") add("missing", `${student === "" ? "no student" : "no cell"}, ${EXPECTED}`);
    else if (cells.has(student))
      add("ambiguous", `${excerpt(student)} stands on line ${cells.get(student)?.line} too, expected a row a student`);
    else cells.set(student, { cell, line });
  }
  if (problems.length > 0) throw new DlstmError(problems);
  return cells;
}

/** A name however its accents are stored: file systems have ways of their own. */
export function studentName(text: string): string {
  return text.normalize("NFC");
}
