/** Flags that several commands share, and how their values are read. Errors name the flag. */
import { type Command, Option } from "commander";
import { misuse } from "../errors.ts";
import { synonymIs } from "../input/nearest.ts";
import { isTiny } from "../input/tiny-numbers.ts";
import { CONVENTIONS, type Convention } from "../input/weights/conventions/convention.ts";
import { DIGITS, type PrintOptions } from "./emit.ts";
import { type FORMATS, formatsOf } from "./formats.ts";

export interface OutputOptions extends PrintOptions<"result"> {
  readonly digits: number;
  readonly ndjson?: true;
  readonly quiet?: true;
}

export interface CellOptions {
  readonly xT?: string;
  readonly hPrev?: string;
  readonly cPrev?: string;
  readonly dhT?: string;
  readonly dcT?: string;
  readonly state?: string;
  readonly step?: number;
  readonly from?: Convention;
  readonly prefix?: string;
  readonly layer?: number;
  readonly reverse?: boolean;
  readonly recurrentActivation?: "sigmoid";
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
  const input =
    extent === "step"
      ? "input x_t, a JSON array of I numbers; overrides the cell's"
      : "input x_t, a JSON array of I numbers, or x, an array of such rows; overrides the cell's";
  command
    .optionsGroup("State:")
    .option("--x, --x-t <array>", input)
    .option("--h, --h-prev <array>", "hidden state h_{t-1}, a JSON array of H numbers")
    .option("--c, --c-prev <array>", "cell state c_{t-1}, a JSON array of H numbers")
    .option("--state <file>", "JSON file with x_t (or x), h_prev, c_prev, dh_t, dc_t; overrides the cell's");
  if (extent !== "sequence") {
    const step = "the step of the cell's sequence x to look at, from 1";
    command.option("--step <t>", step, wholeNumber("--step", 1));
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
    .option("--layer <k>", "the layer of a stack, from 0", wholeNumber("--layer", 0))
    .option("--reverse", "the reverse direction of a bidirectional layer; a native cell has a key for it")
    .addOption(
      choiceOption(
        "--recurrent-activation <name>",
        "of the gates, where a file of Keras or TensorFlow.js does not tell it",
        ["sigmoid"],
      ),
    )
    .option(
      "--max-bytes <n>",
      "refuse larger files (default: 512 MB of JSON, 1 GiB else)",
      wholeNumber("--max-bytes", 1),
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
    .option(...digits("digits of a column's largest entry; json and csv have all"))
    .option(...OUTPUT)
    .option("-q, --quiet", "no notes on stderr");
  return matrices ? command.option("--full", "every row and column of a table, however wide") : command;
}

/** Where what is printed goes. */
export const OUTPUT = ["-o, --output <file>", "write there instead, whole or not at all"] as const;

/** How many digits people see. */
export function digits(of: string) {
  return ["--digits <n>", of, wholeNumber("--digits", 1, 17), DIGITS] as const;
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

/** For a command that computes one result of one cell. */
export function addLinesOption(command: Command): Command {
  const what = "a cell a line in, a line of JSON out for each; a bad line is told in its place";
  return command.addOption(new Option("--ndjson", what).conflicts(["full", "digits"]));
}

/** For commands that print matrices, after their other output options. */
export function addHeatmapOption(command: Command): Command {
  return command.option(
    "--heatmap",
    "matrices as pictures: blue negative, orange positive; without colour, characters",
  );
}

/** A flag whose value is one of a few words. */
export function choiceOption(flags: string, description: string, words: readonly string[]): Option {
  const option = new Option(flags, description).choices(words);
  return option.argParser(oneOf(option.long ?? flags, words));
}

/** A reader of one of a few words; commander's own complaint is two sentences, with its word for the flag. */
export function oneOf(place: string, words: readonly string[]) {
  return (text: string): string => {
    if (words.includes(text)) return text;
    throw unexpected(place, text, `one of ${words.join(", ")}${synonymIs(text, words)}`);
  };
}

/** A reader of whole numbers between min and max. */
export function wholeNumber(flag: string, min: number, max = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `from ${min} to ${max}`;
    throw unexpected(flag, text, `a whole number ${range}`);
  };
}

/** A reader of tolerances. */
export function belowOne(flag: string) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== "" && value >= 0 && value < 1 && !isTiny(text)) return value;
    throw unexpected(flag, text, "a number from 0 up to 1");
  };
}

/** An option whose value is a list of known words with commas between; completion and help know them. */
export function listOption<T extends string>(flag: string, description: string, known: readonly T[]): Option {
  const option = new Option(`${flag} <list>`, description).argParser(listOf(flag, known));
  option.argChoices = [...known];
  return option;
}

/** A reader of comma-separated lists of known words, each counted once. */
function listOf<T extends string>(flag: string, known: readonly T[]) {
  return (text: string): T[] => {
    const words = text.split(",").map((word) => word.trim());
    for (const word of words) {
      if (known.some((name) => name === word)) continue;
      throw unexpected(flag, word, `a list of ${known.join(", ")}${synonymIs(word, known)}`);
    }
    return known.filter((name) => words.includes(name));
  };
}

/** A reader of comma-separated unit numbers. */
export function listOfUnits(flag: string) {
  const unit = wholeNumber(flag, 0);
  return (text: string): number[] => [...new Set(text.split(",").map((word) => unit(word.trim())))];
}

function unexpected(flag: string, text: string, expected: string) {
  return misuse(flag, `${text || "nothing"}, expected ${expected}`);
}
