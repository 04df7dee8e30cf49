/**
 * What Canvas reads in a gradebook that is imported.
 * Source: https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb
 */
import { csvRows } from "../../src/input/csv.ts";

/** Student, ID, the SIS columns as far as they are there, Section; what Canvas computes itself is passed over. */
const STUDENT_COLUMNS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section"];
const COMPUTED = /(Current|Final) (Score|Points|Grade)|Override/;

export function canvasGrades(text: string) {
  const [head, ...rows] = csvRows(text).map(({ fields }) => fields);
  if (head === undefined || !head[0]!.includes("Student") || !head[1]!.includes("ID")) throw new Error("no header");
  const section = head.indexOf("Section");
  const own = head.slice(0, section + 1);
  const inOrder = STUDENT_COLUMNS.filter((name) => own.includes(name));
  if (section < 2 || own.join() !== inOrder.join()) throw new Error("columns of students that do not end with Section");
  const columns = [...head.keys()].filter((k) => k > section && !COMPUTED.test(head[k]!));
  const pointsPossible: string[] = [];
  const students: { id: number; name: string; grades: string[] }[] = [];
  for (const row of rows) {
    if (row.length !== head.length) throw new Error(`${row.length} fields, expected ${head.length}`);
    const cells = columns.map((k) => row[k]!);
    if (row[0]!.includes("Points Possible")) pointsPossible.push(...cells);
    else if (!row.every((cell) => /^\s*(Muted|Manual Posting.*)?\s*$/i.test(cell))) {
      for (const cell of cells) if (!/^(-?\d+([.,]\d+)?%?|EX|)$/i.test(cell)) throw new Error(`${cell}: no grade`);
      students.push({ id: Number(row[1]), name: row[0]!, grades: cells });
    }
  }
  const assignments = columns.map((k) => {
    const [, title, id] = /^(.*) \((\d+)\)$/.exec(head[k]!) ?? [];
    return { title, id: Number(id) };
  });
  return { assignments, pointsPossible, students };
}
