/** What an answer will take, counted over its bytes before anything is made of them. */
import { isAscii } from "node:buffer";
import { failure } from "../errors.ts";
import { BACKSLASH, CAPITAL_I, CAPITAL_N, COMMA, LEFT_BRACE, LEFT_BRACKET, QUOTE } from "./json-characters.ts";

/** How much of an answer is worth reading. */
export interface MeterLimits {
  /** Numbers, and whatever else has a comma behind it. */
  readonly entries: number;
  /** Bytes of memory that reading it may take. */
  readonly memory: number;
}

/** Bytes of memory that JSON.parse has in use for each, at its peak, with what the reading keeps of it; measured under V8 11 to 13. */
const PER_ENTRY = 24;
const PER_PART = 256;

/**
 * Counts the parts of a JSON text that comes in pieces, without decoding or parsing it. Strings, escapes and separators are
 * ASCII, which no byte of a longer character is.
 */
export class AnswerMeter {
  readonly #limits: MeterLimits;
  #length = 0;
  #entries = 0;
  #parts = 0;
  /** Bytes of strings, which are there a second time once they are parsed. */
  #quoted = 0;
  #isWide = false;
  /** Whether there may be a bare word, of which a second text without it is made. */
  #hasWord = false;
  #isInString = false;
  #isEscaped = false;

  constructor(limits: MeterLimits) {
    this.#limits = limits;
  }

  /** @throws {DlstmError} too-large, as soon as the answer so far is more than the limits allow. */
  add(bytes: Uint8Array): void {
    for (let k = 0; k < bytes.length; k++) {
      const byte = bytes[k];
      if (this.#isInString) this.#inString(byte);
      else if (byte === COMMA) this.#entries += 1;
      else if (byte === QUOTE || byte === LEFT_BRACKET || byte === LEFT_BRACE) {
        this.#parts += 1;
        this.#isInString = byte === QUOTE;
      } else if (byte === CAPITAL_N || byte === CAPITAL_I) this.#hasWord = true;
    }
    this.#length += bytes.length;
    this.#isWide ||= !isAscii(bytes);
    const { entries, memory } = this.#limits;
    if (this.#entries >= entries) {
      throw failure("too-large", `more than ${entries} numbers, expected at most as many: the key has no use for more`);
    }
    if (this.memory > memory) {
      throw failure("too-large", "takes more memory to read than this run has for one answer; expected a shorter one");
    }
  }

  /** An estimate from above of the memory that it takes to read the answer. */
  get memory(): number {
    const characters = this.#length * (this.#hasWord ? 2 : 1) + this.#quoted;
    return characters * (this.#isWide ? 2 : 1) + this.#entries * PER_ENTRY + this.#parts * PER_PART;
  }

  #inString(byte: number): void {
    this.#quoted += 1;
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#isInString = false;
  }
}
