import type { FullTrace } from "./forward.ts";

/** So much of traces is kept at once. */
const MOST_BYTES = 2 ** 28;

/** What a trace takes: some 20 vectors [H] of four doubles, and the objects that hold them. */
const bytesOf = (hiddenSize: number) => 640 * hiddenSize + 8192;

/**
 * The traces of a sequence's steps. Those of the first steps are kept, as many as fit into 256 MB (about 30,000 of small
 * cells, 400 of H = 1024); one behind them is computed anew, from the state that its step began with, whenever it is
 * asked for after another.
 */
export class Traces implements Iterable<FullTrace> {
  readonly length: number;
  readonly #kept: readonly FullTrace[];
  readonly #again: (k: number) => FullTrace;
  #last: { readonly k: number; readonly trace: FullTrace } | null = null;

  /**
   * @param kept those of the first steps, {@link Traces.room} of them at most
   * @param again computes that of step k + 1 anew
   */
  constructor(length: number, kept: readonly FullTrace[], again: (k: number) => FullTrace) {
    this.length = length;
    this.#kept = kept;
    this.#again = again;
  }

  /** How many are kept. */
  static room(hiddenSize: number): number {
    return Math.max(1, Math.floor(MOST_BYTES / bytesOf(hiddenSize)));
  }

  /** That of step k + 1. */
  at(k: number): FullTrace {
    if (k < this.#kept.length) return this.#kept[k];
    if (this.#last?.k !== k) this.#last = { k, trace: this.#again(k) };
    return this.#last.trace;
  }

  /** Those from step k + 1 on. */
  *from(k: number): Generator<FullTrace> {
    for (let j = k; j < this.length; j++) yield this.at(j);
  }

  [Symbol.iterator](): Generator<FullTrace> {
    return this.from(0);
  }
}
