/** A key of each student's own: --key-per-student. */
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { DlstmError, failure, inFile, ProblemList, toProblem } from "../../errors.ts";
import { withoutKey } from "../../grade/no-key.ts";
import { askedFor, type GradeOptions } from "../../grade/options.ts";
import { excerpt } from "../../input/excerpt.ts";
import { type StudentCell, studentCells, studentName } from "../../input/student-cells.ts";
import { decodeText } from "../../input/text.ts";
import type { Context } from "../context.ts";
import { nameOf } from "../load-cell.ts";
import { MOST_JSON, withSource } from "../source.ts";
import { systemFailure } from "../system-error.ts";
import { gradeFile } from "./answers.ts";
import type { GradeFlags } from "./flags.ts";
import type { HandIn } from "./folder.ts";
import { loadMarker, type Marker, type Marking } from "./marking.ts";

/** As many keys are kept for the students to come: a class may share a few. */
const KEPT = 16;

/**
 * Judges each student by the cell of that student's row. A cell is read when its student comes; one that is at fault costs
 * nobody but is told in its place, and the run ends with the errors of all.
 * @throws {DlstmError} for a file of cells that is wrong, or names a file that is not there; usage, as {@link askedFor}.
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
  requireCells(cells, path);
  const markers = new Map<string, Marker | DlstmError>();
  const faults = new ProblemList();
  const tell = ({ problems }: DlstmError) => {
    for (const problem of problems) faults.add(problem);
  };
  const markerOf = async (cell: string) => {
    const kept = markers.get(cell);
    if (kept) return kept;
    const marker = await loadMarker(cell, options, flags, context).catch((error: unknown) => {
      if (!(error instanceof DlstmError)) throw error;
      tell(error);
      return error;
    });
    const [oldest] = markers.keys();
    if (markers.size === KEPT) markers.delete(oldest);
    markers.set(cell, marker);
    return marker;
  };
  return {
    heading: nameOf(path),
    judge: async (handIn) => {
      const row = cells.get(studentName(handIn.student));
      if (row === undefined) return withoutKey(noRow(handIn, path), options);
      const marker = await markerOf(cellPath(path, row));
      if (marker instanceof DlstmError) return withoutKey(marker, options);
      const { grader, limits } = marker;
      const before = grader.keyFault;
      const { fault } = handIn;
      const result = fault ? grader.unreadable(fault) : await gradeFile(handIn.path, grader, limits, context);
      if (grader.keyFault !== null && before === null) tell(grader.keyFault);
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

/** @throws {DlstmError} not-found or io, with every row whose cell is not there. */
function requireCells(cells: ReadonlyMap<string, StudentCell>, path: string): void {
  const missing = new ProblemList();
  const file = nameOf(path);
  for (const row of cells.values()) {
    const cell = cellPath(path, row);
    try {
      statSync(cell);
    } catch (error) {
      const failed = systemFailure(error, cell);
      if (!(failed instanceof DlstmError)) throw failed;
      const [{ code, message }] = failed.problems;
      missing.add(toProblem(code, `${excerpt(cell)}: ${message}`, { file, place: `line ${row.line}` }));
    }
  }
  missing.throwIfAny();
}
