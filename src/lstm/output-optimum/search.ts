/** Branch and bound: parts of the sphere, the one with the largest bound first, until nothing is left that matters. */

import type { FaceBox } from "./cap.ts";
import type { Incumbent } from "./incumbent.ts";
import { type Region, regionBound } from "./majorant.ts";

/** How the sphere is cut into parts. */
export interface Cutting {
  readonly roots: readonly FaceBox[];
  /** null for a part that need not be looked at. */
  readonly region: (part: FaceBox) => Region | null;
  /** The smaller parts; none where it cannot be cut any more. */
  readonly split: (part: FaceBox, looseness: Float64Array | null) => readonly FaceBox[];
  /** The parts that are cut once the gap is closed, in order to prove that there is one optimum. */
  readonly forUniqueness: number;
}

/** What was found: nothing exceeds `bound` but in exclusions, and nothing outside these reaches F(best) where `isCleared`. */
export interface Searched {
  readonly bound: number;
  readonly isCleared: boolean;
}

interface Open {
  readonly part: FaceBox;
  readonly bound: number;
  readonly looseness: Float64Array | null;
}

/** A search that can be taken up again. Its work is counted, never timed, so that every machine finds the same. */
export class Search {
  readonly #incumbent: Incumbent;
  readonly #cutting: Cutting;
  readonly #open = new Heap();
  /** The largest bound of a part that could not be cut any more. */
  #stuck = Number.NEGATIVE_INFINITY;
  #closing: number;
  #bounded = 0;

  constructor(incumbent: Incumbent, cutting: Cutting) {
    this.#incumbent = incumbent;
    this.#cutting = cutting;
    this.#closing = cutting.forUniqueness;
    for (const part of cutting.roots) this.#consider(part);
  }

  /** Goes on until nothing is left that matters, or until so many more parts were bounded. */
  run(budget: number): Searched {
    const end = this.#bounded + budget;
    for (let top = this.#open.pop(); top !== null; top = this.#open.pop()) {
      if (top.bound < this.#incumbent.value.lo) break;
      const isClosed = top.bound <= this.#incumbent.aim;
      if (this.#bounded >= end || (isClosed && this.#closing-- <= 0)) {
        this.#open.push(top);
        return { bound: Math.max(this.#stuck, top.bound), isCleared: false };
      }
      const parts = this.#cutting.split(top.part, top.looseness);
      if (parts.length === 0) this.#stuck = Math.max(this.#stuck, top.bound);
      for (const part of parts) this.#consider(part);
    }
    return { bound: this.#stuck, isCleared: this.#stuck < this.#incumbent.value.lo };
  }

  #consider(part: FaceBox): void {
    const region = this.#cutting.region(part);
    if (region === null) return;
    this.#bounded++;
    const incumbent = this.#incumbent;
    const { bound, majorant } = regionBound(incumbent.problem, region, incumbent.value.lo);
    if (majorant !== null && region.reach === null) incumbent.offer(majorant.centre, majorant.value);
    if (bound >= incumbent.value.lo) this.#open.push({ part, bound, looseness: majorant?.looseness ?? null });
  }
}

/** A binary heap by the bound. */
class Heap {
  readonly #items: Open[] = [];

  push(item: Open): void {
    const items = this.#items;
    let k = items.push(item) - 1;
    for (let up = (k - 1) >> 1; k > 0 && items[up].bound < item.bound; k = up, up = (k - 1) >> 1) items[k] = items[up];
    items[k] = item;
  }

  pop(): Open | null {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined) return null;
    if (items.length === 0) return top;
    let k = 0;
    for (;;) {
      let child = 2 * k + 1;
      if (child + 1 < items.length && items[child + 1].bound > items[child].bound) child++;
      if (child >= items.length || items[child].bound <= last.bound) break;
      items[k] = items[child];
      k = child;
    }
    items[k] = last;
    return top;
  }
}
