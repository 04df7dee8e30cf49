/** Flags that several commands share, and how their values are read. Errors name the flag. */
import { type Argument, type Command, Option } from "commander";
import { misuse } from "../errors.ts";
import { synonymIs } from "../input/nearest.ts";
import { isTiny } from "../input/tiny-numbers.ts";
import type { Choice } from "../input/weights/conventions/choices.ts";
import { CONVENTIONS } from "../input/weights/conventions/convention.ts";
import { DIGITS, type PrintOptions } from "./emit.ts";
import { type FORMATS, formatsOf } from "./formats.ts";

export interface OutputOptions extends PrintOptions<"result"> {
  readonly digits: number;
  readonly ndjson?: true;
  readonly quiet?: true;
}

export interface CellOptions extends Choice {
  readonly xT?: string;
  readonly hPrev?: string;
  readonly cPrev?: string;
  readonly dhT?: string;
  readonly dcT?: string;
  readonly state?: string;
  readonly step?: number;
  readonly maxBytes?: number;
}

/** What a command computes of a cell with a sequence x: one step of it, all of its steps, or whichever of the two is given. */
export type Extent = "step" | "sequence" | "either";

export function addCellOptions(command: Command, extent: Extent): Command {
  command.argument("[cell]", "the cell: JSON, safetensors, npz or ONNX; - or none: standard input");
  return addWeightOptions(addStateOptions(command, extent));
}

/** The state of the step and the step itself, which override the cell's own. */
export function addStateOptions(command: Command, extent: Extent): Command {
  const orRows = extent === "step" ? "" : ", or x, an array of such rows";
  command
    .optionsGroup("State:")
    .option("--x, --x-t <array>", `input x_t, a JSON array of I numbers${orRows}; overrides the cell's`)
    .option("--h, --h-prev <array>", "hidden state h_{t-1}, a JSON array of H numbers")
    .option("--c, --c-prev <array>", "cell state c_{t-1}, a JSON array of H numbers")
    .option("--state <file>", "JSON file with x_t (or x), h_prev, c_prev, dh_t, dc_t; overrides the cell's");
  if (extent !== "sequence") {
    const step = "the step of the cell's sequence x to look at, from 1";
    command.addOption(valueOption("--step <t>", step, wholeNumber(1)));
  }
  return command;
}

/** Which of the weights in a file, and how they are stored. */
export function addWeightOptions(command: Command): Command {
  return command
    .optionsGroup("Input:")
    .addOption(
      choiceOption("--from <convention>", "how the weights are stored, where their names do not tell", CONVENTIONS),
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
    .option("--dh, --dh-t <array>", "∂L/∂h_t, a JSON array of H numbers, along x also a row a step (default: ones)")
    .option("--dc, --dc-t <array>", "∂L/∂c_t, likewise (default: zeros)");
}

export function addOutputOptions(command: Command, { matrices = true } = {}): Command {
  command
    .optionsGroup("Output:")
    .addOption(formatOption("result"))
    .option("--json", "short for --format json: one line, every digit")
    .addOption(digitsOption("digits of a column's largest entry; json and csv have all"))
    .option(...OUTPUT)
    .option("-q, --quiet", "no notes on stderr");
  return matrices ? command.option("--full", "every row and column of a table, however wide") : command;
}

/** Where what is printed goes. */
export const OUTPUT = ["-o, --output <file>", "write there instead, whole or not at all"] as const;

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
 * @throws {DlstmError} usage, where another format is asked for.
 */
export function requireJson(command: Command, { format, json }: OutputOptions, what: string): void {
  if (json || format === "json" || command.getOptionValueSource("format") === "default") return;
  throw misuse("--format", `${format}, expected json: ${what}`);
}

/** For commands that print matrices, after their other output options. */
export function addHeatmapOption(command: Command): Command {
  return command.option(
    "--heatmap",
    "matrices as pictures: blue negative, orange positive; without colour, characters",
  );
}

/** Of the text behind a flag its value; the flag is named by the error about any other text. */
type Read<T> = (text: string, flag: string) => T;

/** A flag with a value. */
export function valueOption(flags: string, description: string, read: Read<unknown>): Option {
  const option = new Option(flags, description);
  return option.argParser((text) => read(text, option.long ?? flags));
}

/** A flag whose value is one of a few words; completion and help know them. */
export function choiceOption(flags: string, description: string, words: readonly string[]): Option {
  return knowing(words, valueOption(flags, description, oneOf(words)));
}

/** A flag whose value is a list of such words with commas between. */
export function listOption(flag: string, description: string, words: readonly string[]): Option {
  return knowing(words, valueOption(`${flag} <list>`, description, listOf(words)));
}

/** Its words are known to completion and help; what is none of them is told by us, with a near one. */
export function knowing<Place extends Argument | Option>(words: readonly string[], place: Place): Place {
  place.argChoices = [...words];
  return place;
}

/** One of a few words; commander's own complaint is two sentences, with its word for the flag. */
export function oneOf(words: readonly string[]): Read<string> {
  return (text, flag) => {
    if (words.includes(text)) return text;
    throw unexpected(flag, text, `one of ${words.join(", ")}${synonymIs(text, words)}`);
  };
}

/** What stands between commas, each once. */
export function wordsIn(text: string): string[] {
  return [...new Set(text.split(",").map((word) => word.trim()))];
}

/** Known words with commas between, each counted once, in the order in which they are known. */
function listOf(known: readonly string[]): Read<string[]> {
  return (text, flag) => {
    const words = wordsIn(text);
    const alien = words.find((word) => !known.includes(word));
    if (alien === undefined) return known.filter((name) => words.includes(name));
    throw unexpected(flag, alien, `a list of ${known.join(", ")}${synonymIs(alien, known)}`);
  };
}

/** A whole number between min and max. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): Read<number> {
  return (text, flag) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `from ${min} to ${max}`;
    throw unexpected(flag, text, `a whole number ${range}`);
  };
}

/** A tolerance. */
export function belowOne(text: string, flag: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value < 1 && !isTiny(text)) return value;
  throw unexpected(flag, text, "a number from 0 up to 1");
}

function unexpected(flag: string, text: string, expected: string) {
  return misuse(flag, `${text || "nothing"}, expected ${expected}`);
}
