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
    const { quantities } = checkStep(parseCell(golden.cell), claimsOf(golden.expected.gradient), options);
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
        inputs: [],
        judgeSteps: false,
        exponent2: 0,
      };
      const whole = claimsOf(golden.expected.gradient);
      const options = { columns: null, tolerance: 1e-12, progress: () => undefined };
      const { quantities } = checkSequence({ ...claimed, whole }, options);
      expect(quantities).toHaveLength(whole.size);
      expect(quantities.filter(({ passed }) => !passed)).toEqual([]);
    },
  );
});

describe("the intermediate gradients of each step", () => {
  const cell = parseCell(fixture("sequence.json"));
  const options = { columns: null, tolerance: null, progress: () => undefined };
  const verdicts = (plant: (claims: Map<string, Matrix | Float64Array>) => void) => {
    const own = sequenceDerivatives(cell);
    const whole = new Map(own.whole);
    plant(whole);
    return checkSequence({ ...own, whole, unrolled: unroll(cell), judgeSteps: false }, options).quantities;
  };

  test("keep the promise", () => {
    const found = verdicts(() => undefined).filter(({ wrt }) => /^(h_t|z_.)$/.test(wrt));
    expect(found.map(({ wrt, entries, passed }) => [wrt, entries, passed])).toEqual(
      ["h_t", "z_f", "z_i", "z_o", "z_u"].map((wrt) => [wrt, 10, true]),
    );
  });

  test.each(["dh_t", "dz_f", "dz_i", "dz_o", "dz_u"])(
    "an error of 1e-11 in %s of step 3, unit 1 is found there",
    (key) => {
      const found = verdicts((claims) => {
        const { rows, cols, data } = claims.get(`steps.${key}`) as Matrix;
        const wrong = data.slice();
        wrong[2 * cols + 1] *= 1 + 1e-11;
        claims.set(`steps.${key}`, { rows, cols, data: wrong });
      }).filter(({ passed }) => !passed);
      expect(found).toMatchObject([{ of: "loss", wrt: key.slice(1), worst: { t: 3, row: 1, column: null } }]);
    },
  );
});
