import { Argument } from "commander";
import { inFile } from "../../errors.ts";
import { EXPLAINED } from "../../explain/topic-names.ts";
import { NORMS, type Norm } from "../../lstm/names.ts";
import type { AddCommand, Context } from "../context.ts";
import { emit } from "../emit.ts";
import { addExamples } from "../examples.ts";
import { type FormatOf, formatsOf } from "../formats.ts";
import { loadCell } from "../load-cell.ts";
import { makesCell, refuseNumbers } from "../number-flags.ts";
import {
  addFileOptions,
  addNumberOptions,
  addUpstreamOptions,
  type CellOptions,
  choiceOption,
  colorOption,
  digitsOption,
  formatOption,
  knowing,
  type OutputOptions,
  valueOption,
  wholeNumber,
} from "../options.ts";
import { addOutputFile } from "../output-file.ts";

const TOPICS_AND_CELL =
  "what to derive (default: all, homework aside), and last the cell whose numbers to show; - is standard input";

interface ExplainOptions extends CellOptions, Omit<OutputOptions, "format"> {
  readonly cell?: string;
  readonly unit?: number;
  readonly norm?: Norm;
  readonly format: FormatOf<"derivation">;
}

export const addExplain: AddCommand = (command, { context }) => {
  command
    .description("the derivation step by step, each with its rule; with a cell, its numbers")
    .usage("[options] [topics...] [cell]")
    .addArgument(knowing(EXPLAINED, new Argument("[topics...]", TOPICS_AND_CELL)))
    .option("--cell <file>", "the cell, as the last word is it")
    .addOption(choiceOption("--norm <p>", "norm of the optimum's unit sphere (default: all; in homework 2)", NORMS))
    .addOption(valueOption("--unit <d>", "follow one unit from its pre-activations to ∂h, from 0", wholeNumber(0)));
  addFileOptions(addUpstreamOptions(addNumberOptions(command, "either")))
    .optionsGroup("Output:")
    .addOption(formatOption("derivation"))
    .option("--json", "short for --format json: the steps as data, every digit")
    .addOption(digitsOption("digits of numbers, where people read them"));
  addOutputFile(command, { formats: formatsOf("derivation") })
    .addOption(colorOption())
    .option("-q, --quiet", "no notes on stderr")
    .option("--full", "every row and column of a matrix, however wide");
  addExamples(
    command,
    ["dlstm explain forget-gate"],
    ["dlstm example | dlstm explain - --unit 1"],
    ["dlstm example | dlstm explain homework - --format latex"],
  );
  command.action(async (words: readonly string[], options: ExplainOptions) => {
    // what only explain needs is loaded only here
    const { readWords } = await import("../explain-words.ts");
    const { topics, cell: path } = readWords(words, options.cell);
    const loaded = await loadIfGiven(path, options, context);
    const { explain } = await import("../../explain/explain.ts");
    const { cell = null, file = null } = loaded ?? {};
    const { unit = null, step = null, norm = null } = options;
    const explanation = inFile(file, () => explain({ topics, norm, cell, unit, step }));
    await emit("derivation", explanation, loaded?.heading ?? null, options, context);
  });
};

/** The cell, with the whole of its sequence; which step to show is up to the derivation. */
async function loadIfGiven(path: string | undefined, options: ExplainOptions, context: Context) {
  const { step: _, ...rest } = options;
  if (path !== undefined || makesCell(rest)) return loadCell(path, "either", rest, context);
  refuseNumbers(options, "only with a cell: the last word, or flags for weights with at least one U");
  return null;
}
