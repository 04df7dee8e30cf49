/** The literals that a Python program writes as text: dictionaries, tuples, lists, plain strings, integers, True, False, None. */

import { failure } from "../../../../errors.ts";

export type Literal = string | number | boolean | null | Tuple | readonly Literal[] | ReadonlyMap<string, Literal>;

/** A tuple apart from a list, which is an array. */
export interface Tuple {
  readonly tuple: readonly Literal[];
}

const SPACE = /[ \t\n\r\f]*/y;
/** Python 2 wrote long integers with an L. */
const SCALAR = /'([^'\\\n\r]*)'|"([^"\\\n\r]*)"|(-?(?:0|[1-9][0-9]*))L?|True|False|None/y;
const WORDS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

/** Far above what a header nests. */
const DEEPEST = 32;

/**
 * The value of a text that holds one literal.
 * @throws {DlstmError} syntax: `no Python literal from character 12 on`.
 */
export function parsePythonLiteral(text: string): Literal {
  let at = 0;
  const fault = () => failure("syntax", `npy header: no Python literal from character ${at} on`);
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const accept = (punctuation: string): boolean => {
    match(SPACE);
    const isThere = text[at] === punctuation;
    if (isThere) at += 1;
    return isThere;
  };
  const value = (depth: number): Literal => {
    if (accept("{")) return items("}", depth).entries;
    if (accept("[")) return items("]", depth).list;
    if (accept("(")) {
      const { list, comma } = items(")", depth);
      // parentheses around one value without a comma are no tuple
      return list.length === 1 && !comma ? list[0] : { tuple: list };
    }
    const found = match(SCALAR);
    if (!found) throw fault();
    const [word, single, double, integer] = found;
    return integer === undefined ? (single ?? double ?? WORDS[word]) : Number(integer);
  };
  /** What stands up to the closing bracket, a comma behind each but perhaps the last; with a colon in a dictionary. */
  const items = (close: string, depth: number) => {
    const list: Literal[] = [];
    const entries = new Map<string, Literal>();
    let comma = true;
    while (!accept(close)) {
      if (!comma || depth === DEEPEST) throw fault();
      const item = value(depth + 1);
      if (close !== "}") list.push(item);
      else if (typeof item !== "string" || entries.has(item) || !accept(":")) throw fault();
      else entries.set(item, value(depth + 1));
      comma = accept(",");
    }
    return { list, entries, comma };
  };
  const whole = value(0);
  match(SPACE);
  if (at < text.length) throw fault();
  return whole;
}
