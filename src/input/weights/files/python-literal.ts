/** The literals that a Python program writes as text: dictionaries, tuples, lists, plain strings, integers, True, False, None. */

export type Literal = string | number | boolean | null | Tuple | readonly Literal[] | ReadonlyMap<string, Literal>;

/** A tuple apart from a list, which is an array. */
export interface Tuple {
  readonly tuple: readonly Literal[];
}

const SPACE = /[ \t\n\r\f]*/y;
const TEXT = /'([^'\\\n\r]*)'|"([^"\\\n\r]*)"/y;
/** Python 2 wrote long integers with an L. */
const INTEGER = /(-?(?:0|[1-9][0-9]*))L?/y;
const WORD = /True|False|None/y;
const WORDS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

/** Far above what a header nests. */
const DEEPEST = 32;

/** The value of a text that holds one literal, or what is wrong with it: `unexpected … at character 12`. */
export function parsePythonLiteral(text: string): { readonly value: Literal } | { readonly fault: string } {
  const parser = new Parser(text);
  try {
    const value = parser.value(0);
    return parser.atEnd() ? { value } : { fault: parser.fault().message };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

class Fault extends Error {}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  fault(): Fault {
    return new Fault(`no Python literal from character ${this.#at} on`);
  }

  atEnd(): boolean {
    this.#match(SPACE);
    return this.#at === this.#text.length;
  }

  value(depth: number): Literal {
    if (depth > DEEPEST) throw this.fault();
    if (this.#accept("{")) return this.#dictionary(depth);
    if (this.#accept("[")) return this.#items("]", depth).items;
    if (this.#accept("(")) {
      const { items, comma } = this.#items(")", depth);
      // parentheses around one value without a comma are no tuple
      return items.length === 1 && !comma ? items[0]! : { tuple: items };
    }
    this.#match(SPACE);
    const text = this.#match(TEXT);
    if (text) return text[1] ?? text[2]!;
    const integer = this.#match(INTEGER);
    if (integer) return Number(integer[1]);
    const word = this.#match(WORD);
    if (word) return WORDS[word[0]]!;
    throw this.fault();
  }

  /** Values up to the closing bracket, a comma behind each but perhaps the last. */
  #items(close: string, depth: number): { items: Literal[]; comma: boolean } {
    const items: Literal[] = [];
    let comma = true;
    while (!this.#accept(close)) {
      if (!comma) throw this.fault();
      items.push(this.value(depth + 1));
      comma = this.#accept(",");
    }
    return { items, comma };
  }

  #dictionary(depth: number): ReadonlyMap<string, Literal> {
    const entries = new Map<string, Literal>();
    let comma = true;
    while (!this.#accept("}")) {
      const key = comma ? this.value(depth + 1) : null;
      if (typeof key !== "string" || entries.has(key) || !this.#accept(":")) throw this.fault();
      entries.set(key, this.value(depth + 1));
      comma = this.#accept(",");
    }
    return entries;
  }

  #accept(punctuation: string): boolean {
    this.#match(SPACE);
    if (this.#text[this.#at] !== punctuation) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }
}
