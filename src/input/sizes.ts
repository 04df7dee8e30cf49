import { ARRAY_KEYS, type Sourced } from "./keys.ts";
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
  for (const key of ARRAY_KEYS) {
    const source = entries.get(key);
    const value = key === "x" ? source?.value : (source?.vector ?? source?.value);
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
  return namedSizes(mostFrequent(hidden), mostFrequent(input));
}

/** Sizes with the names that messages have for them. */
export function namedSizes(hidden: number | null, input: number | null): Sizes {
  return {
    hidden: hidden === null ? null : { length: hidden, name: "the hidden size" },
    input: input === null ? null : { length: input, name: "the input size" },
  };
}
