/** Somebody else's second derivatives of the units, as `hessian --wrt z` prints them. */
import type { ProblemList } from "../errors.ts";
import { type Matrix, zeros } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { BLOCK_ORDER, BLOCK_SIDE } from "../lstm/hessian/blocks.ts";
import { describeValue } from "./excerpt.ts";
import { readMatrix } from "./numbers.ts";
import { isObject } from "./objects.ts";

const SIDE = { length: BLOCK_SIDE, name: BLOCK_ORDER.join(", ") };

/**
 * The blocks of all units in their order, each below the one before; null where there are none, or not these.
 * @param alone the unit whose block alone is given, as the others are zero; null: all are
 */
export function parseBlocks(
  json: unknown,
  file: string | null,
  cell: Cell,
  alone: number | null,
  problems: ProblemList,
): Matrix | null {
  const { blocks: given } = (json ?? {}) as Record<string, unknown>;
  if (given === undefined || cell.x !== null) return null;
  const before = problems.count;
  const wrong = (place: string, message: string) => problems.add({ code: "shape", file, place, message });
  const units = alone === null ? [...Array(cell.hiddenSize).keys()] : [alone];
  if (!Array.isArray(given) || given.length !== units.length) {
    const found = Array.isArray(given) ? `${given.length} of them` : describeValue(given);
    wrong("blocks", `${found}, expected ${units.length}, a block a unit`);
    return null;
  }
  const stack = zeros(BLOCK_SIDE * cell.hiddenSize, BLOCK_SIDE);
  for (const [k, block] of given.entries()) {
    const [d, place] = [units[k], `blocks[${k}]`];
    if (!isObject(block)) {
      wrong(place, `${describeValue(block)}, expected a JSON object`);
      continue;
    }
    const { unit = d, order = BLOCK_ORDER, hessian } = block;
    if (unit !== d) wrong(`${place}.unit`, `${describeValue(unit)}, expected ${d}: a block for each unit, in order`);
    if (JSON.stringify(order) !== JSON.stringify(BLOCK_ORDER)) {
      wrong(`${place}.order`, `expected ${BLOCK_ORDER.join(", ")}`);
    }
    if (!Array.isArray(hessian)) {
      wrong(`${place}.hessian`, `${describeValue(hessian)}, expected an array`);
      continue;
    }
    const matrix = readMatrix({ value: hessian, file, place: `${place}.hessian` }, SIDE, SIDE, problems);
    if (problems.count === before) stack.data.set(matrix.data, d * BLOCK_SIDE ** 2);
  }
  return problems.count === before ? stack : null;
}
