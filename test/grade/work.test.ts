import { expect, test } from "vitest";
import { Grader } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
import { parseAnswerJson } from "../../src/input/answer-json.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forwardResult } from "../../src/lstm/results/one-step.ts";
import { jsonChunks } from "../../src/render/json.ts";
import { blocksRun } from "../helpers/counted-work.ts";

test("a further answer takes less than half the work of the first: the wrong formulas are worked out once a key", () => {
  const H = 8;
  const wide = (rows: number, cols: number, seed: number) =>
    Array.from({ length: rows }, (_, r) => Array.from({ length: cols }, (_, k) => Math.sin(seed + 3 * r + 7 * k)));
  const eight = Object.fromEntries(
    (["f", "i", "o", "u"] as const).flatMap((g, k) => [
      [`U_${g}`, wide(H, H, k)],
      [`W_${g}`, wide(H, 4, k + 9)],
    ]),
  );
  const key = cellKey(parseCell({ ...eight, x_t: [1, 2, 3, 4], h_prev: wide(1, H, 5)[0], c_prev: wide(1, H, 6)[0] }));
  const own = forwardResult(parseCell({ ...eight, x_t: [1, 2, 3, 4] }));
  const wrong = [
    ...jsonChunks({ ...own, jacobian: { f: { h_prev: wide(H, H, 1) }, h_t: { h_prev: wide(H, H, 2) } } }),
  ].join("");
  const grader = new Grader(key);
  const work = () => blocksRun(() => grader.grade(parseAnswerJson(wrong, null)));
  const [first, second, third] = [work(), work(), work()];
  expect(second).toBeLessThan(first / 2);
  expect(third).toBeLessThanOrEqual(second);
  // gates, states and two Jacobians
  expect(second).toBeLessThan(400 * (6 * H + 2 * H * H));
});
