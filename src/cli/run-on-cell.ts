import type { Command } from "commander";
import { inFile } from "../errors.ts";
import type { Cell } from "../lstm/cell.ts";
import type { CellResult } from "../lstm/results/records.ts";
import type { Context } from "./context.ts";
import { emit } from "./emit.ts";
import { type LoadedCell, loadCell } from "./load-cell.ts";
import { addCellOptions, addOutputOptions, type CellOptions, type Extent, type OutputOptions } from "./options.ts";
import { requireCommandOrFile } from "./usage-error.ts";

type AllOptions<Options> = Options & CellOptions & OutputOptions;

/** A command on one cell: its flags, and the reading. What is wrong in what follows is told with the cell's file. */
export function onCell<Options extends object>(
  command: Command,
  context: Context,
  extent: Extent,
  act: (loaded: LoadedCell, options: AllOptions<Options>) => Promise<void>,
): void {
  addOutputOptions(addCellOptions(command, extent));
  command.action(async (path: string | undefined, options: AllOptions<Options>) => {
    const program = command.parent!;
    const isNamed = program.args[0] === command.name();
    if (path === undefined && context.stdin.isTTY) (isNamed ? command : program).help({ error: true });
    if (path !== undefined && path !== "-" && !isNamed) requireCommandOrFile(path, namesOf(program));
    await act(await loadCell(path, extent, options, context), options);
  });
}

/** A command that computes one result of one cell and prints it. */
export function runOnCell<Options extends object>(
  command: Command,
  context: Context,
  compute: (cell: Cell, options: Options) => CellResult,
  extent: Extent = "step",
): void {
  onCell<Options>(command, context, extent, async ({ file, cell }, options) => {
    await emit(
      inFile(file, () => compute(cell, options)),
      cell.name ?? file,
      options,
      context,
    );
  });
}

export function namesOf(program: Command): string[] {
  return program.commands.map((command) => command.name());
}
