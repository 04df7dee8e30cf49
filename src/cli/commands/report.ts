import { inFile, misuse } from "../../errors.ts";
import type { Cell } from "../../lstm/cell.ts";
import { GATES, type Gate } from "../../lstm/names.ts";
import type { Progress } from "../../lstm/results/sequence.ts";
import type { FigureName } from "../../render/report/figure.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { loadCell } from "../load-cell.ts";
import { makesCell } from "../number-flags.ts";
import {
  addCellOptions,
  addUpstreamOptions,
  type CellOptions,
  choiceOption,
  digitsOption,
  type OutputOptions,
  valueOption,
  wholeNumber,
} from "../options.ts";
import { addOutputFile } from "../output-file.ts";
import { withProgress } from "../progress.ts";
import { isOnTerminal } from "../terminal.ts";
import { writeResult } from "../write.ts";

interface ReportOptions extends CellOptions, Pick<OutputOptions, "digits" | "output" | "quiet"> {
  readonly unit: number;
  readonly gate: Gate;
  readonly figure?: FigureName;
}

const FIGURES = ["cell", "circle", "paths", "flow"] as const satisfies readonly FigureName[];

export const addReport: AddCommand = (command, { context }) => {
  command.description("one page of HTML with everything: pictures, gradient flow, derivation, check");
  addUpstreamOptions(addCellOptions(command, "either"))
    .optionsGroup("Output:")
    .addOption(valueOption("--unit <d>", "the unit whose numbers the pictures show, from 0", wholeNumber(0)).default(0))
    .addOption(choiceOption("--gate <g>", "the gate that is shown over the unit circle", GATES).default("f"))
    .addOption(choiceOption("--figure <name>", "one picture alone, as SVG for papers and slides", FIGURES))
    .addOption(digitsOption("digits of a table's largest entry"));
  addOutputFile(command, {
    formats: ["html", "svg"],
    formatsWith: ({ figure }) => [figure === undefined ? "html" : "svg"],
  }).option("-q, --quiet", "no progress on stderr");
  addExamples(
    command,
    ["dlstm example | dlstm report -o report.html"],
    ["dlstm example | dlstm report --figure cell --unit 1 -o cell.svg"],
  );
  command.action(async (path: string | undefined, { step, ...options }: ReportOptions) => {
    if (path === undefined && context.stdin.isTTY && !makesCell(options)) command.help({ error: true });
    if (isOnTerminal(options.output, context)) throw misuse("--output", notForTerminal(options.figure));
    const { file, heading, cell } = await loadCell(path, "either", options, context);
    const written = await withProgress("report", options, context, async (progress) => {
      const render = await renderer(options, step, heading);
      return inFile(file, () => render(cell, progress));
    });
    await writeResult([written], options.output, context);
  });
};

function notForTerminal(figure: FigureName | undefined): string {
  if (figure === undefined) return "a page of HTML is not for a terminal, expected -o report.html";
  return `a picture is not for a terminal, expected -o ${figure}.svg`;
}

/** The pictures, the derivation and the high precision are loaded only here. */
async function renderer(
  { figure, unit, gate, digits }: Omit<ReportOptions, "step">,
  step: number | undefined,
  heading: string,
) {
  if (figure !== undefined) {
    const { compileFigure } = await import("../compile-figure.ts");
    const { renderFigure } = await import("../../render/report/figure.ts");
    return (cell: Cell, progress: Progress) =>
      renderFigure(compileFigure(cell, { figure, step, unit, gate }, progress));
  }
  const { compileReport } = await import("../compile-report.ts");
  const { renderReport } = await import("../../render/report/page.ts");
  return (cell: Cell, progress: Progress) =>
    renderReport(compileReport(cell, { heading, step, unit, gate, digits }, progress));
}
