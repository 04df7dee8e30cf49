import { Argument } from "commander";
import { misuse } from "../../errors.ts";
import { EXPLAINED } from "../../explain/topic-names.ts";
import { nearest } from "../../input/nearest.ts";
import type { AddCommand, Context } from "../context.ts";
import { DIGITS, emit } from "../emit.ts";
import { addExamples } from "../examples.ts";
import { HELP_TOPICS, isHelpTopic } from "../help-topics.ts";
import { knowing } from "../options.ts";
import { lookOf } from "../terminal.ts";
import { writeResult } from "../write.ts";

const PAGES = Object.entries(HELP_TOPICS).map(([topic, about]) => `  ${topic.padEnd(9)}${about}`);
/** The word that asks for the pages by name. */
const LIST = "topics";

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
      `\nPages:\n${PAGES.join("\n")}\n\nDerivations (dlstm explain has more):\n  ${derivations.join(", ")}`,
    )
    .addArgument(knowing(words, new Argument("[command|topic]", "one of these words (default: the list of commands)")))
    .action(async (word: string | undefined) => {
      const named = word === undefined ? program : program.commands.find((one) => one.name() === word);
      if (named) return named.help();
      if (word !== undefined && (await showTopic(word, context))) return;
      const meant = nearest(word ?? "", words);
      const advice = meant === null ? "dlstm help lists them" : `the nearest is ${meant}`;
      throw misuse(word ?? "", `neither a command nor a topic of help, expected one; ${advice}`);
    });
};

/** A page, the list of them, or a derivation; false where there is none of that name. */
async function showTopic(word: string, context: Context): Promise<boolean> {
  if (word === LIST) await writeResult([`${PAGES.join("\n")}\n`], undefined, context);
  else if (isHelpTopic(word)) {
    const { helpPage } = await import("../help-page.ts");
    await writeResult([helpPage(word, await lookOf(undefined, context))], undefined, context);
  } else {
    const topic = EXPLAINED.find((one) => one === word);
    if (topic === undefined) return false;
    const { explain } = await import("../../explain/explain.ts");
    const derivation = explain({ topics: [topic], norm: null, cell: null, unit: null, step: null });
    await emit("derivation", derivation, null, { format: "text", digits: DIGITS }, context);
  }
  return true;
}
