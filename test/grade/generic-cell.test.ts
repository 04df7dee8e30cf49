import { expect, test } from "vitest";
import { genericCell, genericCellWithZeros } from "../../src/grade/generic-cell.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { GATES } from "../../src/lstm/names.ts";
import { randomCell } from "./lesson.ts";

const native = { ...randomCell(5), c_prev: [0, 1, 0, 2], dh_t: [0, 1, 1, 0] };
const cell = parseCell({ ...native, b_f: [0, 0, 0, 0] });
const areZero = (vector: Float64Array | null | undefined) => Array.from(vector ?? [], (entry) => entry === 0);

test("a generic cell has no zeros; the other has those of the inputs, which the equations see, none of the weights", () => {
  const [generic, withZeros] = [genericCell(cell), genericCellWithZeros(cell)];
  expect(areZero(generic.state.c_prev)).toEqual([false, false, false, false]);
  expect(areZero(withZeros.state.c_prev)).toEqual([true, false, true, false]);
  expect(areZero(withZeros.upstream.dh_t?.data)).toEqual([true, false, false, true]);
  for (const g of GATES) {
    for (const { gates } of [generic, withZeros]) expect(areZero(gates[g]?.b)).toEqual([false, false, false, false]);
  }
});
