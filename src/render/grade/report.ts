import type { GradeResult } from "../../grade/result.ts";
import type { Summary } from "../../grade/summary.ts";
import type { Look } from "../look.ts";

export interface GradedAnswer {
  /** The name under which the answer came, control characters made visible. */
  readonly file: string;
  readonly result: GradeResult;
}

export interface GradeRenderOptions extends Pick<Look, "width" | "colorLevel"> {
  /** How many answers there will be, at least one. */
  readonly count: number;
  /** Whether they are a class, of which there is a summary. */
  readonly isBatch: boolean;
  /** Whether the class is all that is told: no answer's own verdict, and no name. */
  readonly isSummary: boolean;
  /** What they were graded by; not yet escaped. */
  readonly heading: string;
}

/** A report as text, each verdict as soon as it is known where the format allows that; with a final line feed. */
export interface GradeReport {
  readonly start: string;
  /** The next answer, in the order in which they were given; `k` counts them from 0. */
  answer(graded: GradedAnswer, k: number): string;
  /** @param summary of a batch */
  end(summary: Summary | null): string;
}

export type GradeRenderer = (options: GradeRenderOptions) => GradeReport;

/** For formats whose beginning speaks of all answers: they come at the end. */
export function atTheEnd(render: (answers: readonly GradedAnswer[]) => Iterable<string>): GradeReport {
  const answers: GradedAnswer[] = [];
  return {
    start: "",
    answer(graded) {
      answers.push(graded);
      return "";
    },
    end: () => [...render(answers)].join(""),
  };
}

/** Of a class and of nobody in it. */
export function ofClass(render: (summary: Summary) => string): GradeReport {
  return { start: "", answer: () => "", end: (summary) => (summary === null ? "" : render(summary)) };
}

/** For formats of which a file is one student's. */
export function ofOne(render: (result: GradeResult) => string): GradeReport {
  return { start: "", answer: ({ result }) => render(result), end: () => "" };
}
