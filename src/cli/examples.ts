/** The examples of a command, as its help and the manual page have them. */
import type { Command } from "commander";

/** What to type, and what it is for. */
export type Example = readonly [line: string, remark?: string];

const EXAMPLES = new WeakMap<Command, readonly Example[]>();

/** Examples that run one after the other in any folder: what they read, one of them has written. */
export function addExamples(command: Command, ...examples: readonly Example[]): Command {
  EXAMPLES.set(command, examples);
  return command;
}

export function examplesOf(command: Command): readonly Example[] {
  return EXAMPLES.get(command) ?? [];
}

/** One a line, the remarks in a column of their own. */
export function exampleLines(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  return examples.map(([line, remark = ""]) => `  $ ${line.padEnd(width)}  ${remark}`.trimEnd()).join("\n");
}
