/** How the values of flags are read. Errors name the flag. */
import { Option } from "commander";
import { misuse } from "../errors.ts";
import { synonymIs } from "../input/nearest.ts";
import { isTiny } from "../input/tiny-numbers.ts";

/** A flag whose value is one of a few words. */
export function choiceOption(flags: string, description: string, words: readonly string[]): Option {
  const option = new Option(flags, description).choices(words);
  return option.argParser(oneOf(option.long ?? flags, words));
}

/** A reader of one of a few words; commander's own complaint is two sentences, with its word for the flag. */
export function oneOf(place: string, words: readonly string[]) {
  return (text: string): string => {
    if (words.includes(text)) return text;
    throw unexpected(place, text, `one of ${words.join(", ")}${synonymIs(text, words)}`);
  };
}

/** A reader of whole numbers between min and max. */
export function wholeNumber(flag: string, min: number, max = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `from ${min} to ${max}`;
    throw unexpected(flag, text, `a whole number ${range}`);
  };
}

/** A reader of tolerances. */
export function belowOne(flag: string) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== "" && value >= 0 && value < 1 && !isTiny(text)) return value;
    throw unexpected(flag, text, "a number from 0 up to 1");
  };
}

/** An option whose value is a list of known words with commas between; completion and help know them. */
export function listOption<T extends string>(flag: string, description: string, known: readonly T[]): Option {
  const option = new Option(`${flag} <list>`, description).argParser(listOf(flag, known));
  option.argChoices = [...known];
  return option;
}

/** A reader of comma-separated lists of known words, each counted once. */
function listOf<T extends string>(flag: string, known: readonly T[]) {
  return (text: string): T[] => {
    const words = text.split(",").map((word) => word.trim());
    for (const word of words) {
      if (known.some((name) => name === word)) continue;
      throw unexpected(flag, word, `a list of ${known.join(", ")}${synonymIs(word, known)}`);
    }
    return known.filter((name) => words.includes(name));
  };
}

/** A reader of comma-separated unit numbers. */
export function listOfUnits(flag: string) {
  const unit = wholeNumber(flag, 0);
  return (text: string): number[] => [...new Set(text.split(",").map((word) => unit(word.trim())))];
}

function unexpected(flag: string, text: string, expected: string) {
  return misuse(flag, `${text || "nothing"}, expected ${expected}`);
}
