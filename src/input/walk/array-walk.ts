/** A line that is an object of arrays of numbers, as nearly all are: one walk over its bytes, into room that the next one has again. */
import { ARRAY_KEYS, type ArrayKey } from "../keys.ts";
import type { LineLabel } from "../line-label.ts";
import { newWalker, type Walker } from "./walker.ts";

/** What stands under a key: so many rows of so many numbers, or one vector. */
export interface Shape {
  readonly rows: number;
  readonly cols: number;
}

/** By what a walk knows a key. */
export const placeOf = (key: ArrayKey) => ARRAY_KEYS.indexOf(key);

const NONE = new Float64Array();

export class ArrayWalk {
  readonly #walker: Walker;
  readonly #words: Uint32Array;
  readonly #room: Float64Array[] = ARRAY_KEYS.map(() => NONE);
  readonly #line: number;
  readonly #longest: number;
  readonly #shapes: number;
  readonly #label: number;
  readonly #reverse: number;
  readonly #numbers: number;

  private constructor(walker: Walker) {
    const { memory, at } = walker;
    this.#walker = walker;
    this.#words = new Uint32Array(memory);
    this.#line = at("LINE");
    this.#longest = at("LONGEST");
    this.#shapes = at("SHAPES") / 4;
    this.#label = at("LABEL") / 4;
    this.#reverse = at("REVERSE") / 4;
    this.#numbers = at("NUMBERS");
  }

  /** null where the engine cannot run it. */
  static make(): ArrayWalk | null {
    const walker = newWalker();
    return walker && new ArrayWalk(walker);
  }

  /** Walks along a line; false where it is anything else, or anything may be wrong with it: for others to tell. */
  read(line: Uint8Array): boolean {
    // longer lines are rare, and parsed as fast by JSON.parse
    if (line.length > this.#longest) return false;
    this.#walker.bytes.set(line, this.#line);
    if (!this.#walker.walk(line.length)) return false;
    return !this.#hasId || this.#text(this.#label + 2) !== null || Number.isSafeInteger(this.#idNumber);
  }

  /** Its id stands before its name, wherever it stood. */
  get label(): LineLabel {
    const name = this.#text(this.#label);
    const id = this.#hasId ? (this.#text(this.#label + 2) ?? this.#idNumber) : null;
    if (id === null) return name === null ? {} : { name };
    return name === null ? { id } : { id, name };
  }

  /** null where the line has no such key. */
  get reverse(): boolean | null {
    const found = this.#words[this.#reverse];
    return found === 0 ? null : found === 2;
  }

  /** The shape under a key, {@link placeOf} it; null where it is not there. */
  shape(place: number): Shape | null {
    const at = this.#shapes + 3 * place;
    const rows = this.#words[at];
    return rows === 0 ? null : { rows, cols: this.#words[at + 1] };
  }

  /** The numbers under a key, row after row, which the next line has in the same place. */
  numbers(place: number): Float64Array {
    const at = this.#shapes + 3 * place;
    const length = this.#words[at] * this.#words[at + 1];
    const start = this.#numbers + 8 * this.#words[at + 2];
    const room = this.#room[place];
    if (room.length === length && room.byteOffset === start) return room;
    this.#room[place] = new Float64Array(this.#walker.memory, start, length);
    return this.#room[place];
  }

  get #hasId(): boolean {
    return this.#words[this.#label + 2] !== 0;
  }

  get #idNumber(): number {
    return this.#walker.bytes.readDoubleLE(4 * (this.#label + 4));
  }

  /** The text whose beginning and end are there; null where there is none, or a number. */
  #text(label: number): string | null {
    const end = this.#words[label + 1];
    return end === 0 ? null : this.#walker.bytes.toString("latin1", this.#words[label], end);
  }
}
