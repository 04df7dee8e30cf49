import { distance } from "fastest-levenshtein";
import { GATES } from "../lstm/names.ts";
import { synonym } from "./synonyms.ts";

/** So much of a word is looked at. */
const LONGEST = 80;

/** What the step computes is no input, however near it is to one by its letters. */
const RESULTS: readonly string[] = ["h_t", "c_t", "g_t", ...GATES.map((g) => `${g}_t`)];

/**
 * The known word that another was meant to be: its synonym in the field, else the nearest by spelling, of several the one
 * that begins as it does; null where more than half of the letters would have to change.
 */
export function nearest(text: string, known: readonly string[]): string | null {
  const word = text.slice(0, LONGEST);
  if (RESULTS.includes(word)) return null;
  const meant = synonym(word, known);
  if (meant !== null) return meant;
  const isNear = (other: string, changes: number) => 2 * changes <= Math.max(word.length, other.length);
  const candidates = known.filter((other) => isNear(other, Math.abs(word.length - other.length)));
  if (candidates.length === 0) return null;
  const cost = (other: string) => changes(word, other) + (other[0] === word[0] ? 0 : 0.5);
  const found = candidates.reduce((best, other) => (cost(other) < cost(best) ? other : best));
  return isNear(found, changes(word, found)) ? found : null;
}

/** How many letters change; two neighbours that have changed places are one change. */
function changes(word: string, other: string): number {
  const plain = distance(word, other);
  // of a single change no exchange saves any
  if (plain < 2) return plain;
  const exchanged = Array.from(word.slice(1), (letter, k) => word.slice(0, k) + letter + word[k] + word.slice(k + 2));
  return Math.min(plain, ...exchanged.map((text) => 1 + distance(text, other)));
}

/** The end of a message about an unknown word: `; the nearest is W_f`, or nothing where none is near. */
export function nearestIs(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === null ? "" : `; the nearest is ${found}`;
}
