import type { Weights } from "../weights.ts";
import { flagsAmong } from "./choices.ts";
import type { Convention } from "./layout.ts";
import { findReadings, knownReadings, placesOf } from "./readings.ts";

/** A cell that can be read from a file. */
export interface ListedCell {
  /** Those under which it can be read; several where they agree, or where --from must decide. */
  readonly conventions: readonly Convention[];
  /** Whether its names leave the convention open, so that only --from can say it. */
  readonly needsFrom: boolean;
  readonly prefix: string;
  readonly layer: number | null;
  readonly reverse: boolean;
  readonly hiddenSize: number;
  readonly inputSize: number | null;
  /** What chooses it among the file's cells: `--prefix encoder.lstm --layer 1 --reverse`; empty for the only one. */
  readonly flags: string;
}

/** Every cell that can be read from a file, in the order of the file; no number is looked at. */
export function listCells(weights: Weights): ListedCell[] {
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
      needsFrom: known.size === 0,
      prefix,
      layer,
      reverse,
      hiddenSize: sizes.hidden,
      inputSize: sizes.input,
      flags: flagsOf(here[0]),
    };
  });
}
