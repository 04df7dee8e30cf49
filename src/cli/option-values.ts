/** How the values of flags are read. Errors name the flag. */
import { type Argument, Option } from "commander";
import { misuse } from "../errors.ts";
import { isTiny } from "../input/tiny-numbers.ts";
import { nearestIs } from "../words/nearest.ts";
import { gateWritten } from "../words/synonyms.ts";

/** Of the text behind a flag its value; the flag is named by the error about any other text. */
type Read<T> = (text: string, flag: string) => T;

/** A flag with a value. */
export function valueOption(flags: string, description: string, read: Read<unknown>): Option {
  const option = new Option(flags, description);
  return option.argParser((text) => read(text, option.long ?? flags));
}

/** A flag whose value is one of a few words; completion and help know them. */
export function choiceOption(flags: string, description: string, words: readonly string[]): Option {
  return knowing(words, valueOption(flags, description, oneOf(words)));
}

/** A flag whose value is a list of such words with commas between. */
export function listOption(flag: string, description: string, words: readonly string[]): Option {
  return knowing(words, valueOption(`${flag} <list>`, description, listOf(words)));
}

/** Its words are known to completion and help; what is none of them is told by us, with a near one. */
export function knowing<Place extends Argument | Option>(words: readonly string[], place: Place): Place {
  place.argChoices = [...words];
  return place;
}

/** One of a few words; commander's own complaint is two sentences, with its word for the flag. */
export function oneOf(words: readonly string[]): Read<string> {
  return (text, flag) => {
    const known = among(words, text);
    if (known !== null) return known;
    throw unexpected(flag, text, `one of ${words.join(", ")}${nearestIs(text, words)}`);
  };
}

/** The one of a few words that a text is, or a gate's letter as equations write it; null for any other. */
function among(words: readonly string[], text: string): string | null {
  return words.includes(text) ? text : gateWritten(text, words);
}

/** What stands between commas, each once. */
export function wordsIn(text: string): string[] {
  return [...new Set(text.split(",").map((word) => word.trim()))];
}

/** Known words with commas between, each counted once, in the order in which they are known. */
function listOf(known: readonly string[]): Read<string[]> {
  return (text, flag) => {
    const words = wordsIn(text);
    const found = words.map((word) => among(known, word));
    const alien = words[found.indexOf(null)];
    if (alien === undefined) return known.filter((name) => found.includes(name));
    throw unexpected(flag, alien, `a list of ${known.join(", ")}${nearestIs(alien, known)}`);
  };
}

/** A whole number between min and max. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): Read<number> {
  return (text, flag) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `from ${min} to ${max}`;
    throw unexpected(flag, text, `a whole number ${range}`);
  };
}

/** A tolerance. */
export function belowOne(text: string, flag: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value < 1 && !isTiny(text)) return value;
  throw unexpected(flag, text, "a number from 0 up to 1");
}

function unexpected(flag: string, text: string, expected: string) {
  return misuse(flag, `${text || "nothing"}, expected ${expected}`);
}
