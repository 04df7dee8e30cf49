/** A line that is an object of arrays of numbers, as nearly all are: one walk over its bytes, into room that the next one has again. */
import { COLON, COMMA, LEFT_BRACE, LEFT_BRACKET, QUOTE, RIGHT_BRACE, RIGHT_BRACKET } from "../json-characters.ts";
import { ARRAY_KEYS, type ArrayKey, MATRIX_KEYS } from "../keys.ts";
import type { LineLabel } from "../line-label.ts";
import { codeOf, Scanner } from "./scanner.ts";

/** What stands under a key: so many rows of so many numbers, or one vector. */
export interface Shape {
  readonly rows: number;
  readonly cols: number;
  /** Of its first number. */
  readonly start: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const INDEX = new Map<number, number>(ARRAY_KEYS.map((key, k) => [codeOf(key), k]));
const [ID, NAME, REVERSE] = ["id", "name", "reverse"].map(codeOf);
const IS_MATRIX = ARRAY_KEYS.map((key) => (MATRIX_KEYS as readonly string[]).includes(key));

/** By what a walk knows a key. */
export const placeOf = (key: ArrayKey) => ARRAY_KEYS.indexOf(key);

/** Longer lines are rare, and parsed as fast by JSON.parse: they are refused. */
const LONGEST = 2 ** 20;

export class ArrayWalk {
  readonly #scanner = new Scanner(new Uint8Array());
  /** Of a key that is not there without rows. */
  readonly #shapes: readonly Mutable<Shape>[] = ARRAY_KEYS.map(() => ({ rows: 0, cols: 0, start: 0 }));
  /** A number has two characters at least, with what is between it and the next. */
  readonly #numbers = new Float64Array(LONGEST / 2 + 1);
  readonly #room: (Float64Array | null)[] = ARRAY_KEYS.map(() => null);
  #count = 0;
  #label: { id?: string | number; name?: string } = {};
  #reverse: boolean | null = null;

  /** Walks along a line; false where it is anything else, or anything may be wrong with it: for others to tell. */
  read(bytes: Uint8Array): boolean {
    if (bytes.length > LONGEST) return false;
    this.#scanner.bytes = bytes;
    this.#scanner.at = 0;
    this.#count = 0;
    this.#label = {};
    this.#reverse = null;
    for (const shape of this.#shapes) shape.rows = 0;
    return this.#object() && this.#scanner.next() === undefined;
  }

  get label(): LineLabel {
    return this.#label;
  }

  /** null where the line has no such key. */
  get reverse(): boolean | null {
    return this.#reverse;
  }

  /** The shape under a key, {@link placeOf} it; null where it is not there. */
  shape(place: number): Shape | null {
    const shape = this.#shapes[place];
    return shape.rows === 0 ? null : shape;
  }

  /** The numbers under a key, row after row: a vector that the next line has again. */
  numbers(place: number): Float64Array {
    const { rows, cols, start } = this.#shapes[place];
    const room = this.#room[place];
    const data = room?.length === rows * cols ? room : new Float64Array(rows * cols);
    this.#room[place] = data;
    for (let k = 0; k < data.length; k++) data[k] = this.#numbers[start + k];
    return data;
  }

  #object(): boolean {
    const scanner = this.#scanner;
    if (!scanner.passes(LEFT_BRACE)) return false;
    do {
      const key = scanner.code();
      if (!scanner.passes(COLON) || !this.#value(key)) return false;
    } while (scanner.passes(COMMA));
    return scanner.passes(RIGHT_BRACE);
  }

  /** What stands under a key, once. */
  #value(key: number): boolean {
    const index = INDEX.get(key);
    if (index !== undefined) return this.#array(this.#shapes[index], IS_MATRIX[index]);
    if (key === NAME) return this.#label.name === undefined && this.#name();
    if (key === ID) return this.#label.id === undefined && this.#id();
    return key === REVERSE && this.#reverse === null && this.#truth();
  }

  #array(shape: Mutable<Shape>, isMatrix: boolean): boolean {
    if (shape.rows > 0) return false;
    shape.start = this.#count;
    if (!isMatrix) {
      shape.cols = this.#row();
      shape.rows = 1;
      return shape.cols > 0;
    }
    const scanner = this.#scanner;
    if (!scanner.passes(LEFT_BRACKET)) return false;
    shape.cols = this.#row();
    if (shape.cols === 0) return false;
    for (shape.rows = 1; scanner.passes(COMMA); shape.rows += 1) if (this.#row() !== shape.cols) return false;
    return scanner.passes(RIGHT_BRACKET);
  }

  /** How many numbers the row has that is next; 0 where it is none. */
  #row(): number {
    const scanner = this.#scanner;
    if (!scanner.passes(LEFT_BRACKET)) return 0;
    const before = this.#count;
    do {
      const value = scanner.number();
      if (Number.isNaN(value)) return 0;
      this.#numbers[this.#count++] = value;
    } while (scanner.passes(COMMA));
    return scanner.passes(RIGHT_BRACKET) ? this.#count - before : 0;
  }

  #name(): boolean {
    const name = this.#scanner.string();
    if (name !== null) this.#label = { ...this.#label, name };
    return name !== null;
  }

  /** It stands before the name, wherever it stood. */
  #id(): boolean {
    const isText = this.#scanner.next() === QUOTE;
    const id = isText ? this.#scanner.string() : this.#scanner.number();
    if (id === null || (!isText && !Number.isSafeInteger(id))) return false;
    this.#label = { id, ...this.#label };
    return true;
  }

  #truth(): boolean {
    const scanner = this.#scanner;
    scanner.next();
    const word = ["true", "false"].find((one) => scanner.text(scanner.at, scanner.at + one.length) === one);
    scanner.at += word?.length ?? 0;
    this.#reverse = word === "true";
    return word !== undefined;
  }
}
