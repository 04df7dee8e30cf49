/** What is found of one quantity before the whole hand-in and the options have their say. */

import { once } from "../once.ts";
import type { Comparison } from "./compare.ts";
import { decided, isTransposed, suspect } from "./diagnose.ts";
import { shapeName } from "./entries.ts";
import type { Named, Suspect } from "./hand-in.ts";
import type { Held, Misshapen } from "./held-entries.ts";
import type { MarkingEntry } from "./marking-key.ts";
import { mapOf, messageOf, worstOf } from "./report.ts";
import type { Seen } from "./shown-digits.ts";

export const UNNAMED: Named = { diagnosis: null, follows: null, candidates: [] };
export const NOTHING = { right: 0, ...UNNAMED, worst: null, map: null, followed: [] } as const;

export function findingOf(
  { right: { entries }, precision: seen }: Seen,
  held: Held,
  comparison: Comparison,
  followed: readonly string[],
) {
  return {
    right: comparison.right,
    entries: comparison.entries,
    message: messageOf(comparison, held, followed, seen),
    seen,
    worst: worstOf(entries, held.data, comparison),
    map: mapOf(entries, comparison),
    followed,
  };
}

export function isAllZero({ zeros }: MarkingEntry): boolean {
  return zeros?.every((zero) => zero === 1) ?? false;
}

/** Where all entries are zero by the equations, and asked for, all of them count. */
export function countedZeros(marking: MarkingEntry): Uint8Array | null {
  return isAllZero(marking) ? null : marking.zeros;
}

/** Whether what is wrong is a mistake with a name, or right but for its digits: whoever made numbers up has neither. */
export function isExplained(suspect: Suspect | null): boolean {
  return suspect !== null && (suspect.suspicion.form === "too-few-digits" || suspect.alone() !== null);
}

export function isConstant(data: Float64Array): boolean {
  return data.length > 1 && data.every((entry) => entry === data[0]);
}

export function suspectOf({ quantity, right, formulas, areTwins }: MarkingEntry, held: Held): Suspect {
  const suspicion = suspect(formulas(), right.entries, held);
  return { name: quantity.path, suspicion, areTwins, alone: once(() => decided(suspicion, areTwins)) };
}

export function misshapenFinding({ found, exchanged, twice }: Misshapen, { right }: MarkingEntry) {
  const entries = right.entries.data.length;
  if (twice !== null)
    return { ...NOTHING, entries, message: `${twice}, expected once`, diagnosis: "ambiguous" } as const;
  const isTurned = exchanged !== null && isTransposed(right, exchanged);
  const message = `${found}, expected ${shapeName(right.entries)}`;
  const diagnosis = isTurned ? "transposed" : "wrong-shape";
  return { ...NOTHING, entries, message, diagnosis } as const;
}
