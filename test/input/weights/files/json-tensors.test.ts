import { describe, expect, test } from "vitest";
import { jsonWeights } from "../../../../src/input/weights/files/json-tensors.ts";
import { problemsOf } from "../../../helpers/problems.ts";

const named = (json: unknown) =>
  jsonWeights(json, "w.json").tensors.map(({ name, shape }) => `${name} ${shape.join("x")}`);
const refused = (json: unknown) => problemsOf(() => jsonWeights(json, "w.json").tensors.map((one) => one.values()));
const depth = (levels: number, leaf: unknown) => Array.from({ length: levels }).reduce((inner) => ({ a: inner }), leaf);

describe("jsonWeights", () => {
  test("names tensors by their keys joined by dots", () => {
    const json = { a: { "b.c": [1, 2], d: [[1], [2], [3]] }, "x/y": 5 };
    expect(named(json)).toEqual(["a.b.c 2", "a.d 3x1", "x/y "]);
  });

  test("numbers the arrays of a list that is the whole file, and those of a list of matrices of several shapes", () => {
    expect(named([[[1, 2]], [[3], [4]], [5]])).toEqual(["0 1x2", "1 2x1", "2 1"]);
    expect(named({ weights: [[[1, 2]], [[3], [4]], [5]] })).toEqual(["weights.0 1x2", "weights.1 2x1", "weights.2 1"]);
    expect(named({ layers: [{ a: 1 }, { a: [2] }] })).toEqual(["layers.0.a ", "layers.1.a 1"]);
  });

  test("keeps three axes of equal rows one tensor, its entries row by row", () => {
    const [tensor] = jsonWeights(
      {
        W: [
          [
            [1, -0],
            [3, 4],
            [5, 6],
          ],
        ],
      },
      null,
    ).tensors;
    expect(tensor).toMatchObject({ shape: [1, 3, 2], type: "JSON" });
    expect(tensor.values()).toEqual(Float64Array.of(1, -0, 3, 4, 5, 6));
  });

  test("takes text, truth values and null for settings, and lists of text too", () => {
    const json = { config: { recurrent_activation: "sigmoid", use_bias: true, seed: null }, activations: ["Tanh"] };
    expect(jsonWeights(json, null)).toEqual({
      file: null,
      tensors: [],
      settings: [
        { name: "config.recurrent_activation", value: "sigmoid" },
        { name: "config.use_bias", value: true },
        { name: "config.seed", value: null },
        { name: "activations", value: ["Tanh"] },
      ],
      notes: [],
    });
  });

  test.each([
    [
      "a row too short",
      { a: { b: [[1, 2], [3]] } },
      ["shape w.json: a.b[1]: 1 entry, expected 2, as many as in the first row"],
    ],
    ["a number for a row", { a: [[1, 2], 3] }, ["shape w.json: a[1]: 3, expected 2, as many as in the first row"]],
    [
      "text for a number",
      {
        a: [
          [1, 2],
          [3, "4"],
        ],
      },
      ['not-a-number w.json: a[1][1]: the text "4", expected a finite number'],
    ],
    ["null, as some write NaN", { a: [null, 1] }, ["not-a-number w.json: a[0]: null, expected a finite number"]],
    ["a row for a number", { a: [1, [2]] }, ["not-a-number w.json: a[1]: an array, expected a finite number"]],
    [
      "a number beyond the doubles",
      { a: [1, Infinity] },
      [expect.stringMatching(/^not-a-number w\.json: a\[1\]: a number beyond/)],
    ],
    ["two paths to one name", { "a.b": [1], a: { b: [2] } }, [expect.stringMatching(/^duplicate-key w\.json: a\.b: /)]],
    ["no object", "text", [expect.stringMatching(/^shape w\.json: the text "text", expected a JSON object/)]],
    ["nine axes", { a: [[[[[[[[[1]]]]]]]]] }, ["shape w.json: a: 9 axes, expected at most 8"]],
    ["keys without end", depth(1000, [1]), [expect.stringMatching(/^too-large w\.json: .*: keys more than 64 deep/)]],
  ])("names place, value and expectation of %s", (_, json, problems) => {
    expect(refused(json)).toEqual(problems);
  });

  test("counts all wrong entries of a tensor and keeps ten", () => {
    expect(refused({ a: Array.from({ length: 50 }, (_, k) => (k === 0 ? 0 : "x")) })).toHaveLength(10);
  });

  test("survives arrays and objects as deep as a parser takes them", () => {
    const deep = JSON.parse(`${"[".repeat(5000)}1${"]".repeat(5000)}`);
    expect(refused(deep)).toEqual([expect.stringMatching(/^shape w\.json: 0: 4999 axes, expected at most 8/)]);
  });

  test("takes keys of Object.prototype for names like any other", () => {
    const json = JSON.parse('{"__proto__":{"constructor":[1]},"toString":[2],"hasOwnProperty":3}');
    expect(named(json)).toEqual(["__proto__.constructor 1", "toString 1", "hasOwnProperty "]);
  });
});
