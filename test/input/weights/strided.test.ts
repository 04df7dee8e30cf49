import { describe, expect, test } from "vitest";
import { copyStrided, inOrder, rowByRow, type View } from "../../../src/input/weights/strided.ts";
import { randomIn } from "../../helpers/random.ts";

/** Every index below a shape, the last axis fastest. */
function* indicesOf([length, ...rest]: readonly number[]): Generator<number[]> {
  if (length === undefined) yield [];
  else for (let k = 0; k < length; k++) for (const inner of indicesOf(rest)) yield [k, ...inner];
}

function placeOf({ offset, strides }: Omit<View, "shape">, index: readonly number[]): number {
  return index.reduce((sum, k, axis) => sum + k * strides[axis], offset);
}

/** An array's axes in another order, of which every second entry is left out along each. */
function viewOf(whole: readonly number[], order: readonly number[], offset: number): View {
  const strides = rowByRow(whole);
  return {
    offset,
    shape: order.map((axis) => Math.ceil(whole[axis] / 2)),
    strides: order.map((axis) => 2 * strides[axis]),
  };
}

const ORDERS: readonly (readonly number[])[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

describe("entries at regular distances", () => {
  test("the strides of an array row by row are the products of the lengths behind each", () => {
    expect(rowByRow([2, 3, 4])).toEqual([12, 4, 1]);
    expect(rowByRow([])).toEqual([]);
  });

  test.each([
    // across the edges of tiles, of whole rows, of neither
    ...[
      [70, 3, 66],
      [5, 1, 140],
      [64, 64, 2],
      [1, 1, 1],
      [3, 0, 5],
    ].flatMap((whole) => ORDERS.map((order) => [whole, order])),
  ])("of [%s] in the order %s are copied each to its own place", (whole, order) => {
    const next = randomIn(whole.length + whole[0]);
    const size = whole.reduce((product, length) => product * length, 1);
    const source = Float64Array.from({ length: size + 7 }, next);
    const view = viewOf(whole, order, 7);
    const indices = [...indicesOf(view.shape)];
    expect([...inOrder(source, view)]).toEqual(indices.map((index) => source[placeOf(view, index)]));

    const places = { offset: 3, strides: rowByRow(view.shape.toReversed()).toReversed() };
    const out = new Float64Array(indices.length + 5).fill(-1);
    const expected = out.slice();
    for (const index of indices) expected[placeOf(places, index)] = source[placeOf(view, index)];
    copyStrided(source, view, out, places);
    expect(out).toEqual(expected);
  });

  test("whole rows, and an entry that is repeated, are copied", () => {
    const source = Float64Array.from({ length: 200 }, (_, k) => k);
    const rows = inOrder(source, { offset: 10, shape: [2, 40], strides: [100, 1] });
    expect([...rows]).toEqual([...source.subarray(10, 50), ...source.subarray(110, 150)]);
    expect([...inOrder(source, { offset: 9, shape: [2, 3], strides: [0, 0] })]).toEqual([9, 9, 9, 9, 9, 9]);
    expect([...inOrder(source, { offset: 5, shape: [], strides: [] })]).toEqual([5]);
  });
});
