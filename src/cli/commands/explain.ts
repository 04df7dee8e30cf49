import { existsSync } from "node:fs";
import { Argument } from "commander";
import { inFile, misuse } from "../../errors.ts";
import { TOPICS, type TopicName } from "../../explain/topic-names.ts";
import { nearestIs } from "../../input/nearest.ts";
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
  colorOption,
  digitsOption,
  formatOption,
  knowing,
  type OutputOptions,
  valueOption,
  wholeNumber,
} from "../options.ts";
import { addOutputFile } from "../output-file.ts";

interface ExplainOptions extends CellOptions, Omit<OutputOptions, "format"> {
  readonly cell?: string;
  readonly unit?: number;
  readonly format: FormatOf<"derivation">;
}

export const addExplain: AddCommand = (command, { context }) => {
  command
    .description("the derivation step by step, each with its rule; with a cell, its numbers")
    .addArgument(knowing(TOPICS, new Argument("[topic]", "what to derive (default: all)")))
    .option("--cell <file>", "JSON file with the cell whose numbers to show; - is standard input")
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
    ["dlstm schema cell --example | dlstm explain --cell - --unit 1"],
    ["dlstm schema cell --example | dlstm explain optimum --cell - --format latex"],
  );
  command.action(async (word: string | undefined, options: ExplainOptions) => {
    const topic = word === undefined ? null : readTopic(word);
    const loaded = await loadIfGiven(options, context);
    // the derivation is loaded only here
    const { explain } = await import("../../explain/explain.ts");
    const { cell = null, file = null } = loaded ?? {};
    const explanation = inFile(file, () =>
      explain({ topic, cell, unit: options.unit ?? null, step: options.step ?? null }),
    );
    await emit("derivation", explanation, loaded?.heading ?? null, options, context);
  });
};

function readTopic(word: string): TopicName {
  const known = TOPICS.find((topic) => topic === word);
  if (known) return known;
  if (existsSync(word)) throw misuse(word, "a file, expected a topic; a cell goes behind --cell");
  throw misuse(word, `no such topic, expected ${TOPICS.join(", ")}${nearestIs(word, TOPICS)}`);
}

/** The cell, with the whole of its sequence; which step to show is up to the derivation. */
async function loadIfGiven(options: ExplainOptions, context: Context) {
  const { cell, step: _, ...rest } = options;
  if (cell !== undefined || makesCell(rest)) return loadCell(cell, "either", rest, context);
  refuseNumbers(options, "only with a cell: --cell FILE, or flags for weights with at least one U");
  return null;
}
