import { Command, CommanderError } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { COMMAND_GROUPS, type CommandName } from "./commands.ts";
import type { Run } from "./context.ts";
import { addExamples, type Example } from "./examples.ts";
import { HELP_FORMAT } from "./help-format.ts";
import { HELP_TOPICS } from "./help-topics.ts";
import { widthOf } from "./terminal.ts";

const EXAMPLES: readonly Example[] = [
  ["dlstm schema cell --example > cell.json", "a cell to start from"],
  ["dlstm cell.json", "the answers at a glance"],
  ["dlstm jacobian cell.json --of h_t --terms", "∂h_t/∂h_{t-1}, four paths"],
  ["dlstm optimum cell.json --gate f --unit 0", "the h that opens f_t[0]"],
  ["dlstm backward cell.json --dh '[1,0]'", "every gradient"],
  ["dlstm sequence cell.json --x '[[1,0,2],[0,1,1]]'", "where gradients vanish"],
  ["dlstm explain optimum cell.json", "why, in your numbers"],
  ["dlstm report cell.json -o report.html", "one page with pictures"],
  ["dlstm check cell.json", "is it right?"],
  ["dlstm cell.json --json > answer.json", "every digit, for scripts"],
  ["dlstm grade cell.json answer.json", "is a student right?"],
  ["dlstm jacobian cell.json --format latex", "for a paper; markdown, csv"],
  ["dlstm convert cell.json --to pytorch > torch.json", "as a framework has them"],
  ["dlstm convert torch.json --list", "what a file holds"],
];

const AFTER = `
Topics of help: ${Object.keys(HELP_TOPICS).join(", ")}
Exit codes: 0 done, 1 wrong or failed, 2 bad usage or input, 3 a bug in dlstm`;

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
export function createProgram(run: Run, only: CommandName | null): Program {
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
    .addHelpText("after", AFTER)
    .configureHelp(HELP_FORMAT)
    .helpCommand(false);
  addExamples(program, ...EXAMPLES);
  for (const [heading, commands] of Object.entries(COMMAND_GROUPS)) {
    program.commandsGroup(`${heading}:`);
    for (const [name, add] of Object.entries(commands)) {
      if (only === null || only === name) add(program.command(name, { isDefault: name === "show" }), run, program);
    }
  }
  return { command: program, toStdout, toStderr };
}
