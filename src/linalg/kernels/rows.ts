import type { Room } from "../allocator.ts";
import { errorOfSum, WORDS } from "../bounded.ts";
import { highHalf } from "../error-free.ts";
import type { Loops } from "./loops.ts";

/** Number `index` of the weights times a row of doubles, data[from …]. */
interface Product {
  readonly weights: Room;
  readonly index: number;
  readonly data: Float64Array;
  readonly from: number;
}

/** Doubles of all matrices that are copied at a time, so that they are still in the fastest cache when they are read. */
const BLOCKS = 4096;

/** Doubles that the kernel takes for a row. */
const TERM = 5;

/** Sums of rows times numbers by the compiled loop, one row of sums after the other. */
export class CompiledRows {
  readonly #loops: Loops;
  readonly #cols: number;
  /** The sums of the last row, rounded. */
  readonly #sums: Float64Array;
  readonly #terms: number;
  readonly #blocks: number;
  /** Doubles of a block, of which each term has one. */
  readonly #length: number;
  /** Where in its matrix the block of a term begins and ends. */
  readonly #from: Float64Array;
  readonly #to: Float64Array;

  /** For sums over so many terms; null where there is no room for them. */
  static of(loops: Loops, terms: number, cols: number): CompiledRows | null {
    const made = new CompiledRows(loops, terms, cols);
    return made.#blocks + terms * made.#length < loops.numbers.length ? made : null;
  }

  private constructor(loops: Loops, terms: number, cols: number) {
    this.#loops = loops;
    this.#cols = cols;
    this.#sums = loops.numbers.subarray(0, cols);
    this.#terms = cols + (cols % 2);
    this.#blocks = this.#terms + TERM * terms;
    this.#length = cols * Math.max(1, Math.floor(BLOCKS / terms / cols));
    this.#from = new Float64Array(terms);
    this.#to = new Float64Array(terms);
  }

  /**
   * Rounds the sums of the products into `out`, as the readable loop does. Returns false where that has to do it: where a number
   * has an exponent, or nothing is known of it, or where its error leaves open to which double a sum is rounded.
   */
  round(products: readonly Product[], out: Float64Array, from: number): boolean {
    let error = 0;
    let count = 0;
    for (let j = 0; j < products.length; j++) {
      const { weights, index, data, from: row } = products[j];
      const at = weights.start + WORDS * index;
      const [h, q] = [weights.data[at], weights.data[at + 3]];
      if (h === 0 && q === 0) continue;
      if (weights.data[at + 2] !== 0 || !(q < 1)) return false;
      error = Math.max(error, q);
      this.#add(count, h, weights.data[at + 1], this.#placeOf(j, data, row));
      count += 1;
    }
    const share = errorOfSum(error, products.length);
    const isDecided = this.#loops.sumRows(0, 8 * this.#terms, count, this.#cols, share) !== 0;
    if (isDecided) out.set(this.#sums, from);
    // what is open is computed exactly, which may take the memory for a forward pass
    else this.#to.fill(0);
    return isDecided;
  }

  /** Where the row at data[from] of term j is copied to, with those behind it. */
  #placeOf(j: number, data: Float64Array, from: number): number {
    const block = this.#blocks + j * this.#length;
    if (from < this.#from[j] || from + this.#cols > this.#to[j]) {
      this.#from[j] = from;
      this.#to[j] = Math.min(from + this.#length, data.length);
      this.#loops.numbers.set(data.subarray(from, this.#to[j]), block);
    }
    return block + from - this.#from[j];
  }

  #add(k: number, h: number, l: number, place: number): void {
    const { numbers, places } = this.#loops;
    const term = this.#terms + TERM * k;
    const high = highHalf(h);
    numbers[term] = h;
    numbers[term + 1] = l;
    numbers[term + 2] = high;
    numbers[term + 3] = h - high;
    places[2 * (term + 4)] = 8 * place;
  }
}
