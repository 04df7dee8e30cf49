/** Flags that several commands share, and how their values are read. Errors name the flag. */
import { type Command, Option } from "commander";
import { failure } from "../errors.ts";

export interface OutputOptions {
  readonly format: "table" | "json";
  readonly json?: true;
  readonly digits: number;
  readonly full?: true;
  readonly output?: string;
  readonly quiet?: true;
}

export interface CellOptions {
  readonly xT?: string;
  readonly hPrev?: string;
  readonly cPrev?: string;
  readonly state?: string;
  readonly step?: number;
  readonly maxBytes: number;
}

/** 512 MB: a JSON text of more characters than that does not fit a string. */
const MAX_BYTES = 512_000_000;

export function addCellOptions(command: Command): Command {
  return command
    .argument("[cell]", "JSON file with the cell's weights; - or none: standard input")
    .optionsGroup("State:")
    .option("--x, --x-t <array>", "input x_t, a JSON array of I numbers; overrides the cell's")
    .option("--h, --h-prev <array>", "hidden state h_{t-1}, a JSON array of H numbers")
    .option("--c, --c-prev <array>", "cell state c_{t-1}, a JSON array of H numbers")
    .option("--state <file>", "JSON file with x_t, h_prev, c_prev; overrides the cell's")
    .option("--step <t>", "the step of the cell's sequence x to look at, from 1", wholeNumber("--step", 1))
    .optionsGroup("Input:")
    .option("--max-bytes <n>", "refuse larger files", wholeNumber("--max-bytes", 1), MAX_BYTES);
}

export function addOutputOptions(command: Command, { matrices = true } = {}): Command {
  command
    .optionsGroup("Output:")
    .addOption(new Option("--format <format>", "how to print the result").choices(["table", "json"]).default("table"))
    .option("--json", "short for --format json: one line, every digit")
    .option("--digits <n>", "digits of a column's largest entry in tables", wholeNumber("--digits", 1, 17), 6)
    .option("-o, --output <file>", "write there instead, whole or not at all")
    .option("-q, --quiet", "no notes on stderr");
  return matrices ? command.option("--full", "every row and column of a table, however wide") : command;
}

/** A reader of whole numbers between min and max. */
export function wholeNumber(flag: string, min: number, max = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `from ${min} to ${max}`;
    throw failure("usage", `${text || "nothing"}, expected a whole number ${range}`, { place: flag });
  };
}

/** A reader of comma-separated lists of known words, each counted once. */
export function listOf<T extends string>(flag: string, known: readonly T[]) {
  return (text: string): T[] => {
    const words = text.split(",").map((word) => word.trim());
    for (const word of words) {
      if (!known.some((name) => name === word)) {
        throw failure("usage", `${word || "nothing"}, expected a list of ${known.join(", ")}`, { place: flag });
      }
    }
    return known.filter((name) => words.includes(name));
  };
}

/** A reader of comma-separated unit numbers. */
export function listOfUnits(flag: string) {
  const unit = wholeNumber(flag, 0);
  return (text: string): number[] => [...new Set(text.split(",").map((word) => unit(word.trim())))];
}
