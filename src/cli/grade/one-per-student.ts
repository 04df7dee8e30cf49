import { failure } from "../../errors.ts";
import { excerpt } from "../../input/excerpt.ts";
import { studentName } from "../../input/student-cells.ts";
import { onceBy } from "../../once.ts";
import type { HandIn } from "./folder.ts";

/** Two answers of one student, wherever they are, are an error of that student. */
export function onePerStudent(all: readonly HandIn[]): HandIn[] {
  const byStudent = new Map<string, HandIn[]>();
  for (const handIn of all) onceBy(byStudent, studentName(handIn.student), (): HandIn[] => []).push(handIn);
  return [...byStudent.values()].map(([first, ...others]) => {
    if (others.length === 0) return first;
    const more = others.slice(0, 3).map(({ path }) => excerpt(path));
    const message = `${others.length + 1} answers of one student, expected one: ${[excerpt(first.path), ...more].join(", ")}`;
    return { ...first, fault: failure("ambiguous", message, { file: first.path }) };
  });
}
