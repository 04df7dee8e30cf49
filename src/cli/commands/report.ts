import { inFile, misuse } from "../../errors.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { loadCell } from "../load-cell.ts";
import { makesCell } from "../number-flags.ts";
import { addCellOptions, addUpstreamOptions, type CellOptions, digitsOption, type OutputOptions } from "../options.ts";
import { addOutputFile } from "../output-file.ts";
import { withProgress } from "../progress.ts";
import { isOnTerminal } from "../terminal.ts";
import { writeResult } from "../write.ts";

type ReportOptions = CellOptions & Pick<OutputOptions, "digits" | "output" | "quiet">;

export const addReport: AddCommand = (command, { context }) => {
  command.description("one page of HTML with everything: pictures, gradient flow, derivation, check");
  addUpstreamOptions(addCellOptions(command, "either"))
    .optionsGroup("Output:")
    .addOption(digitsOption("digits of a table's largest entry"));
  addOutputFile(command, { formats: ["html"] }).option("-q, --quiet", "no progress on stderr");
  addExamples(command, ["dlstm example | dlstm report -o report.html"]);
  command.action(async (path: string | undefined, { step, ...options }: ReportOptions) => {
    if (path === undefined && context.stdin.isTTY && !makesCell(options)) command.help({ error: true });
    if (isOnTerminal(options.output, context)) {
      throw misuse("--output", "a page of HTML is not for a terminal, expected -o report.html");
    }
    const { file, heading, cell } = await loadCell(path, "either", options, context);
    // the pictures, the derivation and the high precision are loaded only here
    const { compileReport } = await import("../compile-report.ts");
    const { renderReport } = await import("../../render/report/page.ts");
    const content = await withProgress("report", options, context, (progress) =>
      inFile(file, () => compileReport(cell, { heading, step, digits: options.digits }, progress)),
    );
    await writeResult([renderReport(content)], options.output, context);
  });
};
