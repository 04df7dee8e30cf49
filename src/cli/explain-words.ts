import { misuse } from "../errors.ts";
import { EXPLAINED } from "../explain/topic-names.ts";
import { requireKnownOrFile } from "./usage-error.ts";

type Topic = (typeof EXPLAINED)[number];

interface Words {
  readonly topics: readonly Topic[];
  readonly cell: string | undefined;
}

/**
 * Words that are topics are topics; of others there may be one, the last: the cell.
 * @param flag the cell of --cell
 * @throws {DlstmError} usage, not-found: for a word that is neither, for two cells, for a topic beside homework.
 */
export function readWords(words: readonly string[], flag: string | undefined): Words {
  const { topics, cell } = topicsAndCell(words);
  if (cell !== undefined && flag !== undefined) throw misuse("--cell", `${flag}, but ${cell} is the cell already`);
  if (topics.includes("homework") && new Set(topics).size > 1) {
    throw misuse("homework", "the five questions at once, expected no other topic beside it");
  }
  return { topics, cell: cell ?? flag };
}

function topicsAndCell(words: readonly string[]): Words {
  const topics: Topic[] = [];
  for (const [k, word] of words.entries()) {
    const topic = EXPLAINED.find((one) => one === word);
    if (topic !== undefined) topics.push(topic);
    else {
      if (word !== "-") requireKnownOrFile("topic", word, EXPLAINED);
      if (k < words.length - 1) throw misuse(word, "a file before other words, expected topics: the cell comes last");
      return { topics, cell: word };
    }
  }
  return { topics, cell: undefined };
}
