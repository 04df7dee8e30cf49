import type { AttainsByUnit } from "./attains-optimum.ts";
import type { Held } from "./held-entries.ts";
import { agrees, type Judged } from "./tolerance.ts";

/** How a student's entries of one quantity compare. */
export interface Comparison {
  /** Entries that agree, less those that are zero by the equations and are missed. */
  readonly right: number;
  /** Entries that count: what is zero by the equations does not. */
  readonly entries: number;
  /** Entries that count as wrong because the answer does not have them. */
  readonly missing: number;
  /** Entries that are zero by the equations, and are not in the answer: each takes a right one. */
  readonly missed: number;
  /** By entry: 1 where it is wrong. */
  readonly wrong: Uint8Array;
  /** The wrong entry that is farthest off, in units of what is allowed; what is no number is farther than any. −1: none. */
  readonly worst: number;
}

/**
 * Compares entry by entry.
 * @param whole whether entries that the answer does not have count, as wrong
 * @param attains what else is right of an optimum's rows
 * @param zero by entry: 1 where it is zero by the equations, which is no work
 */
export function compare(
  expected: Judged,
  held: Held,
  whole: boolean,
  attains: AttainsByUnit | null,
  zero: Uint8Array | null,
): Comparison {
  const { data } = held;
  const wrong = new Uint8Array(data.length);
  const attained = attains?.size ? attainedEntries(expected, held, attains) : null;
  let [right, entries, missing, missed, worst, farthest] = [0, 0, 0, 0, -1, -1];
  for (let k = 0; k < data.length; k++) {
    const isAbsent = held.absent?.[k] === 1;
    if (isAbsent && !whole) continue;
    const counts = zero?.[k] ? 0 : 1;
    entries += counts;
    if (isAbsent) missing += counts;
    else if (attained?.[k] || agrees(expected, k, data[k])) {
      right += counts;
      continue;
    }
    wrong[k] = 1;
    missed += 1 - counts;
    const distance = Math.abs(data[k] - expected.entries.data[k]) / expected.allowances[k];
    const rank = Number.isNaN(distance) ? Infinity : distance;
    if (rank > farthest) [worst, farthest] = [k, rank];
  }
  return { right: Math.max(0, right - missed), entries, missing, missed, wrong, worst };
}

/** By entry: 1 where its row is another optimum. */
function attainedEntries({ entries: { cols }, tolerance }: Judged, held: Held, attains: AttainsByUnit): Uint8Array {
  const attained = new Uint8Array(held.data.length);
  for (const [unit, isAttained] of attains) {
    const [start, end] = [unit * cols, (unit + 1) * cols];
    const h = held.nulls.has(unit) ? null : held.data.subarray(start, end);
    if (!held.absent?.[start] && isAttained(h, tolerance)) attained.fill(1, start, end);
  }
  return attained;
}
