/** Numbers that take the place of the cell's own: the same for a native cell and for foreign weights. */

import type { ProblemList } from "../errors.ts";
import { openEnvelope } from "./envelope.ts";
import type { ArrayKey, Sourced } from "./keys.ts";

/** What a flag says of a key; one key is given once. */
export interface Override {
  readonly key: ArrayKey;
  readonly source: Sourced;
}

/** Numbers that take the place of the cell's own, in this order: the state of a --state file, then flags, which may give any key. */
export interface CellOverrides {
  readonly stateFile?: { readonly json: unknown; readonly file: string | null } | undefined;
  readonly flags?: readonly Override[];
}

/** Puts the numbers of the overrides in the place of the cell's own. */
export function override(
  entries: Map<string, Sourced>,
  { stateFile, flags = [] }: CellOverrides,
  problems: ProblemList,
): void {
  const given = new Map<string, Sourced>();
  if (stateFile) {
    const state = openEnvelope("state", stateFile.json, stateFile.file, problems);
    for (const [key, source] of state) if (key !== "name" && key !== "$schema") given.set(key, source);
  }
  for (const { key, source } of flags) given.set(key, source);
  // one input instead of the other is an override too
  if (given.has("x_t") && !given.has("x")) entries.delete("x");
  if (given.has("x") && !given.has("x_t")) entries.delete("x_t");
  for (const [key, source] of given) entries.set(key, source);
}
