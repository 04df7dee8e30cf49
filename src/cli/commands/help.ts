import { Argument, type Command } from "commander";
import { failure } from "../../errors.ts";
import { nearest } from "../../input/nearest.ts";
import type { Run } from "../context.ts";
import { HELP_TOPICS, isHelpTopic } from "../help-topics.ts";
import { lookOf } from "../terminal.ts";
import { writeResult } from "../write.ts";

const TOPICS = Object.entries(HELP_TOPICS).map(([topic, about]) => `  ${topic.padEnd(9)}${about}`);

/** To be added last: it knows the commands that are there. */
export function addHelp(program: Command, { context }: Run): void {
  const help = program
    .command("help")
    .description(`what a command does, or a page on ${Object.keys(HELP_TOPICS).join(", ")}`)
    .addHelpText("after", `\nTopics:\n${TOPICS.join("\n")}\n\nExample:\n  $ dlstm help grading`);
  const words = [...program.commands.map((command) => command.name()), ...Object.keys(HELP_TOPICS)];
  const argument = new Argument("[name]", "a command or a topic (default: the list of them)");
  // known to help and completion; what is none of them is told by us, with a near one
  argument.argChoices = words;
  help.addArgument(argument).action(async (word: string | undefined) => {
    if (word !== undefined && isHelpTopic(word)) {
      const { helpPage } = await import("../help-page.ts");
      return writeResult([helpPage(word, await lookOf(undefined, context))], undefined, context);
    }
    const command = word === undefined ? program : program.commands.find((one) => one.name() === word);
    if (command === undefined) throw unknownWord(word ?? "", words);
    command.help();
  });
}

function unknownWord(word: string, words: readonly string[]) {
  const meant = nearest(word, words);
  const advice = meant === null ? "dlstm help lists them" : `the nearest is ${meant}`;
  return failure("usage", `neither a command nor a topic of help, expected one; ${advice}`, { place: word });
}
