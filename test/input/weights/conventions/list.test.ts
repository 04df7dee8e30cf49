import { describe, expect, test } from "vitest";
import { listCells } from "../../../../src/input/weights/conventions/list.ts";
import { jsonWeights } from "../../../../src/input/weights/files/json-tensors.ts";
import { readJsonCell } from "../../../../src/input/weights/read-cell.ts";
import { model, storedAs } from "../../../helpers/conventions.ts";
import { blocksRun } from "../../../helpers/counted-work.ts";
import { problemsOf } from "../../../helpers/problems.ts";

const onnx = storedAs(model(2, 3), "onnx", "initialisers");
const keras = storedAs(model(2, 3), "keras", "named");
const peepholes = { ...onnx, P: [[1, 2, 3, 4, 5, 6]] };
const weightsOf = (json: unknown) => jsonWeights(json, null);

describe("listCells", () => {
  test.each([
    ["a cell of ours", { a: onnx }, null],
    ["peepholes", { a: peepholes }, /^a\.P: peephole weights/],
    ["peepholes below slashes", { "m/a": peepholes }, /^m\/a\.P: peephole weights/],
    ["a setting beside it", { a: { ...onnx, clip: 3 } }, /^a\.clip: 3, which clips/],
    ["a setting above it", { m: { config: { activation: "relu" }, a: keras } }, /^m\.config\.activation: .*"relu"/],
    ["a setting of recurrent layers elsewhere", { b: { recurrent_activation: "relu" }, a: keras }, /^b\.recurrent_act/],
    ["a setting of another cell", { a: keras, ab: { activation: "relu" } }, null],
    ["a setting that is no number", { a: { ...onnx, clip: [Number.NaN] } }, /^a\.clip\[0\]: /],
  ])("says of %s whether commands refuse it, as they do", (_, json, reason) => {
    const { refused } = listCells(weightsOf(json))[0]!;
    const told = problemsOf(() => readJsonCell(json));
    if (reason === null) expect([refused, told]).toEqual([null, []]);
    else {
      expect(refused).toMatch(reason);
      expect(told[0]).toContain(refused);
    }
  });

  test("says so of arrays beyond those of a layer, of quantised and of pickled weights", () => {
    const [bare] = listCells(weightsOf([...storedAs(model(2, 3), "keras", "get_weights()"), [1]]));
    expect(bare).toMatchObject({ needs_from: true, refused: expect.stringMatching(/^3: one array more/) });
    const { tensors, ...rest } = weightsOf(keras);
    for (const [type, reason] of [
      ["I8", /^kernel: I8 \(integers, perhaps quantised\)/],
      ["|O", /^kernel: Python objects, a pickle/],
    ] as const) {
      const [cell] = listCells({ ...rest, tensors: tensors.map((tensor) => ({ ...tensor, type })) });
      expect(cell!.refused).toMatch(reason);
    }
  });

  test("holds a refusal against the cell that it concerns alone", () => {
    const cells = listCells(weightsOf({ a: onnx, b: peepholes, "b.c": onnx, c: { clip: 3, d: onnx } }));
    expect(cells.map(({ prefix, refused }) => [prefix, refused?.split(":")[0]])).toEqual([
      ["a", undefined],
      ["b", "b.P"],
      ["b.c", undefined],
      ["c.d", "c.clip"],
    ]);
  });

  test.each([
    [
      "below prefixes of their own",
      (k: number) => ({ [`c${k}`]: { W: onnx.W, R: onnx.R, P: [[1, 2, 3, 4, 5, 6]], clip: 3 } }),
    ],
    [
      "below one prefix",
      (k: number) => ({
        [`weight_ih_l${k}`]: [[1], [1], [1], [1]],
        [`weight_hh_l${k}`]: [[1], [1], [1], [1]],
        [`weight_hr_l${k}`]: [[1]],
      }),
    ],
  ])("finds the refusals of many cells %s with work that grows as their number", (_, cell) => {
    const work = (count: number) => {
      const weights = weightsOf(Object.assign({}, ...Array.from({ length: count }, (_, k) => cell(k))));
      let refused = 0;
      const blocks = blocksRun(() => {
        refused = listCells(weights).filter((found) => found.refused !== null).length;
      });
      expect(refused).toBe(count);
      return blocks;
    };
    const half = work(1000);
    expect(half).toBeGreaterThan(1000);
    expect(work(2000) / half).toBeLessThan(2.1);
  });

  test("lists the cells that the flags leave", () => {
    const weights = weightsOf({ a: onnx, b: keras });
    expect(listCells(weights, { from: "tfjs" })).toMatchObject([
      { conventions: ["tfjs"], prefix: "b", needs_from: false },
    ]);
    expect(listCells(weights, { prefix: "a" })).toMatchObject([{ prefix: "a", flags: "--prefix a" }]);
    expect(listCells(weights, { from: "matlab" })).toEqual([]);
  });
});
