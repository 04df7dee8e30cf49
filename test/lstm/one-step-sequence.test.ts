import { describe, expect, test } from "vitest";
import { DlstmError } from "../../src/errors.ts";
import { asRow, diagonal } from "../../src/linalg/matrix.ts";
import { backward } from "../../src/lstm/backward.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { sequenceLines, sequenceResult } from "../../src/lstm/results/sequence.ts";
import { stateJacobian } from "../../src/lstm/state-jacobian.ts";
import { FAMILY_NAMES, seededCell } from "../promise/rounded-cells.ts";
import { cellOf } from "../promise/rounded-values.ts";

/** The cell with its x_t as a sequence of one row. */
const asSequence = (cell: Cell): Cell => ({
  ...cell,
  x: asRow(cell.state.x_t!),
  state: { ...cell.state, x_t: null },
});

/** null where an entry leaves the doubles, which a sequence scales. */
function orNull<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof DlstmError) return null;
    throw error;
  }
}

describe("a sequence of one step is that step, bit for bit", () => {
  const cells = FAMILY_NAMES.flatMap((family, j) =>
    [1, 2].map((k) => [family, cellOf(seededCell(k * FAMILY_NAMES.length + j))] as const),
  );

  test.each(cells)("its Jacobian: %s", (_, cell) => {
    const trace = forward(cell);
    if (orNull(() => stateJacobian(trace)) === null) return;
    const span = { from: 0, to: 1 };
    for (const found of [sequenceResult(asSequence(cell), span), [...sequenceLines(asSequence(cell), span)].at(-1)!]) {
      if (!("jacobian" in found)) throw new Error("no summary");
      expect(found.exponent2).toBe(0);
      for (const [of, key] of [
        ["h_t", "h_T"],
        ["c_t", "c_T"],
      ] as const) {
        expect(found.jacobian[key].h_0).toEqual(jacobian(trace, of, "h_prev"));
        const byMemory = jacobian(trace, of, "c_prev");
        expect(found.jacobian[key].c_0).toEqual(
          diagonal(byMemory.data.filter((_, k) => k % (byMemory.cols + 1) === 0)),
        );
      }
    }
  });

  test.each(cells)("its gradients: %s", (_, cell) => {
    const own = orNull(() => backward(cell));
    if (own === null) return;
    const { steps, ...whole } = own;
    const { steps: ofSequence, ...along } = backward(asSequence(cell));
    expect(along).toEqual(whole);
    expect(ofSequence).toEqual(steps);
  });

  test("is about most of the cells", () => {
    const told = cells.filter(([, cell]) => orNull(() => [stateJacobian(forward(cell)), backward(cell)]) !== null);
    expect(told.length).toBeGreaterThan(cells.length / 2);
  });
});
