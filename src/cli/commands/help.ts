import { Argument } from "commander";
import { misuse } from "../../errors.ts";
import { EXPLAINED } from "../../explain/topic-names.ts";
import { nearest } from "../../words/nearest.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { HELP_TOPICS, LIST, pageLines } from "../help-topics.ts";
import { knowing } from "../options.ts";

/** To be added last: it knows the commands that are there. */
export const addHelp: AddCommand = (command, { context }, program) => {
  const commands = program.commands.map((one) => one.name());
  const derivations = EXPLAINED.filter((topic) => !commands.includes(topic));
  const words = [...commands, LIST, ...Object.keys(HELP_TOPICS), ...derivations];
  addExamples(
    command,
    ["dlstm help jacobian", "a command"],
    ["dlstm help grading", "a page"],
    ["dlstm help tanh", "a derivation"],
  )
    .description("what a command does, a page of documentation, or a derivation")
    .addHelpText(
      "after",
      `\nPages:\n${pageLines()}\n\nDerivations (dlstm explain has more):\n  ${derivations.slice(0, 4).join(", ")},\n  ${derivations.slice(4).join(", ")}`,
    )
    .addArgument(knowing(words, new Argument("[command|topic]", "one of these words (default: the list of commands)")))
    .action(async (word: string | undefined) => {
      const named = word === undefined ? program : program.commands.find((one) => one.name() === word);
      if (named) return named.help();
      const { showTopic } = await import("../help-page.ts");
      if (word !== undefined && (await showTopic(word, context))) return;
      const meant = nearest(word ?? "", words);
      const advice = meant === null ? "dlstm help lists them" : `the nearest is ${meant}`;
      throw misuse(word ?? "", `neither a command nor a topic of help, expected one; ${advice}`);
    });
};
