/** Where and why a text is not JSON: a strict RFC 8259 scanner, without recursion, for the error path only. */

import { excerpt } from "./excerpt.ts";
import { BACKSLASH, QUOTE } from "./json-characters.ts";
import { LineCounter } from "./text.ts";

const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;
const LITERAL = /^(true|false|null)$/;

/** What is wrong with a word or number that is no JSON value: the first row that fits; the token stands before it. */
const TOKEN_FAULTS: readonly (readonly [pattern: RegExp, sentence: string])[] = [
  [/^[-+]?(nan|inf|infinity)$/i, "is not a JSON number; expected a finite number"],
  [/^true$/i, "is not JSON; expected true"],
  [/^false$/i, "is not JSON; expected false"],
  [/^(none|null|nil|undefined)$/i, "is not JSON; expected null"],
  [/^\+/, "has a leading +, which JSON numbers never have"],
  [/^-?0[0-9]/, "has leading zeros, which JSON numbers never have"],
  [/^-?\./, "has no digit before the decimal point"],
  [/^-?[0-9]+\.([eE]|$)/, "has no digit after the decimal point"],
  [/^-?[0-9.]+[eE][-+]?$/, "has no digit in its exponent"],
  [/^[-0-9]/, "is not a JSON number"],
  [/^/, "is not a JSON value; text stands in double quotes"],
];

/** What the scanner expects next: a value, a key, what stands after a value, or no more. */
type State = "value" | "key" | "after" | "done";

/** The first offence of `text` against RFC 8259, and its line and column; null if it is valid JSON. */
export function locateFault(text: string): { readonly place: string; readonly message: string } | null {
  const scanner = new Scanner(text);
  try {
    for (let state: State = "value"; state !== "done"; ) state = scanner.next(state);
    return null;
  } catch (offence) {
    if (!(offence instanceof Offence)) throw offence;
    return { place: new LineCounter(text).placeAt(offence.offset), message: offence.message };
  }
}

class Offence extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

class Scanner {
  readonly #text: string;
  /** The offsets of the brackets and braces that are open. */
  readonly #open: number[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(state: State): State {
    this.#at = this.#skipSpace(this.#at);
    const character = this.#text[this.#at];
    if (state === "after") return this.#after(character);
    return state === "key" ? this.#key(character) : this.#value(character);
  }

  #value(character: string | undefined): State {
    if (character === "[" || character === "{") {
      this.#open.push(this.#at);
      this.#at = this.#skipSpace(this.#at + 1);
      if (this.#text[this.#at] === (character === "[" ? "]" : "}")) return this.#close();
      return character === "[" ? "value" : "key";
    }
    this.#at = character === '"' ? this.#stringEnd() : this.#tokenEnd();
    return "after";
  }

  #key(character: string | undefined): State {
    if (character !== '"') {
      const token = this.#token(this.#at);
      if (token === "") throw this.#unexpected("a key in double quotes");
      throw this.#offence(`the bare key ${excerpt(token)}; keys stand in double quotes`);
    }
    this.#at = this.#skipSpace(this.#stringEnd());
    if (this.#text[this.#at] !== ":") throw this.#unexpected("':' after the key");
    this.#at += 1;
    return "value";
  }

  #after(character: string | undefined): State {
    const opening = this.#open.at(-1);
    if (opening === undefined) {
      if (character === undefined) return "done";
      throw this.#unexpected("the end of the text");
    }
    const close = this.#text[opening] === "[" ? "]" : "}";
    if (character === close) return this.#close();
    if (character !== ",") throw this.#unexpected(`',' or '${close}'`);
    const following = this.#text[this.#skipSpace(this.#at + 1)];
    if (following === "]" || following === "}") throw this.#offence(`a trailing comma before '${following}'`);
    this.#at += 1;
    return close === "]" ? "value" : "key";
  }

  #close(): State {
    this.#open.pop();
    this.#at += 1;
    return "after";
  }

  #skipSpace(from: number): number {
    let at = from;
    for (let code = this.#text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; ) {
      at += 1;
      code = this.#text.charCodeAt(at);
    }
    return at;
  }

  /** The number, word or rest of one at `from`, whether JSON knows it or not; empty at anything else. */
  #token(from: number): string {
    const run = /[-+.\w$]*/y;
    run.lastIndex = from;
    return run.exec(this.#text)![0];
  }

  #tokenEnd(): number {
    const token = this.#token(this.#at);
    if (token === "") throw this.#unexpected("a value");
    if (LITERAL.test(token) || NUMBER.test(token)) return this.#at + token.length;
    const [, sentence] = TOKEN_FAULTS.find(([pattern]) => pattern.test(token))!;
    throw this.#offence(`${excerpt(token)} ${sentence}`);
  }

  #stringEnd(): number {
    for (let at = this.#at + 1; ; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === QUOTE) return at + 1;
      if (code === BACKSLASH) at = this.#escapeEnd(at) - 1;
      else if (code < 0x20) throw new Offence(at, rawControl(code));
      else if (Number.isNaN(code)) throw this.#ends("a string", this.#at);
    }
  }

  #escapeEnd(backslash: number): number {
    const known = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
    known.lastIndex = backslash;
    if (known.test(this.#text)) return known.lastIndex;
    const point = this.#text.codePointAt(backslash + 1);
    if (point === undefined) throw this.#ends("a string", this.#at);
    if (point === 0x75) throw new Offence(backslash, "\\u in a string; expected four hexadecimal digits after it");
    const expected = '\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four digits';
    throw new Offence(backslash, `the escape \\${String.fromCodePoint(point)} in a string; expected ${expected}`);
  }

  #ends(inside: string, opening: number): Offence {
    const message = `the text ends inside ${inside} that opens at ${new LineCounter(this.#text).placeAt(opening)}`;
    return new Offence(this.#text.length, message);
  }

  #unexpected(expected: string): Offence {
    const opening = this.#open.at(-1);
    const point = this.#text.codePointAt(this.#at);
    if (point === undefined) {
      if (opening === undefined) return new Offence(0, "empty, expected a JSON object");
      return this.#ends(this.#text[opening] === "[" ? "an array" : "an object", opening);
    }
    const character = String.fromCodePoint(point);
    if (/[/#]/.test(character)) return this.#offence("a comment, which JSON never has");
    if (character === "'") return this.#offence("single quotes; expected double quotes");
    if (/[“”„‟‘’`]/.test(character)) return this.#offence(`the quote ${character}; expected a straight double quote`);
    if (opening === undefined && expected !== "a value" && /["[{\w-]/.test(character)) {
      return this.#offence("a second value after the first");
    }
    const token = this.#token(this.#at);
    const name = /[\s\uFEFF]/.test(character) ? codePoint(point) : `'${character}'`;
    return this.#offence(`${token === "" ? name : excerpt(token)}, expected ${expected}`);
  }

  #offence(message: string): Offence {
    return new Offence(this.#at, message);
  }
}

function rawControl(code: number): string {
  if (code === 10 || code === 13) return "a raw line break in a string; expected a closing quote, or \\n for the break";
  return `a raw control character ${codePoint(code)} in a string; expected it escaped`;
}

function codePoint(point: number): string {
  return `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
}
