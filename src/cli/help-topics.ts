/** What `dlstm help` knows beside the commands: a page of documentation each. */
export const HELP_TOPICS = {
  weights: "cells, the frameworks' conventions, kinds of files",
  grading: "rules, mistakes, recipes for graders",
  quantities: "the names by which grade and sheet know what there is",
  streams: "many lines: one process, several, a cluster",
  json: "formats, the keys of results, the columns of CSV",
  digits: "how near the printed numbers are to the exact ones",
} as const;

export type HelpTopic = keyof typeof HELP_TOPICS;

export function isHelpTopic(word: string): word is HelpTopic {
  return Object.hasOwn(HELP_TOPICS, word);
}

/** The word that asks for the pages by name. */
export const LIST = "topics";

/** A line for each page. */
export function pageLines(): string {
  return Object.entries(HELP_TOPICS)
    .map(([topic, about]) => `  ${topic.padEnd(11)}${about}`)
    .join("\n");
}
