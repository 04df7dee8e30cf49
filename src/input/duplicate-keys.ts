/** Keys that stand twice in one object, which JSON.parse would silently overwrite. Reads valid JSON only. */

import { DlstmError, type Problem, REPORTED_PROBLEMS, toProblem } from "../errors.ts";
import { excerpt } from "./excerpt.ts";
import { find, stringEnd } from "./json-strings.ts";
import { LineCounter } from "./text.ts";

/** The keys of an open object so far: none, one, or several (most objects of a deep text have one; a Set is dear). */
type Keys = null | string | Set<string>;

/** One level of the way down: the key in an object (as written), or the index in an array. */
type Step = string | number;

/**
 * Refuses a text in which an object has a key twice, at any depth; keys are compared unescaped.
 *
 * @param text valid JSON: JSON.parse has accepted it.
 * @throws {DlstmError} code `duplicate-key`, one problem for each repetition, its place the path of the key.
 */
export function rejectDuplicateKeys(text: string): void {
  const { offsets, count } = findDuplicates(text);
  if (count > 0) throw new DlstmError(describe(text, offsets), count);
}

/** The number of repeated keys, and where the first of them open. Jumps from quote to quote and brace to brace. */
function findDuplicates(text: string): { offsets: number[]; count: number } {
  const open: Keys[] = [];
  const offsets: number[] = [];
  let count = 0;
  let quote = find(text, '"', 0);
  let left = find(text, "{", 0);
  let right = find(text, "}", 0);
  for (;;) {
    if (quote < left && quote < right) {
      const end = stringEnd(text, quote);
      if (isKey(text, end) && !addKey(open, unescapeKey(text, quote, end))) {
        count += 1;
        if (offsets.length < REPORTED_PROBLEMS) offsets.push(quote);
      }
      quote = find(text, '"', end);
      // A brace within the string is text.
      if (left < end) left = find(text, "{", end);
      if (right < end) right = find(text, "}", end);
    } else if (left < right) {
      open.push(null);
      left = find(text, "{", left + 1);
    } else if (right < text.length) {
      open.pop();
      right = find(text, "}", right + 1);
    } else {
      return { offsets, count };
    }
  }
}

/** Adds to the keys of the innermost object; false if the key is there already. */
function addKey(open: Keys[], key: string): boolean {
  const top = open.length - 1;
  const keys = open[top];
  if (keys === null) open[top] = key;
  else if (typeof keys === "string") {
    if (keys === key) return false;
    open[top] = new Set([keys, key]);
  } else {
    if (keys.has(key)) return false;
    keys.add(key);
  }
  return true;
}

/** In valid JSON a colon follows a string if and only if the string is a key. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= 0x20) at += 1;
  return text[at] === ":";
}

/**
 * The key, with its opening quote kept before it: V8 hashes strings of digits without a seed, so a hostile text could
 * make a Set of such keys quadratic.
 */
function unescapeKey(text: string, quote: number, end: number): string {
  const raw = text.slice(quote, end - 1);
  return raw.includes("\\") ? `"${JSON.parse(`${raw}"`)}` : raw;
}

function describe(text: string, offsets: readonly number[]): Problem[] {
  const lines = new LineCounter(text);
  const places = keyPaths(text, offsets);
  return offsets.map((quote, index) => {
    const key = excerpt(unescapeKey(text, quote, stringEnd(text, quote)).slice(1));
    const message = `the key "${key}" stands again at ${lines.placeAt(quote)}; expected it once`;
    return toProblem("duplicate-key", message, { place: places[index] });
  });
}

/** The paths, such as `a.b[2].c`, of the keys that open at the given ascending offsets. */
function keyPaths(text: string, offsets: readonly number[]): string[] {
  const paths: string[] = [];
  const way: Step[] = [];
  for (let at = 0; paths.length < offsets.length; at += 1) {
    const character = text[at];
    const top = way.length - 1;
    if (character === '"') {
      const end = stringEnd(text, at);
      if (isKey(text, end)) way[top] = unescapeKey(text, at, end).slice(1);
      if (at === offsets[paths.length]) paths.push(formatPath(way));
      at = end - 1;
    } else if (character === "{") way.push("");
    else if (character === "[") way.push(0);
    else if (character === "}" || character === "]") way.pop();
    else if (character === "," && typeof way[top] === "number") way[top] += 1;
  }
  return paths;
}

/** The path's last steps, as many as 80 characters hold. */
function formatPath(way: readonly Step[]): string {
  let path = "";
  for (let k = way.length - 1; k >= 0; k -= 1) {
    const step = way[k];
    const longer = (typeof step === "number" ? `[${step}]` : k > 0 ? `.${excerpt(step)}` : excerpt(step)) + path;
    if (path !== "" && longer.length > 80) return `…${path}`;
    path = longer;
  }
  return path;
}
