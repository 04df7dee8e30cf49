import { type Command, Option } from "commander";
import { inFile } from "../errors.ts";
import type { Cell } from "../lstm/cell.ts";
import type { CellResult } from "../lstm/results/records.ts";
import type { Context, Run } from "./context.ts";
import { emit } from "./emit.ts";
import { resultLines } from "./lines.ts";
import { cellReader, type LoadedCell, loadCell, nameOf } from "./load-cell.ts";
import {
  addCellOptions,
  addOutputOptions,
  type CellOptions,
  type Extent,
  type OutputOptions,
  requireJson,
} from "./options.ts";
import { EXIT, problemRecord } from "./report-error.ts";
import { MOST_JSON } from "./source.ts";
import { note } from "./terminal.ts";
import { requireCommandOrFile } from "./usage-error.ts";
import { writeResult } from "./write.ts";

type AllOptions<Options> = Options & CellOptions & OutputOptions;

/** A command on one cell: its flags, and the reading. What is wrong in what follows is told with the cell's file. */
export function onCell<Options extends object>(
  command: Command,
  context: Context,
  extent: Extent,
  act: (loaded: LoadedCell, options: AllOptions<Options>) => Promise<void>,
  actOnLines?: (path: string, options: AllOptions<Options>) => Promise<void>,
): void {
  addOutputOptions(addCellOptions(command, extent));
  if (actOnLines) {
    const what = "a cell a line in, a line of JSON out for each; a bad line is told in its place";
    command.addOption(new Option("--ndjson", what).conflicts(["full", "digits"]));
  }
  command.action(async (path: string | undefined, options: AllOptions<Options>) => {
    const program = command.parent ?? command;
    const isNamed = program.args[0] === command.name();
    if (path === undefined && context.stdin.isTTY) (isNamed ? command : program).help({ error: true });
    if (path !== undefined && path !== "-" && !isNamed) {
      const names = program.commands.map((one) => one.name());
      requireCommandOrFile(path, names);
    }
    if (options.ndjson) requireJson(command, options, "--ndjson prints a line of it for each cell");
    if (options.ndjson && actOnLines) await actOnLines(path ?? "-", options);
    else await act(await loadCell(path, extent, options, context), options);
  });
}

/** What becomes of a result. */
interface OnCell<Options, Result extends CellResult> {
  readonly compute: (cell: Cell, options: Options) => Result;
  /** default: one step */
  readonly extent?: Extent;
  /** What of the result is worth saying on stderr. */
  readonly notes?: (result: Result) => string[];
}

/** A command that computes one result of one cell and prints it, or with --ndjson those of one cell after another. */
export function runOnCell<Options extends object, Result extends CellResult>(
  command: Command,
  { context, endWith }: Run,
  { compute, extent = "step", notes = () => [] }: OnCell<Options, Result>,
): void {
  const act = async ({ file, heading, cell, remarks }: LoadedCell, options: AllOptions<Options>) => {
    const result = inFile(file, () => compute(cell, options));
    await emit("result", result, heading, options, context, remarks);
    for (const text of notes(result)) note(text, options, context, file);
  };
  const actOnLines = async (path: string, options: AllOptions<Options>) => {
    const read = await cellReader(path, extent, options, context);
    const lines = resultLines(path, options.maxBytes ?? MOST_JSON, context, {
      compute: (bytes) => inFile(nameOf(path), () => compute(read(bytes), options)),
      refuse: (error, line) => {
        endWith(EXIT.usage);
        return { line, ...problemRecord(error.problems, error.count) };
      },
    });
    await writeResult(lines, options.output, context);
  };
  onCell(command, context, extent, act, actOnLines);
}
