import { inFile, misuse } from "../../errors.ts";
import type { Cell } from "../../lstm/cell.ts";
import type { AddCommand, Context } from "../context.ts";
import { emit } from "../emit.ts";
import { loadJson } from "../load-cell.ts";
import { addUpstreamOptions, belowOne, valueOption, wholeNumber } from "../options.ts";
import { withProgress } from "../progress.ts";
import { STDIN } from "../read.ts";
import { EXIT } from "../report-error.ts";
import { onCell } from "../run-on-cell.ts";

interface CheckOptions {
  readonly columns?: number;
  readonly answer?: string;
  readonly tolerance?: number;
}

const TOLERANCE = 1e-6;

export const addCheck: AddCommand = (command, { context, endWith }) => {
  command
    .description("every derivative of the cell against differences of its forward pass in high precision")
    .addHelpText("after", "\nExample:\n  $ dlstm check fixtures/saturated-gates.json");
  addUpstreamOptions(command)
    .optionsGroup("Check:")
    .addOption(valueOption("--columns <n>", "look at n columns of each matrix only, evenly spread", wholeNumber(1)))
    .option("--answer <file>", "check the derivatives in this JSON file instead of our own")
    .addOption(
      valueOption(
        "--tolerance <t>",
        `of an answer, relative to a row's largest entry (default: ${TOLERANCE})`,
        belowOne,
      ),
    );
  onCell<CheckOptions>(command, context, "either", async ({ file, heading, cell, remarks }, options) => {
    const { columns = null, tolerance } = options;
    if (tolerance !== undefined && options.answer === undefined) {
      throw misuse("--tolerance", "only with --answer: our own derivatives have to keep the promise");
    }
    if (options.answer === "-" && (file === STDIN || options.state === "-")) {
      throw misuse("--answer", "standard input, which holds the cell or its state already");
    }
    const answer =
      options.answer === undefined ? null : await readAnswer(options.answer, cell, options.maxBytes, context);
    // the high precision and all that it judges are loaded only here
    const { ownDerivatives } = await import("../../lstm/results/derivatives.ts");
    const { checkResult } = await import("../../verify/result.ts");
    const mark = answer === null ? null : (tolerance ?? TOLERANCE);
    const result = await withProgress("check", options, context, (progress) =>
      inFile(file, () => checkResult(cell, ownDerivatives, answer, { columns, tolerance: mark, progress })),
    );
    if (!result.passed) endWith(EXIT.wrong);
    await emit("result", result, heading, options, context, remarks);
  });
};

async function readAnswer(path: string, cell: Cell, maxBytes: number | undefined, context: Context) {
  const { parseDerivatives } = await import("../../input/parse-derivatives.ts");
  const { json, file } = await loadJson(path, maxBytes, context);
  return parseDerivatives(json, file, cell);
}
