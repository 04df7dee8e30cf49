import { expect, test } from "vitest";
import { ofUnit } from "../../src/lstm/letters.ts";
import { textOf } from "../../src/render/symbols.ts";

test("a row of a gate's matrix and an entry of a vector have the unit above", () => {
  expect([ofUnit("U", "f"), ofUnit("h", null), ofUnit("U", "f", 2)].map(textOf)).toEqual([
    "U_f^(d)",
    "h^(d)",
    "U_f^(2)",
  ]);
});
