/** -o FILE, and the format that the file's ending stands for. */
import { extname } from "node:path";
import type { Command, OptionValues } from "commander";
import { misuse } from "../errors.ts";

/** The formats that an ending stands for, of which a command has one at most. */
type Endings = Readonly<Record<string, readonly string[]>>;

const ENDINGS: Endings = {
  ".txt": ["table", "text"],
  ".json": ["json"],
  ".csv": ["csv"],
  ".md": ["markdown"],
  ".tex": ["latex"],
  ".html": ["html"],
};

export interface OutputFile {
  /** Every format that the command writes. */
  readonly formats: readonly string[];
  /** Those of them that it writes with the flags given; all, unless said. */
  readonly formatsWith?: (options: OptionValues) => readonly string[];
  /** Endings that only this command knows. */
  readonly endings?: Endings;
}

/** Where what is printed goes. The file's ending chooses the format, where neither --format nor --json does. */
export function addOutputFile(
  command: Command,
  { formats, formatsWith = () => formats, endings }: OutputFile,
): Command {
  const known = { ...ENDINGS, ...endings };
  const written = endingsOf(formats, known);
  const choice = written.length > 1 ? `; ${written.join(" ")} choose the format` : "";
  return command
    .option("-o, --output <file>", `write there instead, whole or not at all${choice}`)
    .hook("preAction", () => {
      const { output = "", json } = command.opts();
      const isChosen = json || (command.getOptionValueSource("format") ?? "default") !== "default";
      const ending = extname(output).toLowerCase();
      if (isChosen || !Object.hasOwn(known, ending)) return;
      const possible = formatsWith(command.opts());
      const format = possible.find((name) => known[ending].includes(name));
      if (format === undefined) throw unwritten(command, ending, endingsOf(possible, known));
      command.setOptionValueWithSource("format", format, "implied");
    });
}

function endingsOf(formats: readonly string[], endings: Endings): string[] {
  return Object.keys(endings).filter((ending) => endings[ending].some((name) => formats.includes(name)));
}

function unwritten(command: Command, ending: string, expected: readonly string[]) {
  const page = ending === ".html" && command.name() !== "report" ? "; report writes a page of HTML" : "";
  return misuse(
    "--output",
    `a file that ends in ${ending}, which ${command.name()} does not write so; expected ${expected.join(", ")}${page}`,
  );
}
