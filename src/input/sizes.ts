import type { Sourced } from "./keys.ts";
import type { Size } from "./numbers.ts";
import { mostFrequent } from "./tally.ts";

/** Hidden and input size as most keys have them, so that the one that disagrees gets the blame. */
export interface Sizes {
  readonly hidden: Size | null;
  readonly input: Size | null;
}

/** H and I from the lengths of the keys that are there; on a tie the earlier key in W, U, x, b, state order wins. */
export function inferSizes(entries: ReadonlyMap<string, Sourced>): Sizes {
  const hidden: number[] = [];
  const input: number[] = [];
  for (const [key, { value }] of entries) {
    if (!Array.isArray(value) || value.length === 0) continue;
    const firstRow: unknown = value[0];
    const cols = Array.isArray(firstRow) && firstRow.length > 0 ? [firstRow.length] : [];
    if (key.startsWith("U_")) hidden.push(value.length, ...cols);
    else if (key.startsWith("W_")) {
      hidden.push(value.length);
      input.push(...cols);
    } else if (key === "x") input.push(...cols);
    else if (key === "x_t") input.push(value.length);
    else hidden.push(...(Array.isArray(firstRow) ? cols : [value.length]));
  }
  return { hidden: size(hidden, "the hidden size"), input: size(input, "the input size") };
}

function size(votes: readonly number[], name: string): Size | null {
  const length = mostFrequent(votes);
  return length === null ? null : { length, name };
}
