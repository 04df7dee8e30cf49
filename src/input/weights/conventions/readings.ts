/** Every reading of a file's tensors, before anything is chosen. */

import { addTo } from "../../groups.ts";
import type { Tensor } from "../tensor.ts";
import type { Weights } from "../weights.ts";
import { type Candidate, findCandidates } from "./candidates.ts";
import type { Choice } from "./choices.ts";
import type { Layout } from "./convention.ts";
import { LAYOUTS } from "./convention-table.ts";
import { fitShapes, type Reading } from "./fit.ts";

/** What the names and shapes of a file's tensors leave open, before anything is chosen. */
export interface Findings {
  readonly candidates: readonly Candidate[];
  /** Readings whose tensors are no part of a larger candidate's. */
  readonly readings: readonly Reading[];
  /** Those that are only a part of a larger one, such as weights without the bias that another convention has a name for. */
  readonly partial: readonly { readonly reading: Reading; readonly larger: Candidate }[];
}

/** Every reading of a file under the given layouts. */
export function findReadings({ tensors }: Weights, layouts: readonly Layout[] = LAYOUTS): Findings {
  const candidates = findCandidates(tensors, layouts);
  const byTensor = new Map<Tensor, [Candidate, ...Candidate[]]>();
  for (const candidate of candidates)
    for (const tensor of candidate.tensors.values()) addTo(byTensor, tensor, candidate);
  const readings: Reading[] = [];
  const partial: { reading: Reading; larger: Candidate }[] = [];
  for (const candidate of candidates) {
    const own = [...candidate.tensors.values()];
    const larger = byTensor.get(own[0])?.find((other) => {
      const all = new Set(other.tensors.values());
      if (all.size <= own.length || !own.every((tensor) => all.has(tensor))) return false;
      // names that say nothing are of a larger cell only where their shapes are
      return !other.layout.bare || fitShapes(other).readings.length > 0;
    });
    for (const reading of fitShapes(candidate).readings) {
      if (larger) partial.push({ reading, larger });
      else readings.push(reading);
    }
  }
  return { candidates, readings, partial };
}

/**
 * The readings that can be taken without a guess: with --from those of that convention; else those whose names tell it.
 * One reading for each cell: of several that share a place, all are listed.
 */
export function knownReadings(readings: readonly Reading[], { from }: Choice): Reading[] {
  return readings.filter(({ layout, prefix }) => {
    if (layout.convention === "declared") return true;
    if (from !== undefined) return layout.convention === from;
    const above = prefix.slice(Math.max(prefix.lastIndexOf("."), prefix.lastIndexOf("/")) + 1);
    return !layout.bare && (!layout.mark || layout.mark.key.test(above));
  });
}

/** What tells one cell of a file from another. */
export function placeOf({ prefix, layer, reverse }: Reading): string {
  return `${layer} ${reverse} ${prefix}`;
}

/** Readings by the place of their cell. */
export function placesOf(readings: readonly Reading[]): Map<string, [Reading, ...Reading[]]> {
  const places = new Map<string, [Reading, ...Reading[]]>();
  for (const reading of readings) addTo(places, placeOf(reading), reading);
  return places;
}
