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
  readonly #file: string | null;
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

  constructor(limits: MeterLimits, file: string | null) {
    this.#limits = limits;
    this.#file = file;
  }

  /** @throws {DlstmError} too-large, as soon as the answer so far is more than the limits allow. */
  add(bytes: Uint8Array): void {
    for (let k = 0; k < bytes.length; k++) {
      const byte = bytes[k];
      if (this.#isInString) this.#inString(byte);
      else if (byte === COMMA) this.#entries += 1;
      else if (byte === QUOTE) this.#open();
      else if (byte === LEFT_BRACKET || byte === LEFT_BRACE) this.#parts += 1;
      else if (byte === CAPITAL_N || byte === CAPITAL_I) this.#hasWord = true;
    }
    this.#length += bytes.length;
    this.#isWide ||= !isAscii(bytes);
    this.#check();
  }

  /** An estimate from above of the memory that it takes to read the answer. */
  get memory(): number {
    const characters = this.#length * (this.#hasWord ? 2 : 1) + this.#quoted;
    return characters * (this.#isWide ? 2 : 1) + this.#entries * PER_ENTRY + this.#parts * PER_PART;
  }

  #open(): void {
    this.#isInString = true;
    this.#parts += 1;
  }

  #inString(byte: number): void {
    this.#quoted += 1;
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#isInString = false;
  }

  #check(): void {
    const { entries, memory } = this.#limits;
    const file = this.#file;
    if (this.#entries >= entries) {
      const message = `more than ${entries} numbers, expected at most as many: the key has no use for more`;
      throw failure("too-large", message, { file });
    }
    if (this.memory > memory) {
      const message = "takes more memory to read than this run has for one answer; expected a shorter one";
      throw failure("too-large", message, { file });
    }
  }
}
