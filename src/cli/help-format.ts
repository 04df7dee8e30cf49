import { type Command, Help } from "commander";
import { exampleLines, examplesOf } from "./examples.ts";
import { HELP_WIDTH } from "./screen.ts";

/** How help differs from commander's own: the examples stand behind usage and description, lists name arguments and no "[options]". */
export const HELP_FORMAT = {
  formatHelp(command: Command, helper: Help): string {
    if (command.parent === null) helper.helpWidth = Math.min(helper.helpWidth ?? HELP_WIDTH, HELP_WIDTH);
    const [usage, description, ...rest] = Help.prototype.formatHelp.call(helper, command, helper).split("\n\n");
    const examples = examplesOf(command);
    const shown = examples.length === 0 ? [] : [`Example${examples.length > 1 ? "s" : ""}:\n${exampleLines(examples)}`];
    return [usage, description, ...shown, ...rest].join("\n\n");
  },
  subcommandTerm: (command: Command): string => `${command.name()} ${command.usage().replace(/\[options\] ?/, "")}`,
};
