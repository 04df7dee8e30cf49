import { expect, test } from "vitest";
import { traceGradient } from "../../src/grade/trace-gradient.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import { backwardResult } from "../../src/lstm/results/backward.ts";
import { randomCell } from "./lesson.ts";

test("from a right trace, the gradients are those of backward", () => {
  for (let seed = 0; seed < 20; seed++) {
    const native = randomCell(seed);
    const cells = [native, { ...native, dh_t: native.b_f, dc_t: native.b_u }, { ...native, x_t: undefined }];
    for (const cell of cells.map((given) => parseCell(JSON.parse(JSON.stringify(given))))) {
      const { loss, gradient } = backwardResult(cell, { steps: false });
      expect(traceGradient(forward(cell))).toEqual({ loss, gradient });
    }
  }
});
