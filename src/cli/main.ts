import { existsSync } from "node:fs";
import { CommanderError } from "commander";
import type { Context } from "./context.ts";
import { createProgram } from "./program.ts";
import { EXIT, reportError } from "./report-error.ts";
import { HelpWanted, unknownWord, usageError } from "./usage-error.ts";

/** Runs the command line on the arguments after the program's name. Returns the exit code; throws nothing. */
export async function main(argv: readonly string[], context: Context): Promise<number> {
  try {
    const program = createProgram(context);
    const [first] = argv;
    const commands = program.commands.map((command) => command.name());
    if (first && !first.startsWith("-") && !commands.includes(first) && !existsSync(first))
      throw unknownWord(first, commands);
    await program.parseAsync(argv, { from: "user" });
    return EXIT.done;
  } catch (error) {
    if (error instanceof HelpWanted) {
      context.stderr.write(error.help);
      return EXIT.usage;
    }
    if (error instanceof CommanderError) {
      // help and version were asked for and printed
      if (error.exitCode === 0) return EXIT.done;
      return reportError(usageError(error), wantsJson(argv), context);
    }
    return reportError(error, wantsJson(argv), context);
  }
}

/** Whether errors are wanted as JSON, also where the arguments could not be parsed. */
function wantsJson(argv: readonly string[]): boolean {
  return argv.some(
    (word, k) => word === "--json" || word === "--format=json" || (word === "json" && argv[k - 1] === "--format"),
  );
}
