import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { backwardResult } from "../../src/lstm/results/backward.ts";
import { sequenceResult } from "../../src/lstm/results/sequence.ts";
import { goldens, plain, requireClose } from "../helpers/goldens.ts";

describe("a sequence", () => {
  test.each(goldens("sequence-pytorch", "sequence-exact"))(
    "agrees to 1e-12 of each row's largest entry: $title",
    ({ cell: native, expected }) => {
      const cell = parseCell(native);
      const { loss, gradient, ...run } = expected;
      const result = sequenceResult(cell, { from: 0, to: cell.x!.rows });
      expect(result.exponent2).toBe(0);
      requireClose(plain(result), run, "");
      const through = backwardResult(cell, { steps: false });
      requireClose(plain(through), { loss, gradient }, "");
      expect(Object.keys(through.gradient).sort()).toEqual(Object.keys(gradient).sort());
    },
  );
});

test.each([
  ["flow.3.step_norm", 1e-11],
  ["steps.7.gates.f.1", 1e-9],
  ["jacobian.c_T.h_0.0.0", 1e-3],
])("the comparison finds %s off by %d", (path, by) => {
  const [{ expected }] = goldens("sequence-pytorch");
  const planted = structuredClone(expected);
  const keys = path.split(".");
  const last = keys.pop()!;
  // biome-ignore lint/suspicious/noExplicitAny: a walk along any path
  const parent = keys.reduce((at: any, key) => at[key], planted);
  requireClose(planted, expected, "");
  parent[last] *= 1 + by;
  expect(() => requireClose(planted, expected, "")).toThrow(keys.join("."));
});
