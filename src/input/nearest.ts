import { closest, distance } from "fastest-levenshtein";
import { excerpt } from "./excerpt.ts";

/** The known word that another was meant to be; null where more than half of the letters would have to change. */
export function nearest(text: string, known: readonly string[]): string | null {
  const word = excerpt(text);
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
