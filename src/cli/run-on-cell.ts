import type { Command } from "commander";
import { inFile } from "../errors.ts";
import type { Cell } from "../lstm/cell.ts";
import type { CellResult } from "../lstm/results/records.ts";
import type { Context } from "./context.ts";
import { emit } from "./emit.ts";
import { loadCell } from "./load-cell.ts";
import { addCellOptions, addOutputOptions, type CellOptions, type OutputOptions } from "./options.ts";
import { requireCommandOrFile } from "./usage-error.ts";

/** The common part of the commands on one cell: flags, reading, computing, printing. */
export function runOnCell<Options extends object>(
  command: Command,
  context: Context,
  compute: (cell: Cell, options: Options) => CellResult,
): Command {
  addOutputOptions(addCellOptions(command));
  return command.action(async (path: string | undefined, options: Options & CellOptions & OutputOptions) => {
    const program = command.parent!;
    const isNamed = program.args[0] === command.name();
    if (path === undefined && context.stdin.isTTY) (isNamed ? command : program).help({ error: true });
    if (path !== undefined && path !== "-" && !isNamed) requireCommandOrFile(path, namesOf(program));
    const { file, cell } = await loadCell(path, options, context);
    const result = inFile(file, () => compute(cell, options));
    await emit(result, cell.name ?? file, options, context);
  });
}

export function namesOf(program: Command): string[] {
  return program.commands.map((command) => command.name());
}
