import type { Command } from "commander";
import type { Result } from "../render/result.ts";
import type { Context, Run } from "./context.ts";
import { addStreamOptions } from "./many-options.ts";
import { makesCell } from "./number-flags.ts";
import type { AllOptions, OnCell } from "./on-cell.ts";
import { addCellOptions, addOutputOptions } from "./options.ts";
import { runOnOne } from "./run-on-one.ts";
import { requireKnownOrFile } from "./usage-error.ts";

/** A command that computes a result of a cell and prints it: its flags, the reading, and one result for each of many inputs. */
export function runOnCell<Options extends object, R extends Result>(
  command: Command,
  run: Run,
  work: OnCell<Options, R>,
): void {
  const { context } = run;
  addStreamOptions(addOutputOptions(addCellOptions(command, work.extent ?? "step", "[cell...]")));
  command.action(async (paths: readonly string[], options: AllOptions<Options>) => {
    requireWork(command, paths, options, context);
    const sources = paths.length === 0 && !makesCell(options) ? ["-"] : paths;
    const { ndjson, states, keepGoing, jobs } = options;
    if (ndjson || states !== undefined || keepGoing || jobs !== undefined || sources.length > 1) {
      // one cell is read and printed without what many take
      const { requireStreamFlags } = await import("./stream-flags.ts");
      requireStreamFlags(command, sources, options);
      const { runOnMany } = await import("./run-on-many.ts");
      await runOnMany(sources, work, options, run);
    } else await runOnOne(sources, work, options, context);
  });
}

/** @throws {DlstmError} usage, where the first word is no file; help, for a person who gave nothing to work on. */
function requireWork(command: Command, paths: readonly string[], options: AllOptions<object>, context: Context): void {
  const program = command.parent ?? command;
  const isNamed = program.args[0] === command.name();
  const [first] = paths;
  if (first === undefined && options.states !== "-" && context.stdin.isTTY && !makesCell(options)) {
    (isNamed ? command : program).help({ error: true });
  }
  if (first !== undefined && first !== "-" && !isNamed) {
    const names = program.commands.map((one) => one.name());
    requireKnownOrFile("command", first, names);
  }
}
