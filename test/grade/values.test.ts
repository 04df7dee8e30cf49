import { expect, test } from "vitest";
import { GradedValues } from "../../src/grade/values.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import { findQuantity } from "../../src/lstm/quantities.ts";
import { randomCell } from "./lesson.ts";

const PATHS = ["preactivations.f", "gates.f", "jacobian.f.h_prev", "optimum.2.max.f.h_prev"];
const LATER = ["c_t", "h_t", "jacobian.h_t.h_prev", "terms.f", "gradient.U_f", "loss"];

test("a partial cell tells what its keys tell, and nothing of the rest", () => {
  const native = randomCell(3);
  const { U_o, W_o, b_o, U_u, W_u, b_u, ...partial } = native;
  const told = (given: object) => {
    const cell = parseCell(given);
    const values = new GradedValues(cell, forward(cell));
    return [...PATHS, ...LATER].filter((path) => values.of(findQuantity(path)!) !== null);
  };
  expect(told(native)).toEqual([...PATHS, ...LATER]);
  expect(told(partial)).toEqual(PATHS);
});

test("a sequence tells its gradients", () => {
  const { x_t, ...native } = randomCell(3);
  const values = new GradedValues(parseCell({ ...native, x: [x_t, x_t] }), null);
  expect([...PATHS, ...LATER].filter((path) => values.of(findQuantity(path)!) !== null)).toEqual([
    "gradient.U_f",
    "loss",
  ]);
});
