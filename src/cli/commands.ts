import { addBackward } from "./commands/backward.ts";
import { addCheck } from "./commands/check.ts";
import { addCompletion } from "./commands/completion.ts";
import { addConvert } from "./commands/convert.ts";
import { addExample } from "./commands/example.ts";
import { addExplain } from "./commands/explain.ts";
import { addForward } from "./commands/forward.ts";
import { addGrade } from "./commands/grade.ts";
import { addHelp } from "./commands/help.ts";
import { addJacobian } from "./commands/jacobian.ts";
import { addOptimum } from "./commands/optimum.ts";
import { addReport } from "./commands/report.ts";
import { addSchema } from "./commands/schema.ts";
import { addSequence } from "./commands/sequence.ts";
import { addShow } from "./commands/show.ts";
import { addSigmoid } from "./commands/sigmoid.ts";
import type { AddCommand } from "./context.ts";

/** Every command under the heading that help has for it, in the order in which they are listed. */
export const COMMAND_GROUPS = {
  Compute: {
    show: addShow,
    forward: addForward,
    jacobian: addJacobian,
    optimum: addOptimum,
    backward: addBackward,
    sequence: addSequence,
    sigmoid: addSigmoid,
  },
  "Verify and explain": { check: addCheck, grade: addGrade, explain: addExplain, report: addReport },
  "Weights and files": { example: addExample, convert: addConvert, schema: addSchema },
  // help knows the commands that stand before it
  "The shell and help": { completion: addCompletion, help: addHelp },
} as const satisfies Record<string, Record<string, AddCommand>>;

type Groups = typeof COMMAND_GROUPS;
export type CommandName = { [group in keyof Groups]: keyof Groups[group] }[keyof Groups];

export const COMMAND_NAMES = Object.values(COMMAND_GROUPS).flatMap((group) => Object.keys(group)) as CommandName[];

/** The command that the arguments call for, as far as their first word tells; null where all of them may be needed. */
export function commandOf(argv: readonly string[]): CommandName | null {
  const [first = "-"] = argv;
  // help lists them or knows the one that is meant, completion goes through them
  if (/^-|^(completion|help)$/.test(first) || argv.some((word) => /^(-h|--help)$/.test(word))) return null;
  return COMMAND_NAMES.find((name) => name === first) ?? "show";
}
