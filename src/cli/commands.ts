import { addForward } from "./commands/forward.ts";
import { addShow } from "./commands/show.ts";
import type { AddCommand } from "./context.ts";

/** A command that few runs ask for: its file is loaded when it is the one that is asked for. */
const later =
  (load: () => Promise<AddCommand>): AddCommand =>
  async (command, run, program) =>
    (await load())(command, run, program);

/** Every command under the heading that help has for it, in the order in which they are listed. */
export const COMMAND_GROUPS = {
  Compute: {
    show: addShow,
    forward: addForward,
    jacobian: later(async () => (await import("./commands/jacobian.ts")).addJacobian),
    optimum: later(async () => (await import("./commands/optimum.ts")).addOptimum),
    backward: later(async () => (await import("./commands/backward.ts")).addBackward),
    hessian: later(async () => (await import("./commands/hessian.ts")).addHessian),
    sequence: later(async () => (await import("./commands/sequence.ts")).addSequence),
    sigmoid: later(async () => (await import("./commands/sigmoid.ts")).addSigmoid),
  },
  "Verify and explain": {
    check: later(async () => (await import("./commands/check.ts")).addCheck),
    grade: later(async () => (await import("./commands/grade.ts")).addGrade),
    sheet: later(async () => (await import("./commands/sheet.ts")).addSheet),
    explain: later(async () => (await import("./commands/explain.ts")).addExplain),
    report: later(async () => (await import("./commands/report.ts")).addReport),
  },
  "Weights and files": {
    example: later(async () => (await import("./commands/example.ts")).addExample),
    convert: later(async () => (await import("./commands/convert.ts")).addConvert),
    schema: later(async () => (await import("./commands/schema.ts")).addSchema),
  },
  // help knows the commands that stand before it
  "The shell and help": {
    completion: later(async () => (await import("./commands/completion.ts")).addCompletion),
    help: later(async () => (await import("./commands/help.ts")).addHelp),
  },
} as const satisfies Record<string, Record<string, AddCommand>>;

type Groups = typeof COMMAND_GROUPS;
export type CommandName = { [group in keyof Groups]: keyof Groups[group] }[keyof Groups];

export const COMMAND_NAMES = Object.values(COMMAND_GROUPS).flatMap((group) => Object.keys(group)) as CommandName[];

/** The command that the arguments call for, as far as their first word tells; null where all of them may be needed. */
export function commandOf(argv: readonly string[]): CommandName | null {
  const [first = "-"] = argv;
  // help lists them or knows the one that is meant, completion goes through them
  if (/^-|^(completion|help)$/.test(first)) return null;
  const named = COMMAND_NAMES.find((name) => name === first);
  if (named !== undefined) return named;
  return argv.some((word) => /^(-h|--help)$/.test(word)) ? null : "show";
}
