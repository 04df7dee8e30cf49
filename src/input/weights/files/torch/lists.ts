/** Lists and tuples of numbers in a pickle, as `{k: v.tolist() for k, v in model.state_dict().items()}` has them. */

import { failure } from "../../../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { lazyTensor } from "../floats.ts";
import { entryCount } from "../shape.ts";

/** Lists of lists of numbers, whose rows are of one length. */
export interface NumberList {
  readonly shape: readonly number[];
  readonly rows: readonly unknown[];
}

const MOST_AXES = 8;

export class NumberLists {
  #left: number;

  /** @param most how many numbers there may be in all: a number takes a byte of the file, one that is shared none */
  constructor(most: number) {
    this.#left = most;
  }

  /** null for any other value. @throws {DlstmError} too-large. */
  of(value: unknown): NumberList | null {
    const shape: number[] = [];
    let first = value;
    for (; Array.isArray(first); first = first[0]) {
      shape.push(first.length);
      if (first.length === 0 || shape.length > MOST_AXES) return null;
    }
    if (typeof first !== "number" || !Array.isArray(value)) return null;
    return this.#isFull(value, shape, 0) ? { shape, rows: value } : null;
  }

  #isFull(value: unknown, shape: readonly number[], axis: number): boolean {
    if (axis === shape.length) return typeof value === "number";
    if (!Array.isArray(value) || value.length !== shape[axis]) return false;
    this.#left -= value.length;
    if (this.#left < 0) throw failure("too-large", "more numbers in lists than the file has bytes");
    return value.every((entry) => this.#isFull(entry, shape, axis + 1));
  }
}

/** Python's floats are doubles. */
export function listedTensor(name: string, { shape, rows }: NumberList): Tensor {
  return lazyTensor({ name, shape, type: "F64" }, () => {
    const values = new Float64Array(entryCount(shape) ?? 0);
    let at = 0;
    const fill = (row: readonly unknown[]) => {
      for (const entry of row) {
        if (Array.isArray(entry)) fill(entry);
        else values[at++] = Number(entry);
      }
    };
    fill(rows);
    return values;
  });
}
