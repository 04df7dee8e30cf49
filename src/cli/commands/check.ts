import { misuse } from "../../errors.ts";
import type { Cell } from "../../lstm/cell.ts";
import type { Progress } from "../../lstm/results/sequence.ts";
import type { AddCommand, Context, Run } from "../context.ts";
import { addExamples } from "../examples.ts";
import { loadJson } from "../load-cell.ts";
import { filesOfFlags } from "../number-flags.ts";
import type { AllOptions } from "../on-cell.ts";
import { addUpstreamOptions, belowOne, valueOption, wholeNumber } from "../options.ts";
import { EXIT } from "../report-error.ts";
import { runOnCell } from "../run-on-cell.ts";

interface CheckOptions {
  readonly columns?: number;
  readonly answer?: string;
  readonly tolerance?: number;
  readonly optima?: true;
}

const TOLERANCE = 1e-6;

export const addCheck: AddCommand = (command, run) => {
  command.description("every derivative of the cell against differences of its forward pass in high precision");
  addExamples(command, ["dlstm example | dlstm check"]);
  addUpstreamOptions(command)
    .optionsGroup("Check:")
    .addOption(valueOption("--columns <n>", "look at n columns of each matrix only, evenly spread", wholeNumber(1)))
    .option("--optima", "also the optima of c_t, tanh(c_t) and h_t, their bounds against samples and climbs")
    .option("--answer <file>", "check the derivatives in this JSON file instead of our own")
    .addOption(
      valueOption(
        "--tolerance <t>",
        `of an answer, relative to a row's largest entry (default: ${TOLERANCE})`,
        belowOne,
      ),
    );
  runOnCell(command, run, {
    extent: "either",
    parts: "check",
    prepare: (options, paths) => prepare(options, paths, run),
  });
};

/** The high precision, and all that it judges, are loaded only here. */
async function prepare(options: AllOptions<CheckOptions>, paths: readonly string[], { context, endWith }: Run) {
  const { columns = null, tolerance, optima = false } = options;
  if (optima && options.answer !== undefined) throw misuse("--optima", "beside --answer, which holds derivatives");
  if (tolerance !== undefined && options.answer === undefined) {
    throw misuse("--tolerance", "only with --answer: our own derivatives have to keep the promise");
  }
  const answer = await readAnswer(options, paths, context);
  const { ownDerivatives } = await import("../../lstm/results/derivatives.ts");
  const { checkResult } = await import("../../verify/result.ts");
  const own = optima ? { ...ownDerivatives, optima: await stepOptima() } : ownDerivatives;
  const mark = answer === null ? null : (tolerance ?? TOLERANCE);
  return (cell: Cell, progress: Progress) => {
    if (optima && cell.x !== null)
      throw misuse("--optima", "of a sequence, expected a cell of one step; --step t is one");
    const result = checkResult(cell, own, answer?.(cell) ?? null, { columns, tolerance: mark, progress });
    if (!result.passed) endWith(EXIT.wrong);
    return result;
  };
}

/** The search is loaded only here. */
async function stepOptima() {
  const { ownOptima } = await import("../../lstm/results/output-optimum.ts");
  return ownOptima;
}

/** Somebody else's derivatives of a cell; null where our own are judged. */
async function readAnswer(options: AllOptions<CheckOptions>, paths: readonly string[], context: Context) {
  const { answer, ndjson, states, maxBytes } = options;
  if (answer === undefined) return null;
  if (ndjson || states !== undefined || paths.length > 1) throw misuse("--answer", "of many cells, expected one");
  const readsStdin = filesOfFlags(options).some(([, path]) => path === "-");
  if (answer === "-" && (paths.includes("-") || readsStdin)) {
    throw misuse("--answer", "standard input, which holds the cell or its state already");
  }
  const { parseDerivatives } = await import("../../input/parse-derivatives.ts");
  const { json, file } = await loadJson(answer, maxBytes, context);
  return (cell: Cell) => parseDerivatives(json, file, cell);
}
