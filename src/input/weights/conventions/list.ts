import type { Weights } from "../weights.ts";
import { flagsAmong } from "./choices.ts";
import type { Convention } from "./layout.ts";
import { findReadings, knownReadings, placesOf } from "./readings.ts";

/** A cell that can be read from a file, as JSON tells it. */
export interface CellRecord {
  /** Those under which it can be read; several where they agree, or where --from must decide. */
  readonly conventions: readonly Convention[];
  readonly prefix: string;
  readonly layer: number | null;
  readonly reverse: boolean;
  /** What chooses it among the file's cells: `--prefix encoder.lstm --layer 1 --reverse`; empty for the only one. */
  readonly flags: string;
  /** Whether its names leave the convention open, so that only --from can say it. */
  readonly needs_from: boolean;
  readonly hidden_size: number;
  readonly input_size: number | null;
}

/** Every cell that can be read from a file, in the order of the file; no number is looked at. */
export function listCells(weights: Weights): CellRecord[] {
  const { readings } = findReadings(weights);
  const known = new Set(knownReadings(readings, {}));
  // weights under names that tell nothing are listed only where they are all that there is
  const shown = known.size > 0 ? [...known] : [...readings];
  const places = placesOf(shown);
  const flagsOf = flagsAmong([...places.values()].map(([first]) => first));
  return [...places.values()].map((here) => {
    const [{ prefix, layer, reverse, sizes }] = here;
    return {
      conventions: [...new Set(here.map(({ layout }) => layout.convention))],
      prefix,
      layer,
      reverse,
      flags: flagsOf(here[0]),
      needs_from: known.size === 0,
      hidden_size: sizes.hidden,
      input_size: sizes.input,
    };
  });
}
