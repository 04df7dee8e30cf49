/** The walk of assembly/ over the bytes of a line, compiled to WebAssembly: threads share what the engine makes of it, and it needs no warming up. */
import { ARRAY_KEYS, MATRIX_KEYS } from "../keys.ts";
import { WALK } from "./compiled.ts";

interface Exports {
  readonly walk: (length: number, keys: number, matrices: number) => number;
  /** Places in its memory. */
  readonly [place: string]: unknown;
}

/** A walk with the memory that it works in. */
export interface Walker {
  readonly memory: ArrayBuffer;
  readonly bytes: Buffer;
  /** false where the line, which stands at LINE, is anything else, or anything may be wrong with it: for others to tell. */
  readonly walk: (length: number) => boolean;
  readonly at: (place: Place) => number;
}

/** What assembly/index.ts says of them. */
type Place =
  | "KEYS"
  | "SHAPES"
  | "LABEL"
  | "REVERSE"
  | "LINE"
  | "LONGEST"
  | "NUMBERS"
  | "POWERS"
  | "LEAST"
  | "MOST"
  | "TENS";

const PAGES = 81;

/** null where there is no WebAssembly. */
export function newWalker(): Walker | null {
  try {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    const bytes = Buffer.from(memory.buffer);
    const numberIn = (start: number, end: number) => {
      const value = Number(bytes.toString("latin1", start, end));
      return Number.isFinite(value) && value !== 0 ? value : Number.NaN;
    };
    const module = new WebAssembly.Module(Uint8Array.from(atob(WALK), (character) => character.charCodeAt(0)));
    const exports = new WebAssembly.Instance(module, { env: { memory, numberIn } }).exports as Exports;
    const at = (place: Place) => (exports[place] as { readonly value: number }).value;
    for (const [k, key] of ARRAY_KEYS.entries()) bytes.write(key, at("KEYS") + 8 * k);
    for (let n = 0; n <= 8; n++) bytes.writeBigUInt64LE(10n ** BigInt(n), at("TENS") + 8 * n);
    setPowers(bytes, at);
    const walk = (length: number) => exports.walk(length, ARRAY_KEYS.length, MATRIX_KEYS.length) === 1;
    return { memory: memory.buffer, bytes, walk, at };
  } catch {
    return null;
  }
}

const WORD = 64n;
const BITS = 2n * WORD;

/** Negative powers from this one on are rounded up, so that a quotient that is a double, or halfway between two, is told. */
const LEAST_EXACT = -27;

/** 5^k·2^e in 128 bits, as the algorithm wants it: rounded down, but for the powers above. */
function setPowers(bytes: Buffer, at: Walker["at"]): void {
  const least = at("LEAST");
  for (let k = least; k <= at("MOST"); k++) {
    const five = 5n ** BigInt(Math.abs(k));
    const length = BigInt(five.toString(2).length);
    const inverse = (1n << (length + BITS - 1n)) / five + BigInt(k >= LEAST_EXACT);
    const power = k < 0 ? inverse : (five << BITS) >> length;
    const place = at("POWERS") + 16 * (k - least);
    bytes.writeBigUInt64LE(power >> WORD, place);
    bytes.writeBigUInt64LE(BigInt.asUintN(64, power), place + 8);
  }
}
