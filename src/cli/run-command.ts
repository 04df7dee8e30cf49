import { CommanderError } from "commander";
import { COMMAND_NAMES, commandOf } from "./commands.ts";
import type { Context } from "./context.ts";
import { createProgram } from "./program.ts";
import { EXIT } from "./report-error.ts";
import { shownOn } from "./terminal.ts";
import { requireKnownOrFile, usageError } from "./usage-error.ts";
import { writeStream } from "./write.ts";

/** Runs a command line of any kind. Returns the exit code; throws what goes wrong. */
export async function runCommand(argv: readonly string[], context: Context): Promise<number> {
  let code: number = EXIT.done;
  const endWith = (found: 1 | 2) => {
    code = Math.max(code, found);
  };
  const [first = "-"] = argv;
  if (!first.startsWith("-")) requireKnownOrFile("command", first, COMMAND_NAMES);
  const only = commandOf(argv);
  const again = (other: Context) => runCommand(argv, other);
  const { command, toStdout, toStderr } = await createProgram({ context, argv, endWith, again }, only);
  if (only === null) (await import("./program-help.ts")).addProgramHelp(command);
  try {
    await command.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // the only text for stderr is the help for a person who gave nothing to work on
    const [text, stream] = error.exitCode === 0 ? [toStdout, context.stdout] : [toStderr, context.stderr];
    if (text.length === 0) throw usageError(error);
    await writeStream([shownOn(stream, context.env, text.join(""))], stream);
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}
