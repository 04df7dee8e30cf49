import { inFile } from "../../../errors.ts";
import { visibleLine } from "../../../visible.ts";
import { excerpt } from "../../excerpt.ts";
import type { Weights } from "../weights.ts";
import { activationsIn } from "./activation.ts";
import { firstName } from "./candidates.ts";
import { type Choice, chosen, flagsAmong, HIDDEN } from "./choices.ts";
import type { Layout } from "./convention.ts";
import { findDeclared } from "./declared.ts";
import { directionsIn } from "./direction.ts";
import { knownReadings, placeOf, placesOf } from "./readings.ts";
import { refuserOf } from "./refuse.ts";

/** A cell that can be read from a file, as JSON tells it. */
export interface CellRecord {
  /** Those under which it can be read; several where they agree, or where --from must decide. */
  readonly conventions: readonly Layout["convention"][];
  readonly prefix: string;
  readonly layer: number | null;
  /** Whether it reads x from its last row to its first. */
  readonly reverse: boolean;
  /** What chooses it among the file's cells: `--prefix encoder.lstm --layer 1 --reverse`; empty for the only one. */
  readonly flags: string;
  /** Whether its names leave the convention open, so that only --from can say it. */
  readonly needs_from: boolean;
  /** Why every command refuses it all the same: peepholes beside it, quantised numbers, no flags that choose it; else null. */
  readonly refused: string | null;
  readonly hidden_size: number;
  readonly input_size: number | null;
}

/**
 * Every cell whose names and shapes are those of one, in the order of the file, or those of them that the flags choose;
 * no number is looked at but a setting's.
 */
export function listCells(weights: Weights, choice: Choice = {}): CellRecord[] {
  return inFile(weights.file, () => recordsOf(weights, choice));
}

function recordsOf(weights: Weights, choice: Choice): CellRecord[] {
  const { readings } = findDeclared(weights, choice);
  const known = knownReadings(readings, choice);
  // weights under names that tell nothing are listed only where they are all that there is
  const isOpen = known.length === 0 && choice.from === undefined;
  const places = placesOf(isOpen ? readings : known);
  const all = [...places.values()].map(([first]) => first);
  const flagsOf = flagsAmong(all);
  const refuse = refuserOf(weights, all);
  const activationOf = activationsIn(weights, choice);
  const isReversed = directionsIn(weights);
  return chosen(all, choice).map((reading) => {
    const { prefix, layer, sizes } = reading;
    const flags = flagsOf(reading);
    const [refused] = refuse(reading);
    const problem = refused ?? (isOpen ? undefined : activationOf(reading).problems[0]);
    const hidden = flags === null ? `${visibleLine(excerpt(firstName(reading)))}: ${HIDDEN}` : null;
    return {
      conventions: [...new Set((places.get(placeOf(reading)) ?? [reading]).map(({ layout }) => layout.convention))],
      prefix,
      layer,
      reverse: isReversed(reading),
      flags: flags ?? "",
      needs_from: isOpen,
      refused: problem ? visibleLine(`${problem.place}: ${problem.message}`) : hidden,
      hidden_size: sizes.hidden,
      input_size: sizes.input,
    };
  });
}
