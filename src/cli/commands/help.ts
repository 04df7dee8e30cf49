import { Argument } from "commander";
import { misuse } from "../../errors.ts";
import { nearest } from "../../input/nearest.ts";
import type { AddCommand } from "../context.ts";
import { HELP_TOPICS, isHelpTopic } from "../help-topics.ts";
import { knowing } from "../options.ts";
import { lookOf } from "../terminal.ts";
import { writeResult } from "../write.ts";

const TOPICS = Object.entries(HELP_TOPICS).map(([topic, about]) => `  ${topic.padEnd(9)}${about}`);

/** To be added last: it knows the commands that are there. */
export const addHelp: AddCommand = (command, { context }, program) => {
  const words = [...program.commands.map((one) => one.name()), ...Object.keys(HELP_TOPICS)];
  command
    .description(`what a command does, or a page on ${Object.keys(HELP_TOPICS).join(", ")}`)
    .addHelpText("after", `\nTopics:\n${TOPICS.join("\n")}\n\nExample:\n  $ dlstm help grading`)
    .addArgument(knowing(words, new Argument("[name]", "a command or a topic (default: the list of them)")))
    .action(async (word: string | undefined) => {
      if (word !== undefined && isHelpTopic(word)) {
        const { helpPage } = await import("../help-page.ts");
        return writeResult([helpPage(word, await lookOf(undefined, context))], undefined, context);
      }
      const named = word === undefined ? program : program.commands.find((one) => one.name() === word);
      if (named) return named.help();
      const meant = nearest(word ?? "", words);
      const advice = meant === null ? "dlstm help lists them" : `the nearest is ${meant}`;
      throw misuse(word ?? "", `neither a command nor a topic of help, expected one; ${advice}`);
    });
};
