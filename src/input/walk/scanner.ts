/** The parts of JSON that plain lines consist of, read from their bytes. What it does not know it refuses: JSON.parse may. */
import { QUOTE } from "../json-characters.ts";
import { nearestDouble } from "./decimal.ts";

const [MINUS, PLUS, POINT, ZERO, LARGE_E, SMALL_E] = [..."-+.0Ee"].map((character) => character.charCodeAt(0));
const [SPACE, TAB, RETURN, BACKSLASH, DELETE] = [0x20, 0x09, 0x0d, 0x5c, 0x7f];

/** So many digits are a small integer, of which a numeral may have two. */
const PART = 9;

const CHARACTERS = 128;
/** So many characters make a number that no other text does. */
const LONGEST_CODE = 7;

/** The number that a short text is told by. */
export const codeOf = (text: string) =>
  [...text].reduce((code, character) => CHARACTERS * code + character.charCodeAt(0), 0);

export class Scanner {
  bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** What stands here, behind white space; undefined at the end. */
  next(): number | undefined {
    let code = this.bytes[this.at];
    while (code === SPACE || code === TAB || code === RETURN) {
      this.at += 1;
      code = this.bytes[this.at];
    }
    return code;
  }

  /** Goes past a character, if it is the next. */
  passes(code: number): boolean {
    if (this.next() !== code) return false;
    this.at += 1;
    return true;
  }

  /** The string of plain characters that is next; null for any other. */
  string(): string | null {
    this.next();
    const start = this.at + 1;
    return this.#passesString() ? this.text(start, this.at - 1) : null;
  }

  /** The same as a number, {@link codeOf} what it says; NaN where it is none. */
  code(): number {
    if (this.next() !== QUOTE) return Number.NaN;
    const start = this.at + 1;
    if (!this.#passesString()) return Number.NaN;
    let code = 0;
    for (let at = start; at < this.at - 1; at += 1) code = CHARACTERS * code + this.bytes[at];
    return this.at - 1 - start > LONGEST_CODE ? Number.NaN : code;
  }

  #passesString(): boolean {
    if (!this.passes(QUOTE)) return false;
    const { bytes } = this;
    let at = this.at;
    for (; bytes[at] !== QUOTE; at += 1)
      if (!(bytes[at] >= SPACE && bytes[at] < DELETE) || bytes[at] === BACKSLASH) return false;
    this.at = at + 1;
    return true;
  }

  /** The number that is next, as JSON.parse has it; NaN for any other, for one beyond the doubles, and one nearer to zero. */
  number(): number {
    this.next();
    const { bytes } = this;
    const start = this.at;
    let at = start + (bytes[start] === MINUS ? 1 : 0);
    let head = 0;
    let tail = 0;
    let digits = 0;
    let exponent = 0;
    let digit = bytes[at] - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    // a zero in front stands alone
    if (digit === 0) at += 1;
    else {
      for (; digit >= 0 && digit <= 9; digit = bytes[at] - ZERO) {
        if (digits < PART) head = (10 * head + digit) | 0;
        else tail = (10 * tail + digit) | 0;
        digits += 1;
        at += 1;
      }
    }
    if (bytes[at] === POINT) {
      at += 1;
      const first = at;
      if (digits === 0) while (bytes[at] === ZERO) at += 1;
      for (digit = bytes[at] - ZERO; digit >= 0 && digit <= 9 && digits < PART; digit = bytes[at] - ZERO) {
        head = (10 * head + digit) | 0;
        digits += 1;
        at += 1;
      }
      for (; digit >= 0 && digit <= 9; digit = bytes[at] - ZERO) {
        tail = (10 * tail + digit) | 0;
        digits += 1;
        at += 1;
      }
      if (at === first) return Number.NaN;
      exponent = first - at;
    }
    this.at = at;
    if (bytes[at] === SMALL_E || bytes[at] === LARGE_E) exponent += this.#exponent();
    if (Number.isNaN(exponent)) return exponent;
    return this.#signed(
      digits,
      digits > 2 * PART ? Number.NaN : nearestDouble(head, tail, Math.max(0, digits - PART), exponent),
      start,
    );
  }

  /** What stands behind the e here; NaN where no digit does. */
  #exponent(): number {
    const { bytes } = this;
    let at = this.at + 1;
    const sign = bytes[at] === MINUS ? -1 : 1;
    if (bytes[at] === MINUS || bytes[at] === PLUS) at += 1;
    const first = at;
    let value = 0;
    for (let digit = bytes[at] - ZERO; digit >= 0 && digit <= 9; digit = bytes[at] - ZERO) {
      value = Math.min(10 * value + digit, 9999);
      at += 1;
    }
    this.at = at;
    return at === first ? Number.NaN : sign * value;
  }

  /** The number that begins at `start`, whose size arithmetic tells, or else its text. */
  #signed(digits: number, size: number, start: number): number {
    if (digits === 0) return this.bytes[start] === MINUS ? -0 : 0;
    const value = Number.isNaN(size) ? Number(this.text(start, this.at)) : this.bytes[start] === MINUS ? -size : size;
    return Number.isFinite(value) && value !== 0 ? value : Number.NaN;
  }

  text(start: number, end: number): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start).toString("latin1");
  }
}
