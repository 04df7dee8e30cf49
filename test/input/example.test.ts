import { describe, expect, test } from "vitest";
import { exampleCell } from "../../src/input/example.ts";
import { MATRIX_KEYS, VECTOR_KEYS } from "../../src/input/keys.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { jsonChunks } from "../../src/render/json.ts";

const written = (...args: Parameters<typeof exampleCell>) =>
  JSON.parse([...jsonChunks(exampleCell(...args))].join("")) as Record<string, unknown>;
const numbersOf = (cell: object) =>
  Object.values(cell)
    .flat(2)
    .filter((entry) => typeof entry === "number");

describe("exampleCell", () => {
  test.each([
    [1, 1],
    [2, 3],
    [7, 4],
  ])("parses as a cell of hidden size %s and input size %s, with every key of a step", (hidden, input) => {
    const json = written(hidden, input, 1);
    expect(parseCell(json)).toMatchObject({ hiddenSize: hidden, inputSize: input, x: null });
    const keys = [...MATRIX_KEYS, ...VECTOR_KEYS].filter((key) => !["x", "dh_t", "dc_t"].includes(key));
    expect(Object.keys(json).toSorted()).toEqual(["name", ...keys].toSorted());
  });

  test("is the same for the same seed, another for another", () => {
    expect(written(3, 2, 5)).toEqual(written(3, 2, 5));
    expect(written(3, 2, 6).U_f).not.toEqual(written(3, 2, 5).U_f);
    expect(written(3, 2, 0).U_f).not.toEqual(written(3, 2, 1).U_f);
  });

  test("does not change from one version of dlstm to the next", () => {
    const { U_f, c_prev } = written(2, 3, 1);
    expect(U_f).toEqual([
      [-0.2612049922073145, -0.1655348419503228],
      [-0.5624729897081402, 0.040349309120617606],
    ]);
    expect(c_prev).toEqual([0.6173017373602485, 0.3855069097204572]);
  });

  test.each([1, 4, 25])("has its entries within ±1/√%s, spread over all of it", (hidden) => {
    const bound = 1 / Math.sqrt(hidden);
    const entries = [1, 2, 3, 4, 5, 6].flatMap((seed) => numbersOf(written(hidden, 10, seed)));
    expect(entries.every((entry) => Math.abs(entry) <= bound)).toBe(true);
    expect(Math.max(...entries)).toBeGreaterThan(0.9 * bound);
    expect(Math.min(...entries)).toBeLessThan(-0.9 * bound);
    expect(Math.abs(entries.reduce((sum, entry) => sum + entry, 0) / entries.length)).toBeLessThan(0.1 * bound);
  });

  test("repeats no entry", () => {
    const entries = numbersOf(written(10, 10, 1));
    expect(new Set(entries).size).toBe(entries.length);
  });
});
