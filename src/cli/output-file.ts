/** -o FILE, and the format that the file's ending stands for. */
import { extname } from "node:path";
import type { Command, OptionValues } from "commander";
import { misuse } from "../errors.ts";

/** The formats that an ending stands for, of which a command has one at most. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  ".txt": ["table", "text"],
  ".json": ["json"],
  ".csv": ["csv"],
  ".md": ["markdown"],
  ".tex": ["latex"],
  ".html": ["html"],
  ".svg": ["svg"],
  ".safetensors": ["safetensors"],
  ".npz": ["npz"],
  // written by no command: better refused than filled with a table
  ...Object.fromEntries(
    [
      ".npy",
      ".pt",
      ".pth",
      ".pt2",
      ".h5",
      ".hdf5",
      ".keras",
      ".onnx",
      ".msgpack",
      ".mat",
      ".pkl",
      ".params",
      ".bin",
      ".zip",
      ".xlsx",
    ].map((ending) => [ending, []]),
  ),
};

/** What writes the files that most commands do not. */
const WRITERS: Readonly<Record<string, string>> = {
  ".html": "report writes a page of HTML",
  ".svg": "report --figure writes a picture",
  ".safetensors": "convert writes weights",
  ".npz": "convert writes weights",
};

export interface OutputFile {
  /** Every format that the command writes. */
  readonly formats: readonly string[];
  /** Those of them that it writes with the flags given; all, unless said. */
  readonly formatsWith?: (options: OptionValues) => readonly string[];
}

/** Where what is printed goes. The file's ending chooses the format, where neither --format nor --json does. */
export function addOutputFile(command: Command, { formats, formatsWith = () => formats }: OutputFile): Command {
  const written = endingsOf(formats);
  const choice = written.length > 1 ? `; ${written.join(" ")} choose the format` : "";
  return command
    .option("-o, --output <file>", `write there instead, whole or not at all${choice}`)
    .hook("preAction", () => {
      const { output = "", json } = command.opts();
      const isChosen = json || (command.getOptionValueSource("format") ?? "default") !== "default";
      const ending = extname(output).toLowerCase();
      if (isChosen || !Object.hasOwn(ENDINGS, ending)) return;
      const possible = formatsWith(command.opts());
      const format = possible.find((name) => ENDINGS[ending].includes(name));
      if (format === undefined) throw unwritten(command, ending, endingsOf(possible));
      command.setOptionValueWithSource("format", format, "implied");
    });
}

function endingsOf(formats: readonly string[]): string[] {
  return Object.keys(ENDINGS).filter((ending) => ENDINGS[ending].some((name) => formats.includes(name)));
}

function unwritten(command: Command, ending: string, expected: readonly string[]) {
  const writer = WRITERS[ending];
  const advice = writer === undefined || writer.startsWith(command.name()) ? "" : `; ${writer}`;
  return misuse(
    "--output",
    `a file that ends in ${ending}, which ${command.name()} does not write so; expected ${expected.join(", ")}${advice}`,
  );
}
