import { Command, CommanderError } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { COMMAND_GROUPS, type CommandName } from "./commands.ts";
import type { Run } from "./context.ts";
import { HELP_FORMAT } from "./help-format.ts";
import { widthOf } from "./screen.ts";

/** The command line, and the texts that it wants printed: help and version, which commander hands over synchronously. */
export interface Program {
  readonly command: Command;
  readonly toStdout: readonly string[];
  readonly toStderr: readonly string[];
}

/**
 * Builds the command line. It throws CommanderError instead of exiting.
 * @param only the one command that is needed, of many that cost a millisecond together; null: all of them
 */
export async function createProgram(run: Run, only: CommandName | null): Promise<Program> {
  const { context } = run;
  const toStdout: string[] = [];
  const toStderr: string[] = [];
  const program = new Command("dlstm")
    .usage("[show] [cell] [options]\n       dlstm <command> [arguments] [options]")
    .description("Exact derivatives of one LSTM cell: gates, Jacobians with their four paths, optimal unit vectors.")
    .version(manifest.version, "-V, --version", "print the version number")
    .helpOption("-h, --help", "print this help")
    .option("-v", "the same as -V")
    .on("option:v", () => {
      toStdout.push(`${manifest.version}\n`);
      throw new CommanderError(0, "commander.version", manifest.version);
    })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => toStdout.push(text),
      writeErr: (text) => toStderr.push(text),
      // errors are reported by whoever catches them
      outputError: () => undefined,
      getOutHelpWidth: () => widthOf(context),
      getErrHelpWidth: () => widthOf(context),
      getOutHasColors: () => false,
    })
    .configureHelp(HELP_FORMAT)
    .helpCommand(false);
  for (const [heading, commands] of Object.entries(COMMAND_GROUPS)) {
    program.commandsGroup(`${heading}:`);
    for (const [name, add] of Object.entries(commands)) {
      if (only === null || only === name)
        await add(program.command(name, { isDefault: name === "show" }), run, program);
    }
  }
  return { command: program, toStdout, toStderr };
}
