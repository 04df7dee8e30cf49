import { closest, distance } from "fastest-levenshtein";
import { GATES } from "../lstm/names.ts";
import { synonym } from "./synonyms.ts";

/** So much of a word is looked at. */
const LONGEST = 80;

/** What the step computes is no input, however near it is to one by its letters. */
const RESULTS: readonly string[] = ["h_t", "c_t", "g_t", ...GATES.map((g) => `${g}_t`)];

/**
 * The known word that another was meant to be: its synonym in the field, else the nearest by spelling; null where more
 * than half of the letters would have to change.
 */
export function nearest(text: string, known: readonly string[]): string | null {
  const word = text.slice(0, LONGEST);
  if (RESULTS.includes(word)) return null;
  const meant = synonym(word, known);
  if (meant !== null) return meant;
  const isNear = (other: string, changes: number) => 2 * changes <= Math.max(word.length, other.length);
  const candidates = known.filter((other) => isNear(other, Math.abs(word.length - other.length)));
  if (candidates.length === 0) return null;
  const found = closest(word, candidates);
  return isNear(found, distance(word, found)) ? found : null;
}

/** The end of a message about an unknown word: `; the nearest is W_f`, or nothing where none is near. */
export function nearestIs(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === null ? "" : `; the nearest is ${found}`;
}
