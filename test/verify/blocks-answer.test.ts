import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { parseDerivatives } from "../../src/input/parse-derivatives.ts";
import { ownDerivatives } from "../../src/lstm/results/derivatives.ts";
import { hessianResult } from "../../src/lstm/results/hessian.ts";
import { jsonChunks } from "../../src/render/json.ts";
import { checkResult } from "../../src/verify/result.ts";
import { fixture } from "../helpers/fixtures.ts";

const CELL = parseCell(fixture("homework6.json"));
interface Block {
  unit: unknown;
  order: unknown;
  hessian: unknown;
}

/** What `hessian --wrt z` prints for the units, and nothing else. */
function printed(): { blocks: (Block & { hessian: number[][] })[] } {
  const result = hessianResult(CELL, { byPreactivations: true, unit: null, vector: null });
  const { blocks } = JSON.parse([...jsonChunks(result)].join(""));
  return { blocks };
}

const judge = (answer: unknown) =>
  checkResult(CELL, ownDerivatives, parseDerivatives(answer, "answer.json", CELL), { tolerance: 1e-6 });

describe("an answer's blocks", () => {
  test("are judged, all of them, and a planted error is found where it is", () => {
    const right = judge(printed());
    expect(right.quantities.map(({ of, wrt, entries }) => [of, wrt, entries])).toEqual([["blocks", "z", 50]]);
    expect(right.passed).toBe(true);
    for (const [d, row, column] of [
      [0, 0, 0],
      [1, 2, 3],
      [1, 4, 1],
    ]) {
      const answer = printed();
      answer.blocks[d].hessian[row][column] += 1.5e-6 * Math.max(...answer.blocks[d].hessian[row].map(Math.abs));
      const { passed, quantities } = judge(answer);
      expect(passed).toBe(false);
      expect(quantities[0].worst).toMatchObject({ row: 5 * d + row, column });
    }
  });

  test("of one unit alone is judged by what that unit counts in L, with all else of the answer", () => {
    const result = hessianResult(CELL, { byPreactivations: true, unit: 1, vector: null });
    const answer = JSON.parse([...jsonChunks(result)].join(""));
    expect(answer.unit).toBe(1);
    const { passed, quantities } = judge(answer);
    expect([passed, quantities.map(({ of }) => of)]).toEqual([
      true,
      [...["h_prev", "c_prev", "x_t"].flatMap((of) => Array(3).fill(`hessian.${of}`)), "eigenvalues", "blocks"],
    ]);
    const { unit: _, blocks: __, ...whole } = answer;
    expect(judge(whole).passed).toBe(false);
    expect(() => judge({ ...answer, unit: 2 })).toThrow("unit: 2, expected 0 … 1, the units of this cell");
    answer.blocks[0].hessian[1][3] *= 1 + 1e-5;
    expect(judge(answer)).toMatchObject({ passed: false });
  });

  test.each<[string, (blocks: Block[]) => unknown]>([
    ["blocks: 3, expected 2", () => 3],
    ["blocks: 1 of them, expected 2", (blocks) => blocks.slice(1)],
    ["blocks[0]: 7, expected a JSON object", (blocks) => [7, blocks[1]]],
    ["blocks[0].unit: 1, expected 0", (blocks) => blocks.toReversed()],
    ["blocks[1].order: expected z_f, z_i", (blocks) => [blocks[0], { ...blocks[1], order: ["z_i"] }]],
    ["blocks[1].hessian: missing, expected an array", (blocks) => [blocks[0], { unit: 1 }]],
    ["blocks[1].hessian: 1 row, expected 5", (blocks) => [blocks[0], { ...blocks[1], hessian: [[1, 2, 3, 4, 5]] }]],
  ])("%s, where they are no blocks of this cell", (message, change) => {
    expect(() => judge({ blocks: change(printed().blocks) })).toThrow(message);
  });
});
