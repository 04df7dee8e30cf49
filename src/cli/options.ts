/** Flags that several commands share. */
import { type Command, Option } from "commander";
import { misuse } from "../errors.ts";
import { WEIGHT_KEYS } from "../input/keys.ts";
import type { Choice } from "../input/weights/conventions/choices.ts";
import { CONVENTIONS } from "../input/weights/conventions/convention.ts";
import { parseNames, parseOrder } from "../input/weights/conventions/roles.ts";
import { DIGITS, type PrintOptions } from "./emit.ts";
import { type FORMATS, formatsOf } from "./formats.ts";
import { type NumberFlags, weightFlag } from "./number-keys.ts";
import { choiceOption, valueOption, wholeNumber } from "./option-values.ts";
import { addOutputFile, type OutputFile } from "./output-file.ts";
import { COLOR } from "./terminal.ts";

export {
  belowOne,
  choiceOption,
  knowing,
  listOption,
  oneOf,
  valueOption,
  wholeNumber,
  wordsIn,
} from "./option-values.ts";

export interface OutputOptions extends PrintOptions<"result"> {
  readonly digits: number;
  readonly quiet?: true;
}

/** The flags of one result for each of many lines. */
export interface StreamOptions {
  readonly ndjson?: true;
  readonly states?: string;
  readonly keepGoing?: true;
  readonly jobs?: number;
}

export interface CellOptions extends Choice, NumberFlags {
  readonly state?: string;
  readonly step?: number;
  readonly maxBytes?: number;
}

/** What a command computes of a cell with a sequence x: one step of it, all of its steps, or whichever of the two is given. */
export type Extent = "step" | "sequence" | "either";

export function addCellOptions(command: Command, extent: Extent, argument = "[cell]"): Command {
  command.argument(argument, "the cell: JSON, or weights as a framework saves them; - or none: standard input");
  return addFileOptions(addNumberOptions(command, extent));
}

/** The numbers of the cell and the step itself, which override the file's. */
export function addNumberOptions(command: Command, extent: Extent): Command {
  const ofX = extent === "sequence" ? "x, a row a step" : "x_t, a row; rows are a sequence x";
  command
    .optionsGroup("State; <numbers> are '1/2 -1.2', [0.5,-1.2], @FILE of CSV, JSON or npy:")
    .option("--x, --x-t <numbers>", `input ${ofX}`)
    .option("--h, --h-prev <numbers>", "hidden state h_{t-1} [H]")
    .option("--c, --c-prev <numbers>", "cell state c_{t-1} [H]")
    .option("--state <file>", "JSON file with x_t (or x), h_prev, c_prev, dh_t, dc_t");
  if (extent !== "sequence") {
    const step = "the step of the cell's sequence x to look at, from 1";
    command.addOption(valueOption("--step <t>", step, wholeNumber(1)));
  }
  command.optionsGroup("Weights, such as '0.5 -1.2; 1.5 0.8'; with a U and no file they are the cell:");
  for (const key of WEIGHT_KEYS) command.option(...weightFlag(key));
  return command;
}

/** Which of the weights in a file, and how they are stored. */
export function addFileOptions(command: Command): Command {
  return command
    .optionsGroup("Input:")
    .addOption(
      choiceOption("--from <convention>", "how the weights are stored, where their names do not tell", CONVENTIONS),
    )
    .addOption(
      new Option("--names <list>", "the tensors that are the cell, such as W=kernel,U=recurrent_kernel,b=bias")
        .argParser(parseNames)
        .conflicts("from"),
    )
    .option("--order <gates>", "the gates' blocks, where no convention tells: ifgo, any of the 24", parseOrder)
    .addOption(
      choiceOption("--layout <way>", "rows: weights are [4H × I], as W·x has them; columns: [I × 4H]", [
        "rows",
        "columns",
      ]),
    )
    .option("--prefix <name>", "of a file with several cells, the one below this name")
    .addOption(valueOption("--layer <k>", "the layer of a stack, from 0", wholeNumber(0)))
    .option("--reverse", "the reverse direction of a bidirectional layer; a native cell has a key for it")
    .addOption(
      choiceOption(
        "--recurrent-activation <name>",
        "of the gates, where a file of Keras or TensorFlow.js does not tell it",
        ["sigmoid"],
      ),
    )
    .addOption(
      valueOption("--max-bytes <n>", "refuse larger files (default: 512 MB of JSON, 1 GiB else)", wholeNumber(1)),
    );
}

/** The upstream gradients of `backward`. */
export function addUpstreamOptions(command: Command): Command {
  return command
    .optionsGroup("Upstream gradients:")
    .option("--dh, --dh-t <numbers>", "∂L/∂h_t [H], along x also a row a step (default: ones)")
    .option("--dc, --dc-t <numbers>", "∂L/∂c_t, likewise (default: zeros)");
}

/**
 * @param matrices whether any are printed
 * @param file what -o can write, where that is not every format of a result
 */
export function addOutputOptions(command: Command, { matrices = true, file = RESULT_FILE } = {}): Command {
  command
    .optionsGroup("Output:")
    .addOption(formatOption("result"))
    .option("--json", "short for --format json: one line, every digit")
    .addOption(digitsOption("digits of a column's largest entry; json and csv have all"));
  addOutputFile(command, file).addOption(colorOption()).option("-q, --quiet", "no notes on stderr");
  return matrices ? command.option("--full", "every row and column of a table, however wide") : command;
}

/** A result in any format; many as they come are lines of JSON or of CSV, steps of JSON. */
const RESULT_FILE: OutputFile = {
  formats: formatsOf("result"),
  formatsWith: ({ ndjson, states, stepsFormat }) => {
    if (stepsFormat) return ["json"];
    return ndjson || states !== undefined ? ["json", "csv"] : formatsOf("result");
  },
};

/** Whether people see colours. */
export function colorOption(): Option {
  const when = "auto: on a terminal, and as NO_COLOR and FORCE_COLOR say";
  return choiceOption("--color <when>", when, COLOR).default("auto");
}

/** How many digits people see. */
export function digitsOption(of: string): Option {
  return valueOption("--digits <n>", of, wholeNumber(1, 17)).default(DIGITS);
}

/** The format in which something is printed; the first of them unless given. */
export function formatOption(kind: keyof typeof FORMATS): Option {
  const what = { result: "result", derivation: "derivation", verdicts: "verdict" }[kind];
  const formats = formatsOf(kind);
  return choiceOption("--format <format>", `how to print the ${what}`, formats).default(formats[0]);
}

/**
 * For output that is JSON whatever `--format` would make of a result.
 * @param also what else it may be
 * @throws {DlstmError} usage, where another format is asked for.
 */
export function requireJson(
  command: Command,
  { format, json }: Pick<OutputOptions, "format" | "json">,
  what: string,
  also: readonly OutputOptions["format"][] = [],
): void {
  const formats = ["json" as const, ...also];
  if (json || formats.includes(format) || command.getOptionValueSource("format") === "default") return;
  throw misuse("--format", `${format}, expected ${formats.join(" or ")}: ${what}`);
}

/** For commands that print matrices. */
export function addHeatmapOption(command: Command): Command {
  return command
    .optionsGroup("Output:")
    .option("--heatmap", "matrices as pictures: blue negative, orange positive; without colour, characters");
}
