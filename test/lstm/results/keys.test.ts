import { describe, expect, test } from "vitest";
import { readAnswer } from "../../../src/grade/held-quantities.ts";
import { parseCell } from "../../../src/input/parse-cell.ts";
import { parseDerivatives } from "../../../src/input/parse-derivatives.ts";
import { FAMILIES } from "../../../src/lstm/quantities.ts";
import { BESIDE_QUANTITIES } from "../../../src/lstm/results/keys.ts";
import { EVERY_RESULT, printed } from "../../helpers/every-result.ts";
import { fixture } from "../../helpers/fixtures.ts";

/** Of neither a cell's step nor of its sequence. */
const OTHERS = ["check", "sigmoid"];
const OF_CELLS = EVERY_RESULT.filter(([command]) => !OTHERS.includes(command!));

/** What a sequence says of its span and scale, and second derivatives with what is made of them. */
const READ_BY_CHECK = new Set("from_step to_step exponent2 unit hessian blocks product vector eigenvalues".split(" "));

describe("the keys of the results", () => {
  test("are all sorted, none of them twice", async () => {
    const sorted = [...FAMILIES, ...BESIDE_QUANTITIES];
    expect(new Set(sorted).size).toBe(sorted.length);
    const found = new Set<string>();
    for (const args of OF_CELLS) {
      for (const key of Object.keys(JSON.parse(await printed([...args, "--json"])))) found.add(key);
    }
    expect(found.size).toBeGreaterThan(20);
    expect([...found].filter((key) => !sorted.includes(key))).toEqual([]);
  });

  test("beside the quantities are passed over by both readers of answers, whatever they hold", () => {
    const beside = Object.fromEntries([...BESIDE_QUANTITIES].map((key) => [key, ["anything"]]));
    const rest = Object.fromEntries(Object.entries(beside).filter(([key]) => !READ_BY_CHECK.has(key)));
    const gradient = { b_f: [1, 2, 3] };
    expect(readAnswer({ ...beside, gradient })).toMatchObject({ unknownCount: 0 });
    const cell = parseCell(fixture("bias-and-input.json"));
    expect([...parseDerivatives({ ...rest, gradient }, null, cell).derivatives.keys()]).toEqual(["gradient.b_f"]);
    expect(() => parseDerivatives({ ...rest, other: 1, gradient }, null, cell)).toThrow(/other: unknown key/);
    expect(readAnswer({ ...beside, other: 1 })).toMatchObject({ unknown: ["other"] });
  });
});
