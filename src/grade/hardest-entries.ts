/** Which entries most of a class have wrong. */
import { findQuantity } from "../lstm/quantities.ts";
import type { GradeTest, Worst } from "./result.ts";

/** An entry of a quantity, and how it went. */
export interface HardEntry extends Pick<Worst, "row" | "column"> {
  readonly name: string;
  readonly wrong: number;
  /** Answers that were judged entry by entry: the quantity is there, in its shape. */
  readonly answers: number;
}

/** So many are told, and so many of one quantity: a formula that is wrong has all of its entries wrong. */
const MOST = 10;
const OF_ONE = 3;

/**
 * Those with the largest share of wrong answers first. An answer whose map is too large to look at is not counted.
 * @param byQuantity the tests of a class, in the order of the quantities
 */
export function hardestEntries(byQuantity: ReadonlyMap<string, readonly GradeTest[]>): HardEntry[] {
  const hardest = [...byQuantity].flatMap(([name, tests]) => byShare(entriesOf(name, tests)).slice(0, OF_ONE));
  return byShare(hardest).slice(0, MOST);
}

function byShare(entries: readonly HardEntry[]): HardEntry[] {
  return entries.toSorted((a, b) => b.wrong / b.answers - a.wrong / a.answers || b.wrong - a.wrong);
}

/** The entries of a quantity that somebody has wrong. */
function entriesOf(name: string, tests: readonly GradeTest[]): HardEntry[] {
  const judged = tests.filter(({ map, status }) => map !== null || status === "passed");
  const counts = new Map<string, { r: number; c: number; wrong: number }>();
  for (const { map } of judged) {
    for (const [r, line] of (map ?? []).entries()) {
      for (let c = line.indexOf("x"); c >= 0; c = line.indexOf("x", c + 1)) {
        const count = counts.get(`${r},${c}`);
        if (count) count.wrong += 1;
        else counts.set(`${r},${c}`, { r, c, wrong: 1 });
      }
    }
  }
  const axes = findQuantity(name)?.shape.length ?? 2;
  return [...counts.values()].map(({ r, c, wrong }) => ({
    ...{ name, row: axes === 0 ? null : axes === 1 ? c : r, column: axes === 2 ? c : null },
    ...{ wrong, answers: judged.length },
  }));
}
