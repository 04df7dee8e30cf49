import { expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { cellAtStep } from "../../src/lstm/cell-at-step.ts";
import { randomSequence } from "../helpers/sequences.ts";

test.each([0, -1, 1.5, 4, Number.NaN])("a sequence of three steps has no step %s", (t) => {
  expect(() => cellAtStep(parseCell(randomSequence(2, 1, 3)), t)).toThrow("expected 1 … 3, the steps of x");
});

test("step t keeps its own row of upstream gradients that have a row a step, and a single row whatever t is", () => {
  const native = {
    ...randomSequence(2, 1, 3),
    dh_t: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    dc_t: [7, 8],
  };
  for (const t of [1, 2, 3]) {
    const { dh_t, dc_t } = cellAtStep(parseCell(native), t).upstream;
    expect([[...dh_t!.data], [...dc_t!.data]]).toEqual([native.dh_t[t - 1], [7, 8]]);
  }
});
