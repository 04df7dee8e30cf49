/** Which cells a file holds, by the names and shapes of its tensors. */

import { DlstmError, failure, inFile } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import type { Weights } from "../weights.ts";
import { activationsIn } from "./activation.ts";
import { firstName } from "./candidates.ts";
import { type Choice, chosen, flagsAmong, flagsOf, HIDDEN } from "./choices.ts";
import type { Layout } from "./convention.ts";
import { LAYOUTS } from "./convention-table.ts";
import { findDeclared, isOpenLayout, rejectIdleOrder } from "./declared.ts";
import type { Reading } from "./fit.ts";
import { noCell, rejectNearest } from "./no-cell.ts";
import { type Findings, knownReadings, placeOf, placesOf } from "./readings.ts";
import { foreignLayers, refusals } from "./refuse.ts";
import { sameCell } from "./same-cell.ts";

/** How many choices an error lists. */
const LISTED = 8;

/**
 * The one reading that the flags and the file leave.
 * @throws {DlstmError} ambiguous, where there are several cells, or several readings that yield different cells;
 * unsupported, where it is another cell; missing or shape, where there is none.
 */
export function recognise(weights: Weights, choice: Choice = {}, layouts: readonly Layout[] = LAYOUTS): Reading {
  const reading = findCell(weights, choice, layouts);
  if (reading === null) throw noCell(weights, choice);
  return reading;
}

/** The same, null where the file holds nothing that is like a cell. */
export function findCell(weights: Weights, choice: Choice, layouts: readonly Layout[] = LAYOUTS): Reading | null {
  return inFile(weights.file, () => theOne(weights, choice, layouts));
}

function theOne(weights: Weights, choice: Choice, layouts: readonly Layout[]): Reading | null {
  const { candidates, readings, partial } = findDeclared(weights, choice, layouts);
  const known = knownReadings(readings, choice);
  if (known.length === 0) {
    rejectPartial(partial, choice);
    rejectUnnamed(readings, choice, weights);
    rejectNearest(weights, candidates, choice);
    return null;
  }
  const places = placesOf(known);
  const all = [...places.values()].map(([first]) => first);
  const left = distinct(chosen(all, choice));
  if (left.length === 0) {
    rejectNativeReverse(all, choice);
    throw failure("missing", `no such cell, ${expectedOneOf(all)}`, { place: flagsOf(choice) });
  }
  if (left.length > 1) throw failure("ambiguous", `${left.length} cells, ${expectedOneOf(left, all)}`);
  const [reading] = left;
  rejectIdleOrder(reading, choice);
  const problems = [...refusals(reading, weights), ...activationsIn(weights, choice)(reading).problems];
  if (problems.length > 0) throw new DlstmError(problems);
  rejectDifferent(places.get(placeOf(reading)) ?? [reading], weights);
  return reading;
}

/** Of readings of the same numbers under several names, as modules that share their weights have them, the first. */
function distinct(readings: readonly Reading[]): Reading[] {
  const found = new Map<unknown, Reading>();
  for (const reading of readings) {
    const { layout, reverse, tensors } = reading;
    const rows = [...tensors].map(([row, { identity }]) => (identity === undefined ? null : [row.name, identity]));
    const key = rows.includes(null) ? reading : JSON.stringify([layout.convention, layout.title, reverse, rows]);
    if (!found.has(key)) found.set(key, reading);
  }
  return [...found.values()];
}

/** The native cell has a key for what the flag would choose. */
function rejectNativeReverse(readings: readonly Reading[], choice: Choice): void {
  if (!choice.reverse || readings.some(({ layout }) => layout.convention !== "native")) return;
  const message = 'no such cell, expected no --reverse: a native cell says it itself, by its key "reverse": true';
  throw failure("missing", message, { place: flagsOf(choice) });
}

function expectedOneOf(readings: readonly Reading[], all: readonly Reading[] = readings): string {
  const flags = readings.slice(0, LISTED).map(flagsAmong(all));
  if (flags.length === 1 && flags[0] === "") return "expected no flag: the file holds one cell";
  const more = readings.length > LISTED ? `, … (${readings.length} in all)` : "";
  const hidden = readings[flags.indexOf(null)];
  const remedy = hidden ? `; ${excerpt(firstName(hidden))}: ${HIDDEN}` : "";
  return `expected one of them: ${flags.filter((text) => text !== null).join(", ")}${more}${remedy}`;
}

/** Weights that the convention reads, but leaves a tensor beside them that belongs to the cell. */
function rejectPartial(partial: Findings["partial"], { from }: Choice): void {
  for (const { reading, larger } of partial) {
    if (reading.layout.convention !== from) continue;
    const own = new Set(reading.tensors.values());
    for (const left of larger.tensors.values()) {
      if (own.has(left)) continue;
      const message = `not a tensor of ${from}, expected --from ${larger.layout.convention}, where it is one`;
      throw failure("ambiguous", message, { place: excerpt(left.name) });
    }
  }
}

/** Weights whose names are those of other layers too, or say nothing, or are those of another convention than --from. */
function rejectUnnamed(readings: readonly Reading[], { from }: Choice, weights: Weights): void {
  const [first] = readings;
  if (first === undefined) return;
  // what no convention makes this cell is told before the convention is asked for
  const refused = [...(from === undefined ? foreignLayers(weights) : []), ...refusals(first, weights)];
  if (refused.length > 0) throw new DlstmError(refused);
  const names = [...first.tensors.values()].map(({ name }) => excerpt(name)).join(", ");
  const flags = fromFlags(readings);
  if (from !== undefined) {
    throw failure("missing", `no cell of ${from}, expected ${flags.join(" or ")} for ${names}`, { place: "--from" });
  }
  const message = `the names ${names} do not tell the convention, expected one to be named: ${flags.join(", ")}`;
  throw failure("ambiguous", message);
}

function rejectDifferent(readings: readonly Reading[], weights: Weights): void {
  const [first] = readings;
  if (readings.every((reading) => sameCell(first, reading, weights))) return;
  const message = `several readings that yield different cells, expected one of them: ${fromFlags(readings).join(", ")}`;
  throw failure("ambiguous", message);
}

/** The conventions of readings as flags, or their orientations where only those differ, each with where such weights come from. */
function fromFlags(readings: readonly Reading[]): string[] {
  const isOpen = isOpenLayout(readings);
  const flagOf = ({ layout: { convention, orientation } }: Reading) =>
    isOpen ? `--layout ${orientation}` : `--from ${convention}`;
  return [...new Set(readings.map((reading) => `${flagOf(reading)} (${reading.layout.title})`))];
}
