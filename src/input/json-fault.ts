/** Where and why a text is not JSON: a strict RFC 8259 scanner, without recursion, for the error path only. */

import { dashIn } from "./dashes.ts";
import { excerpt } from "./excerpt.ts";
import { BACKSLASH, QUOTE } from "./json-characters.ts";
import { isToken, tokenFault } from "./json-token.ts";
import { LineCounter } from "./text.ts";

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
    if (isToken(token)) return this.#at + token.length;
    if (/[eE]$/.test(token) && dashIn(this.#text.charAt(this.#at + token.length)) !== null) {
      this.#at += token.length;
      throw this.#unexpected("an exponent");
    }
    throw this.#offence(tokenFault(token));
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
    const fraction = this.#fraction();
    if (fraction !== null) {
      return this.#offence(
        `${excerpt(fraction)} is a fraction, which JSON never has; expected it as a decimal, as 0.5 is 1/2`,
      );
    }
    if (/[/#]/.test(character)) return this.#offence("a comment, which JSON never has");
    const dash = dashIn(character);
    if (dash !== null) return this.#offence(`${dash}; expected -, as JSON has it`);
    if (character === "'") return this.#offence("single quotes; expected double quotes");
    if (/[“”„‟‘’`]/.test(character)) return this.#offence(`the quote ${character}; expected a straight double quote`);
    if (opening === undefined && expected !== "a value" && /["[{\w-]/.test(character)) {
      return this.#offence("a second value after the first");
    }
    const token = this.#token(this.#at);
    const name = /[\s\uFEFF]/.test(character) ? codePoint(point) : `'${character}'`;
    return this.#offence(`${token === "" ? name : excerpt(token)}, expected ${expected}`);
  }

  /** The fraction with its bar here; null where there is none. */
  #fraction(): string | null {
    const bar = this.#at;
    if (this.#text[bar] !== "/") return null;
    // nobody's numerator is longer
    const before = /[-+.\deE]*\d\.?\s*$/.exec(this.#text.slice(Math.max(0, bar - 100), bar))?.[0];
    const behind = this.#token(this.#skipSpace(bar + 1));
    return before !== undefined && /^[-+.]?\d/.test(behind) ? `${before.trim()}/${behind}` : null;
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
