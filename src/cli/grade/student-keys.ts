/** A key of each student's own: --key-per-student. */
import { dirname, join } from "node:path";
import { DlstmError, describeProblem, failure, inFile, ProblemList, toProblem } from "../../errors.ts";
import { withoutKey } from "../../grade/no-key.ts";
import { askedFor, type GradeOptions } from "../../grade/options.ts";
import { excerpt } from "../../input/excerpt.ts";
import { type StudentCell, studentCells, studentName } from "../../input/student-cells.ts";
import { decodeText } from "../../input/text.ts";
import type { Context } from "../context.ts";
import { nameOf, type Quiet } from "../load-cell.ts";
import { MOST_JSON, withSource } from "../source.ts";
import { gradeFile } from "./answers.ts";
import type { GradeFlags } from "./flags.ts";
import type { HandIn } from "./folder.ts";
import { loadMarker, type Marker, type Marking } from "./marking.ts";

/** As many keys are kept for the students to come: a class may share a few. */
const KEPT = 16;

/**
 * Judges each student by the cell of that student's row. All cells are read before anybody is graded, and again when their
 * student comes: a class of large ones does not fit into memory.
 * @throws {DlstmError} for a file of cells that is wrong, or names a cell that is; usage, as {@link askedFor}.
 */
export async function byStudentKeys(
  path: string,
  options: GradeOptions,
  flags: GradeFlags,
  context: Context,
): Promise<Marking> {
  askedFor(options, null);
  const cells = await withSource(path, flags.maxBytes ?? MOST_JSON, context, async ({ file, size, read }) =>
    inFile(file, () => studentCells(decodeText(read(0, size)))),
  );
  const markers = new Map<string, Marker>();
  const load = async (cell: string, notes: Quiet) => {
    const marker = await loadMarker(cell, options, { ...flags, ...notes }, context);
    const [oldest] = markers.keys();
    if (markers.size === KEPT) markers.delete(oldest);
    markers.set(cell, marker);
    return marker;
  };
  await requireCells(cells, path, (cell) => load(cell, flags));
  const faults = new ProblemList();
  return {
    heading: nameOf(path),
    judge: async (handIn) => {
      const row = cells.get(studentName(handIn.student));
      if (row === undefined) return withoutKey(noRow(handIn, path), options);
      const cell = cellPath(path, row);
      const { grader, limits } = markers.get(cell) ?? (await load(cell, { quiet: true }));
      const before = grader.keyFault;
      const { fault } = handIn;
      const result = fault ? grader.unreadable(fault) : await gradeFile(handIn.path, grader, limits, context);
      if (grader.keyFault !== null && before === null) for (const one of grader.keyFault.problems) faults.add(one);
      return result;
    },
    finish: () => faults.throwIfAny(),
  };
}

function noRow({ path, student }: HandIn, file: string): DlstmError {
  const name = JSON.stringify(excerpt(student));
  return failure("missing", `no row for ${name} in ${nameOf(file)}, expected one: student,cell`, { file: path });
}

/** Relative to the file that names it. */
function cellPath(file: string, { cell }: StudentCell): string {
  const path = cell.startsWith("/") ? cell : join(dirname(file), cell);
  return path === "-" ? "./-" : path;
}

/** @throws {DlstmError} at the first row of every cell that is not there, or none to grade by. */
async function requireCells(
  cells: ReadonlyMap<string, StudentCell>,
  path: string,
  load: (cell: string) => Promise<Marker>,
): Promise<void> {
  const faults = new ProblemList();
  const seen = new Set<string>();
  for (const row of cells.values()) {
    const cell = cellPath(path, row);
    if (seen.has(cell)) continue;
    seen.add(cell);
    try {
      await load(cell);
    } catch (error) {
      // a flag that is wrong is no row's fault
      if (!(error instanceof DlstmError) || error.problems.some(({ file }) => file === null)) throw error;
      const where = { file: nameOf(path), place: `line ${row.line}` };
      for (const problem of error.problems) faults.add(toProblem(problem.code, describeProblem(problem), where));
    }
  }
  faults.throwIfAny();
}
