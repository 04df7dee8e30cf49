/** Numerals such as 1e-400, which are not zero but which JSON.parse reads as zero: no double is as near to it. */

import { failure } from "../errors.ts";
import { find, type Replacement, replaced, stringEnd } from "./json-strings.ts";

/** As many are told from zeros in one text; nobody reads about more. */
const MOST = 2 ** 17;

/** Without an exponent of three digits, only a numeral with as many zeros behind its point is below every double. */
const ZEROS = "0".repeat(200);

/** Stands for such a numeral in the text that is parsed again: a string shorter than any of them, so that it takes its place. */
const MARK = "\ue000";

/** Whether a decimal number is not zero, but reads as zero. */
export function isTiny(numeral: string): boolean {
  return Number(numeral) === 0 && /[1-9]/.test(numeral.replace(/[eE].*$/, ""));
}

/**
 * The value of a JSON text, NaN wherever a number is not zero but reads as zero, so that whoever takes finite numbers
 * only takes none of these either.
 * @param text what JSON.parse has accepted
 * @param value what it made of it, which is the result wherever no such number stands
 * @throws {DlstmError} not-a-number, for more than 2^17 of them.
 */
export function withoutTinyNumbers(text: string, value: unknown): unknown {
  // as nearly always there are none, a look at the text for small exponents is all
  const marked = replaced(text, tinyNumbers(text));
  return marked === text ? value : withNaN(JSON.parse(marked), MARK);
}

/** The value with NaN where the mark stands as a text. Needs no recursion, as values may be nested as deep as they like. */
export function withNaN(value: unknown, mark: string): unknown {
  const root = [value];
  const open: unknown[] = [root];
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    // by index: the keys of millions of entries as texts would take ten times as long as the rest of the reading
    if (Array.isArray(container)) for (let k = 0; k < container.length; k += 1) visit(container, k);
    else for (const key of Object.keys(container as object)) visit(container as Record<string, unknown>, key);
  }
  return root[0];

  function visit<K extends PropertyKey>(container: Record<K, unknown>, key: K): void {
    const inner = container[key];
    // JSON.parse made the keys own properties, __proto__ included: an assignment sets that property and nothing else
    if (inner === mark) container[key] = Number.NaN;
    else if (typeof inner === "object" && inner !== null) open.push(inner);
  }
}

/** Such numerals in order, each replaced by a string of as many characters. Takes time in proportion to the length of the text. */
function* tinyNumbers(text: string): Generator<Replacement> {
  const exponent = /[eE]-\d{3}/g;
  const nextExponent = (at: number) => {
    exponent.lastIndex = at;
    return exponent.exec(text)?.index ?? text.length;
  };
  let small = nextExponent(0);
  let zeros = find(text, ZEROS, 0);
  let quote = small < text.length || zeros < text.length ? find(text, '"', 0) : text.length;
  for (let at = 0, count = 0; ; ) {
    if (small < at) small = nextExponent(at);
    if (zeros < at) zeros = find(text, ZEROS, at);
    const suspect = Math.min(small, zeros);
    if (suspect === text.length) return;
    // what stands in a string is text
    for (; quote < suspect; quote = find(text, '"', at)) at = stringEnd(text, quote);
    if (suspect < at) continue;
    let start = suspect;
    while (isNumeral(text.charAt(start - 1))) start -= 1;
    at = suspect;
    while (isNumeral(text.charAt(at))) at += 1;
    if (!isTiny(text.slice(start, at))) continue;
    count += 1;
    if (count > MOST) {
      throw failure("not-a-number", `more than ${MOST} numbers that are not zero but nearer to it than any double`);
    }
    yield { start, end: at, by: `"${MARK}"`.padEnd(at - start) };
  }
}

/** A digit, or one of + - . e E. */
function isNumeral(character: string): boolean {
  return /[-+.\deE]/.test(character);
}
