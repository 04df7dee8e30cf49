import type { Context } from "./context.ts";
import { plainRun } from "./plain-run.ts";
import { reportError } from "./report-error.ts";

/** Runs the command line on the arguments after the program's name. Returns the exit code; throws nothing. */
export async function main(argv: readonly string[], context: Context): Promise<number> {
  try {
    const plain = plainRun(argv, context);
    // the reader of flags, and all that they are for, is half of the program
    return await (plain ?? (await import("./run-command.ts")).runCommand(argv, context));
  } catch (error) {
    return reportError(error, wantsJson(argv), context);
  }
}

/** Whether errors are wanted as JSON, also where the arguments could not be parsed. */
function wantsJson(argv: readonly string[]): boolean {
  return argv.some((word, k) => /^--(json|format=json)$/.test(word) || (word === "json" && argv[k - 1] === "--format"));
}
