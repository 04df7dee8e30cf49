import { expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { cellAtStep } from "../../src/lstm/step.ts";
import { randomSequence } from "../helpers/sequences.ts";

test.each([0, -1, 1.5, 4, Number.NaN])("a sequence of three steps has no step %s", (t) => {
  expect(() => cellAtStep(parseCell(randomSequence(2, 1, 3)), t)).toThrow("expected 1 … 3, the steps of x");
});
