import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseCell } from "../../src/input/parse-cell.ts";
import { backward } from "../../src/lstm/backward.ts";
import { forward } from "../../src/lstm/forward.ts";
import { gradientsByKey } from "../../src/lstm/gradients-by-key.ts";
import { OUTPUTS, PARAMETERS } from "../../src/lstm/names.ts";
import { parameterJacobian } from "../../src/lstm/parameter-jacobian.ts";
import { problemsOf } from "../helpers/problems.ts";

const golden = z
  .object({
    source: z.string().regex(/^mpmath/),
    cells: z.array(
      z.object({
        kind: z.string(),
        cell: z.record(z.string(), z.unknown()),
        expected: z.record(
          z.enum(OUTPUTS),
          z.record(z.string(), z.union([z.array(z.number()), z.array(z.array(z.number()))])),
        ),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync("fixtures/golden/parameters-exact.json", "utf8")));

// + 0 turns −0 into 0: the sign of a zero is not promised
const positive = (entries: readonly number[] | Float64Array) => Array.from(entries, (entry) => entry + 0);

const entriesOf = (found: ReturnType<typeof parameterJacobian>) =>
  positive(found instanceof Float64Array ? found : found.data);

describe("∂of/∂parameter", () => {
  test.each(golden.cells.map((one, k) => [k, one.kind, one] as const))(
    "cell %i, %s: every entry is the double nearest to the difference quotient in 3,000 bits",
    (_, __, { cell, expected }) => {
      const trace = forward(parseCell(cell));
      for (const of of OUTPUTS) {
        for (const parameter of PARAMETERS) {
          const found = entriesOf(parameterJacobian(trace, of, parameter));
          expect(found, `∂${of}/∂${parameter}`).toEqual(positive(expected[of][parameter].flat()));
        }
      }
    },
  );

  test("with dh_t = 1 for one unit alone, the gradient is row d of ∂h_t/∂W", () => {
    const { cell } = golden.cells[1];
    const own = parseCell({ ...cell, dh_t: [0, 1] });
    const { gradient } = gradientsByKey(own, backward(own, own.upstream));
    for (const parameter of PARAMETERS) {
      const found = entriesOf(parameterJacobian(forward(own), "h_t", parameter));
      const whole = gradient[parameter]!;
      const loss = entriesOf(whole);
      expect(loss.slice(loss.length / 2)).toEqual(found.slice(found.length / 2));
      expect(loss.slice(0, loss.length / 2).every((entry) => entry === 0)).toBe(true);
    }
  });

  test("a weight that the cell lacks, or has no input for, is missing; a bias of zero is there", () => {
    const trace = forward(parseCell({ U_f: [[1]], W_f: [[2]], h_prev: [1] }));
    const missing = (of: "f" | "c_t", parameter: (typeof PARAMETERS)[number]) =>
      problemsOf(() => parameterJacobian(trace, of, parameter)).map((text) => text.split(" ")[1]);
    expect(missing("f", "W_f")).toEqual(["x_t:"]);
    expect(missing("f", "U_i")).toEqual(["U_i:"]);
    expect(missing("c_t", "b_f")).toEqual(["U_i:", "U_u:"]);
    expect(entriesOf(parameterJacobian(trace, "f", "b_f"))).toEqual([0.19661193324148185]);
  });
});
