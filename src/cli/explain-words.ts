import { misuse } from "../errors.ts";
import { EXPLAINED } from "../explain/topic-names.ts";
import { requireKnownOrFile } from "./usage-error.ts";

type Topic = (typeof EXPLAINED)[number];

/** Words that are topics are topics; of others there may be one, the last: the cell. */
export function readWords(words: readonly string[], flag: string | undefined) {
  const topics: Topic[] = [];
  for (const [k, word] of words.entries()) {
    const topic = EXPLAINED.find((one) => one === word);
    if (topic !== undefined) topics.push(topic);
    else {
      if (word !== "-") requireKnownOrFile("topic", word, EXPLAINED);
      if (k < words.length - 1) throw misuse(word, "a file before other words, expected topics: the cell comes last");
      if (flag !== undefined) throw misuse("--cell", `${flag}, but ${word} is the cell already`);
      return { topics, cell: word };
    }
  }
  if (topics.includes("homework") && new Set(topics).size > 1) {
    throw misuse("homework", "the five questions at once, expected no other topic beside it");
  }
  return { topics, cell: flag };
}
