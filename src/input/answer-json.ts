/** A student's text to a JSON value: strict JSON, but for the bare words NaN, Infinity and -Infinity that programs print. */
import { failure, inFile } from "../errors.ts";
import { parseJson } from "./json.ts";
import { type Replacement, replaced, stringEnd } from "./json-strings.ts";
import { LineCounter } from "./text.ts";
import { withNaN } from "./tiny-numbers.ts";

/** How much of an answer is read at all. */
export interface AnswerLimits {
  /** Characters of the text. */
  readonly length: number;
  /** Objects and arrays inside one another; the results that an answer may repeat have six. */
  readonly depth: number;
  /** Objects, arrays, texts and bare words in all: a hundred times as dear as numbers, of which nearly all of an answer consists. */
  readonly parts: number;
}

/** Every ∂·/∂h_{t-1} and ∂·/∂c_{t-1} with the terms, for H = 512 and in all digits, is 58 MiB: the limit leaves room for it. */
export const ANSWER_LIMITS: AnswerLimits = { length: 2 ** 26, depth: 32, parts: 2 ** 20 };

/** Stands for NaN in the text that is parsed: a string of NaN's length, so that all positions stay as they were. */
const NOT_A_NUMBER = '"\ue000"';
/** Numbers of the words' lengths that JSON.parse reads as infinite. */
const INFINITE = "1e999999";

/**
 * The value of an answer's text. NaN and infinities are numbers in it, also those that a numeral like 1e999 stands for;
 * a key `__proto__` is a key like any other. Takes time in proportion to the length of the text.
 * @throws {DlstmError} too-large, where a limit is passed; syntax, at `line L, column C`; duplicate-key.
 */
export function parseAnswerJson(text: string, file: string | null, limits: AnswerLimits = ANSWER_LIMITS): unknown {
  return inFile(file, () => {
    if (text.length > limits.length) {
      throw failure("too-large", `${text.length} characters, expected at most ${limits.length} in an answer`);
    }
    const words = bareWords(text, limits);
    const value = parseJson(replaced(text, words));
    return words.some(({ by }) => by === NOT_A_NUMBER) ? withNaN(value, NOT_A_NUMBER.slice(1, -1)) : value;
  });
}

/**
 * The bare words outside strings, with what takes their place; the text need not be JSON.
 * @throws {DlstmError} too-large, where it goes deeper than `depth`, or has more than so many `parts`.
 */
function bareWords(text: string, { depth, parts }: AnswerLimits): Replacement[] {
  const words: Replacement[] = [];
  let [level, count] = [0, 0];
  const stops = /["[\]{}NI]/g;
  for (let stop = stops.exec(text); stop !== null; stop = stops.exec(text)) {
    const [character] = stop;
    const at = stop.index;
    const isOpening = character === "[" || character === "{";
    // an N that is no NaN is a fault anyway
    const isWord = character === "N" || character === "I";
    if (character === '"' || isOpening || isWord) count += 1;
    if (count > parts) throw failure("too-large", `more than ${parts} arrays, objects, texts and bare words`);
    if (character === '"') stops.lastIndex = stringEnd(text, at);
    else if (isOpening) {
      level += 1;
      if (level > depth) {
        const message = `more than ${depth} arrays and objects inside one another`;
        throw failure("too-large", message, { place: new LineCounter(text).placeAt(at) });
      }
    } else if (!isWord) level -= 1;
    else {
      const word = character === "N" ? "NaN" : "Infinity";
      if (!text.startsWith(word, at) || !isValue(text, at, word)) continue;
      const end = at + word.length;
      words.push({ start: at, end, by: word === "NaN" ? NOT_A_NUMBER : INFINITE });
      stops.lastIndex = end;
    }
  }
  return words;
}

/** The word stands alone (Infinity also behind a minus), and not as a key, which would need quotes. */
function isValue(text: string, at: number, word: string): boolean {
  const start = word === "Infinity" && text[at - 1] === "-" ? at - 1 : at;
  const end = at + word.length;
  if (/[-+.\w$]/.test(text[start - 1] ?? "") || /[-+.\w$]/.test(text[end] ?? "")) return false;
  let next = end;
  while (/[ \t\r\n]/.test(text[next] ?? "")) next += 1;
  return text[next] !== ":";
}
