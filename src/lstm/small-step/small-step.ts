/** One step of a small cell in one call of WebAssembly: where cells are many, all that is around an equation takes longer than it does. */
import { errorShare, type MatrixVector } from "../../linalg/affine.ts";
import { powersOfTwo } from "../../linalg/bounded-exp.ts";
import type { Cell } from "../cell.ts";
import { preactivation } from "../forward.ts";
import { GATES } from "../names.ts";
import type { Vectors } from "../quantities.ts";
import { STEP } from "./compiled.ts";

/** z, the gates, c_t and h_t of a cell of one step, each double the nearest; null where that is for the equations to tell, or the cell is not small, or not whole. */
export type SmallStep = (cell: Cell) => Vectors<"preactivations" | "gates" | "c_t" | "h_t"> | null;

/** What assembly/index.ts says of places in its memory. */
const PLACES = ["POWERS", "SUMMANDS", "C_PREV", "VECTORS", "RESULTS", "ROWS"] as const;
const LIMITS = ["MOST_UNITS", "MOST_VECTORS", "MOST_WEIGHTS"] as const;
type Constant = (typeof PLACES)[number] | (typeof LIMITS)[number];
type Exports = Readonly<Record<Constant, { readonly value: number }>> & {
  readonly step: (units: number, count: number, length: number, share: number) => number;
};

const PAGES = 3;

/** null where there is no WebAssembly, or none that knows two doubles at a time. */
export function smallStep(): SmallStep | null {
  try {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    const module = new WebAssembly.Module(Uint8Array.from(atob(STEP), (character) => character.charCodeAt(0)));
    const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
    const room = new Room(memory.buffer, exports);
    return (cell) => room.step(cell);
  } catch {
    return null;
  }
}

/** What the memory holds of one step after another. */
class Room {
  readonly #numbers: Float64Array;
  readonly #words: Uint32Array;
  readonly #step: Exports["step"];
  readonly #at: Readonly<Record<Constant, number>>;

  constructor(buffer: ArrayBuffer, { step, ...places }: Exports) {
    this.#numbers = new Float64Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#step = step;
    const at: Partial<Record<Constant, number>> = {};
    for (const place of [...PLACES, ...LIMITS]) at[place] = places[place].value;
    this.#at = at as Required<typeof at>;
    this.#numbers.set(powersOfTwo(), this.#at.POWERS / 8);
  }

  step(cell: Cell): ReturnType<SmallStep> {
    const units = cell.hiddenSize;
    const { h_prev, c_prev } = cell.state;
    const sums: MatrixVector[][] = [];
    for (const g of GATES) {
      const sum = preactivation(cell, g, h_prev);
      if (sum === null || (sums.length > 0 && !areAlike(sum, sums[0]))) return null;
      sums.push(sum);
    }
    const [{ length: count }] = sums;
    let inputs = 0;
    for (const { vector } of sums[0]) inputs += even(vector.length);
    if (!this.#isRoomFor(units, inputs)) return null;
    for (let j = 0, before = 0, weights = 0; j < count; j++) {
      const { length } = sums[0][j].vector;
      this.#setSummand(sums, j, before, weights);
      before += even(length);
      weights += GATES.length * units * length;
    }
    const at = this.#at.C_PREV / 8;
    if (c_prev === null) this.#numbers.fill(0, at, at + units);
    else this.#numbers.set(c_prev, at);
    let terms = 0;
    for (const { vector } of sums[0]) terms += vector.length;
    return this.#step(units, count, inputs, errorShare(terms)) === 1 ? this.#results(units) : null;
  }

  #isRoomFor(units: number, inputs: number): boolean {
    const { MOST_UNITS, MOST_VECTORS, MOST_WEIGHTS } = this.#at;
    return units <= MOST_UNITS && inputs <= MOST_VECTORS && GATES.length * units * inputs <= MOST_WEIGHTS;
  }

  /** Stores summand j of all gates, behind so many doubles of vectors and of weights. */
  #setSummand(sums: readonly MatrixVector[][], j: number, before: number, weights: number): void {
    const { SUMMANDS, VECTORS, ROWS } = this.#at;
    const { vector } = sums[0][j];
    const start = VECTORS + 8 * before;
    const place = SUMMANDS / 4 + 4 * j;
    this.#words[place] = ROWS + 8 * weights;
    this.#words[place + 1] = 8 * vector.length;
    this.#words[place + 2] = start + 8 * even(vector.length);
    this.#words[place + 3] = start;
    this.#numbers.set(vector, start / 8);
    if (vector.length % 2 === 1) this.#numbers[start / 8 + vector.length] = 0;
    let at = ROWS / 8 + weights;
    for (const sum of sums) {
      const { data } = sum[j].matrix;
      this.#numbers.set(data, at);
      at += data.length;
    }
  }

  #results(units: number): ReturnType<SmallStep> {
    const first = this.#at.RESULTS / 8;
    const vector = (k: number) => this.#numbers.slice(first + k * units, first + (k + 1) * units);
    return {
      preactivations: { f: vector(0), i: vector(1), o: vector(2), u: vector(3) },
      gates: { f: vector(4), i: vector(5), o: vector(6), u: vector(7) },
      c_t: vector(8),
      h_t: vector(9),
    };
  }
}

function even(length: number): number {
  return length + (length % 2);
}

function areAlike(a: readonly MatrixVector[], b: readonly MatrixVector[]): boolean {
  return a.length === b.length && a.every(({ vector }, j) => vector === b[j].vector);
}
