import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { parseDerivatives } from "../../src/input/parse-derivatives.ts";
import { ownDerivatives } from "../../src/lstm/results/derivatives.ts";
import { hessianResult } from "../../src/lstm/results/hessian.ts";
import { jsonChunks } from "../../src/render/json.ts";
import { checkResult } from "../../src/verify/result.ts";
import { fixture } from "../helpers/fixtures.ts";

const CELL = parseCell(fixture("homework6.json"));
const VECTOR = {
  h_prev: Float64Array.of(0.1, -3),
  c_prev: Float64Array.of(0, 1 / 3),
  x_t: Float64Array.of(2, -0.7, 1e-3),
};

/** What `hessian --vector` prints of the product, and nothing else. */
function printed() {
  const result = hessianResult(CELL, { byPreactivations: false, unit: null, vector: VECTOR });
  const { vector, product } = JSON.parse([...jsonChunks(result)].join(""));
  return { vector, product };
}

const judge = (answer: unknown) =>
  checkResult(CELL, ownDerivatives, parseDerivatives(answer, "answer.json", CELL), { tolerance: 1e-6 });

describe("an answer's product of the Hessian and a vector", () => {
  test("is judged by the vector beside it, and a planted error is found where it is", () => {
    const right = judge(printed());
    expect(right.quantities.map(({ of, wrt, entries }) => [of, wrt, entries])).toEqual([
      ["product", "h_prev", 2],
      ["product", "c_prev", 2],
      ["product", "x_t", 3],
    ]);
    expect(right.passed).toBe(true);
    for (const [wrt, row] of [
      ["h_prev", 1],
      ["c_prev", 0],
      ["x_t", 2],
    ] as const) {
      // biome-ignore format: a table
      const answer = printed();
      answer.product[wrt][row] += 1.5e-6 * Math.max(...answer.product[wrt].map(Math.abs));
      const { passed, quantities } = judge(answer);
      expect(passed).toBe(false);
      const failed = quantities.filter((quantity) => !quantity.passed);
      expect(failed.map((quantity) => [quantity.wrt, quantity.worst.row])).toEqual([[wrt, row]]);
    }
    const other = printed();
    other.vector.x_t[1] += 1e-3;
    expect(judge(other).passed).toBe(false);
  });

  test.each<[string, (answer: ReturnType<typeof printed>) => unknown]>([
    ["answer.json: vector: missing, but needed for product", ({ product }) => ({ product })],
    ["answer.json: vector: 3, expected a JSON object", ({ product }) => ({ product, vector: 3 })],
    ["vector.h_prev: 3 numbers, expected 2", ({ product }) => ({ product, vector: { h_prev: [1, 2, 3] } })],
    ["vector.h: unknown key, expected h_prev, c_prev or x_t", ({ product }) => ({ product, vector: { h: [1, 2] } })],
    ["vector.h_prev: 1, expected an array", ({ product }) => ({ product, vector: { h_prev: 1 } })],
    ["product.h_prev: 1 number, expected 2", ({ vector }) => ({ vector, product: { h_prev: [1] } })],
  ])("%s, where it is none of this cell", (message, change) => {
    expect(() => judge(change(printed()))).toThrow(message);
  });
});
