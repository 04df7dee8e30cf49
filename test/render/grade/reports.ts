/** Reports to render: of a lesson's answers, and of files that mean harm. */

import { type FormatOf, formatsOf } from "../../../src/cli/formats.ts";
import { DlstmError } from "../../../src/errors.ts";
import { Grader } from "../../../src/grade/grade.ts";
import { cellKey } from "../../../src/grade/key.ts";
import type { GradeOptions } from "../../../src/grade/options.ts";
import type { Summary } from "../../../src/grade/summary.ts";
import { parseCell } from "../../../src/input/parse-cell.ts";
import { forwardResult } from "../../../src/lstm/results/one-step.ts";
import { renderClassPage } from "../../../src/render/grade/class-page.ts";
import { renderCsv } from "../../../src/render/grade/csv.ts";
import { renderGradescope } from "../../../src/render/grade/gradescope.ts";
import { renderJson } from "../../../src/render/grade/json.ts";
import { renderJunit } from "../../../src/render/grade/junit.ts";
import { renderPrairielearn } from "../../../src/render/grade/prairielearn.ts";
import type { GradedAnswer, GradeRenderer } from "../../../src/render/grade/report.ts";
import { renderGradeTable } from "../../../src/render/grade/table.ts";
import { renderTap } from "../../../src/render/grade/tap.ts";
import { jsonLine } from "../../../src/render/json.ts";
import { fixture } from "../../helpers/fixtures.ts";

const OPTIONS = { isSummary: false, heading: "cell.json" } as const;
type GradeFormat = FormatOf<"verdicts">;

export const FORMATS = formatsOf("verdicts");
const RENDERERS = {
  ...{ table: renderGradeTable, json: renderJson, csv: renderCsv, gradescope: renderGradescope },
  ...{ prairielearn: renderPrairielearn, junit: renderJunit, tap: renderTap, html: renderClassPage },
} satisfies Record<GradeFormat, GradeRenderer>;

const cell = parseCell(fixture("homework6.json"));
export const right = JSON.parse(jsonLine(forwardResult(cell))) as {
  gates: Record<"f" | "i" | "o" | "u", number[]>;
  h_t: number[];
};

/** Every quantity right but one entry of gates.i, and U_f for ∂f_t/∂h_{t-1}. */
export const wrong = {
  ...right,
  gates: { ...right.gates, i: [right.gates.i[0]!, 0.5] },
  jacobian: { f: { h_prev: fixture<{ U_f: number[][] }>("homework6.json").U_f } },
};

/** Text that would end a string, a row, a tag, a comment, a YAML block or a colour anywhere. */
export const HOSTILE =
  '=cmd|"/C calc"!A0,\'\u0000\u001b[31m\u202e</failure>]]>&amp;<script>\ufffe\ud800 # SKIP \\ "\n1..0\n  ...\nok 1 - x\nBail out!\r';

export function graded(json: unknown, options: Partial<GradeOptions> = {}, file = "answer.json"): GradedAnswer {
  return { file, result: new Grader(cellKey(cell), options).grade(json) };
}

/** An answer that could not be read, for a reason that quotes it. */
export function unreadable(text: string, options: Partial<GradeOptions> = {}, file = "answer.json"): GradedAnswer {
  const error = new DlstmError([{ code: "syntax", file, place: text, message: `unexpected ${text}` }]);
  return { file, result: new Grader(cellKey(cell), options).unreadable(error) };
}

export function render(
  format: GradeFormat,
  answers: readonly GradedAnswer[],
  { summary = null }: { readonly summary?: Summary | null } = {},
): string {
  const options = { width: 80, colorLevel: 0, count: answers.length, isBatch: summary !== null, ...OPTIONS } as const;
  const report = RENDERERS[format](options);
  return report.start + answers.map(report.answer).join("") + report.end(summary);
}
