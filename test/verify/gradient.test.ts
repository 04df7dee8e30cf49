import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Matrix } from "../../src/linalg/matrix.ts";
import { sequenceDerivatives } from "../../src/lstm/results/derivatives.ts";
import { unroll } from "../../src/lstm/unroll.ts";
import { checkSequence, checkStep } from "../../src/verify/check.ts";
import { fixture } from "../helpers/fixtures.ts";
import type { NativeCell } from "../promise/reference.ts";

interface Golden {
  readonly cell: NativeCell & { readonly x?: number[][] };
  readonly expected: { readonly gradient: Record<string, string[] | string[][]> };
}

/** A golden rounded to doubles. */
function claimsOf(gradient: Golden["expected"]["gradient"]): Map<string, Matrix | Float64Array> {
  return new Map(
    Object.entries(gradient).map(([key, values]) => {
      const data = Float64Array.from(values.flat(), Number);
      const cols = Array.isArray(values[0]) ? values[0].length : null;
      return [`gradient.${key}`, cols === null ? data : { rows: values.length, cols, data }];
    }),
  );
}

const goldens = (name: string) => fixture<{ cells: Golden[] }>(`golden/${name}.json`).cells;

describe("the reference of a gradient", () => {
  // a double nearest to the exact value is at most half an ulp from it, and the reference must see no more
  test.each(goldens("backward-exact"))("is within half an ulp of mpmath's, rounded: $cell.name", (golden) => {
    const options = { columns: null, tolerance: null, progress: () => undefined };
    const quantities = checkStep(parseCell(golden.cell), claimsOf(golden.expected.gradient), options);
    expect(quantities).toHaveLength(Object.keys(golden.expected.gradient).length);
    for (const { wrt, max_ulp } of quantities) expect(max_ulp, wrt).toBeLessThanOrEqual(0.5 + 1e-12);
  });

  // there the states are not rounded between the steps, so that the last digits differ
  test.each(goldens("sequence-exact"))(
    "through time agrees with mpmath's to 1e-12 of each row: $cell.name",
    (golden) => {
      const cell = parseCell(golden.cell);
      const claimed = {
        unrolled: unroll(cell),
        steps: sequenceDerivatives(cell).steps,
        judgeSteps: false,
        exponent2: 0,
      };
      const whole = claimsOf(golden.expected.gradient);
      const options = { columns: null, tolerance: 1e-12, progress: () => undefined };
      const quantities = checkSequence({ ...claimed, whole }, options);
      expect(quantities).toHaveLength(whole.size);
      expect(quantities.filter(({ passed }) => !passed)).toEqual([]);
    },
  );
});
