import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { backwardResult } from "../../src/lstm/results/backward.ts";
import { goldens, plain, requireClose } from "../helpers/goldens.ts";

describe("backward", () => {
  test.each(goldens("backward-pytorch", "backward-exact"))(
    "agrees to 1e-12 of each row's largest entry: $title",
    (golden) => {
      const result = backwardResult(parseCell(golden.cell), { steps: false });
      requireClose(plain(result), golden.expected, "");
      expect(Object.keys(result.gradient).sort()).toEqual(Object.keys(golden.expected.gradient).sort());
    },
  );
});

test("the comparison finds an entry off by 1e-11 of its row's largest", () => {
  const [{ expected }] = goldens("backward-exact");
  const numbers = JSON.parse(JSON.stringify(expected).replace(/"(-?\d[^"]*)"/g, "$1"));
  requireClose(numbers, expected, "");
  numbers.gradient.U_f[0][0] += 1e-11 * Math.max(...numbers.gradient.U_f[0].map(Math.abs));
  expect(() => requireClose(numbers, expected, "")).toThrow(/gradient\.U_f\.0\[0\]/);
});
