import type { GateWeights } from "../../../lstm/cell.ts";
import { GATES } from "../../../lstm/names.ts";
import type { Weights } from "../weights.ts";
import { assemble, forgetBiasOf, type Gates } from "./assemble.ts";
import type { Reading } from "./fit.ts";

/** Whether two readings yield the same cell, bit for bit; a bias that is absent is zero. */
export function sameCell(one: Reading, other: Reading, weights: Weights): boolean {
  if (one === other || recipeOf(one, weights) === recipeOf(other, weights)) return true;
  const [a, b] = [one, other].map((reading): Gates => assemble(reading, weights));
  return GATES.every((gate) => sameGate(a[gate], b[gate]));
}

/** All that a cell depends on but the numbers, so that the same recipe needs no look at them. */
function recipeOf(reading: Reading, weights: Weights): string {
  const { layout, tensors, sizes } = reading;
  const rows = [...tensors].map(([{ part, gates }, { name }]) => [name, part, ...gates]);
  return JSON.stringify([layout.orientation, forgetBiasOf(reading, weights), sizes, reading.reverse, rows]);
}

function sameGate(one: GateWeights | undefined, other: GateWeights | undefined): boolean {
  if (!one || !other) return one === other;
  const zero = new Float64Array(one.U.rows);
  const pairs = [
    [one.W?.data, other.W?.data],
    [one.U.data, other.U.data],
    [one.b ?? zero, other.b ?? zero],
    [one.bRest ?? zero, other.bRest ?? zero],
  ] as const;
  return pairs.every(([a, b]) => a?.length === b?.length && (a ?? zero).every((x, k) => Object.is(x, (b ?? zero)[k])));
}
