import { describe, expect, test } from "vitest";
import type { Choice } from "../../../../src/input/weights/conventions/choices.ts";
import { exportWeights } from "../../../../src/input/weights/conventions/export.ts";
import { listCells } from "../../../../src/input/weights/conventions/list.ts";
import { jsonWeights } from "../../../../src/input/weights/files/json-tensors.ts";
import { readJsonCell } from "../../../../src/input/weights/read-cell.ts";
import { forwardResult } from "../../../../src/lstm/results/one-step.ts";
import { problemOf } from "../../../helpers/byte-source.ts";
import { fixture } from "../../../helpers/fixtures.ts";
import { rowsOf } from "../../../helpers/matrices.ts";

/** H = 1, I = 2, under the names of Keras and TensorFlow.js. */
const named = {
  kernel: [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ],
  recurrent_kernel: [[0.5, 0.25, 0.125, 2]],
  bias: [1, 2, 3, 4],
};
const bare = Object.values(named);
const SIGMOID = { recurrentActivation: "sigmoid" } as const;
const read = (json: unknown, choice: Choice = {}) => readJsonCell(json, "w.json", choice);
const topology = (settings: object) => ({
  class_name: "Sequential",
  config: {
    layers: [
      { class_name: "LSTM", config: settings },
      { class_name: "Dense", config: { activation: "relu" } },
    ],
  },
});

describe("the gates' activation of Keras' arrays that do not tell it", () => {
  test.each<[unknown, Choice]>([
    [named, {}],
    [named, { from: "keras" }],
    [bare, { from: "keras" }],
    [{ config: { recurrent_activation: null }, ...named }, {}],
  ])("is sigmoid, and said to be assumed: %j %j", (json, choice) => {
    const cell = read(json, choice);
    expect(cell.assumedActivation).toBe("sigmoid");
    expect(forwardResult(cell).assumed_activation).toBe("sigmoid");
    expect(read(json, { ...choice, ...SIGMOID })).not.toHaveProperty("assumedActivation");
  });

  test.each([
    { config: { recurrent_activation: "sigmoid", activation: "tanh" }, ...named },
    {
      topology: topology({ recurrent_activation: "sigmoid", activation: "tanh" }),
      weights: {
        "lstm_LSTM1/kernel": named.kernel,
        "lstm_LSTM1/recurrent_kernel": named.recurrent_kernel,
        "lstm_LSTM1/bias": named.bias,
      },
    },
  ])("is not assumed where the file tells it: %#", (json) => {
    const cell = read(json);
    expect(cell).not.toHaveProperty("assumedActivation");
    expect(forwardResult(cell)).not.toHaveProperty("assumed_activation");
    expect(read(json, { from: "tfjs" }).gates).toEqual(cell.gates);
  });
});

describe("TensorFlow.js' arrays", () => {
  test.each<[unknown, Choice]>([
    [named, { from: "tfjs" }],
    [bare, { from: "tfjs" }],
    // its own names
    [{ "lstm_LSTM1/kernel": named.kernel, "lstm_LSTM1/recurrent_kernel": named.recurrent_kernel }, {}],
  ])("want the activation to be told: %#", (json, choice) => {
    expect(problemOf(() => read(json, choice))).toMatchObject({
      code: "ambiguous",
      message: expect.stringContaining(
        "expected the model's topology beside them or, where it is sigmoid, --recurrent-activation sigmoid",
      ),
    });
    const [record] = listCells(jsonWeights(json, null), choice);
    expect(record.refused).toMatch(/recurrentActivation/);
    expect(read(json, { ...choice, ...SIGMOID })).not.toHaveProperty("assumedActivation");
    expect(listCells(jsonWeights(json, null), { ...choice, ...SIGMOID })[0].refused).toBeNull();
  });

  test("that convert wrote read back with the flag, bit for bit", () => {
    const cell = read(fixture("homework6.json"));
    const written = Object.entries(exportWeights(cell, "tfjs")).map(([name, value]) => {
      return [name, value instanceof Float64Array ? [...value] : rowsOf(value as Parameters<typeof rowsOf>[0])];
    });
    const json = Object.fromEntries(written);
    expect(read(json, { from: "tfjs", ...SIGMOID }).gates).toEqual(cell.gates);
    expect(() => read(json, { from: "tfjs" })).toThrow(/--recurrent-activation sigmoid/);
  });
});

test("arrays without names stay open between Keras and TensorFlow.js, whatever the flag", () => {
  for (const choice of [{}, SIGMOID]) {
    expect(problemOf(() => read(bare, choice))).toMatchObject({
      code: "ambiguous",
      message: expect.stringMatching(/--from keras .*--from tfjs/),
    });
  }
});

test.each([
  { config: { recurrent_activation: "hard_sigmoid" }, ...named },
  { config: { recurrentActivation: "hardSigmoid" }, weights: bare },
  { topology: topology({ recurrent_activation: "hard_sigmoid" }), weights: named },
  { topology: topology({ recurrent_activation: "sigmoid", activation: "relu" }), weights: named },
])("what the file says is another cell is refused, flag or not: %#", (json) => {
  for (const from of ["keras", "tfjs"] as const) {
    for (const choice of [{ from }, { from, ...SIGMOID }]) {
      expect(problemOf(() => read(json, choice))).toMatchObject({ code: "unsupported" });
    }
  }
});

test.each([true, false])(
  "a topology tells the direction of its one recurrent layer: go_backwards %s",
  (go_backwards) => {
    const layer = { recurrent_activation: "sigmoid", activation: "tanh", go_backwards };
    expect(read({ topology: topology(layer), weights: { lstm: named } }).reverse).toBe(go_backwards);
  },
);

test("what stands in the config of one cell is about that cell alone", () => {
  const config = { recurrent_activation: "sigmoid", activation: "relu" };
  const json = { encoder: { config, ...named }, decoder: named };
  expect(read(json, { prefix: "decoder" }).hiddenSize).toBe(1);
  expect(problemOf(() => read(json, { prefix: "encoder" }))).toMatchObject({ code: "unsupported" });
});

describe("what stands beside one cell of a file", () => {
  const cell = { kernel: [[1, 2, 3, 4]], recurrent_kernel: [[5, 6, 7, 8]], bias: [1, 2, 3, 4] };
  const json = (activation: string) => ({ a: { config: { recurrent_activation: activation }, ...cell }, b: cell });

  test("is about that cell alone", () => {
    const error = (prefix: string, activation: string) =>
      problemOf(() => readJsonCell(json(activation), null, { prefix }))?.message;
    expect(error("a", "hard_sigmoid")).toMatch(/hard_sigmoid/);
    expect(error("b", "hard_sigmoid")).toBeUndefined();
    expect(readJsonCell(json("sigmoid"), null, { prefix: "a" }).assumedActivation).toBeUndefined();
    expect(readJsonCell(json("sigmoid"), null, { prefix: "b" }).assumedActivation).toBe("sigmoid");
  });

  test("apart from all weights it is about every cell", () => {
    const model = { config: { layers: [{ recurrent_activation: "hard_sigmoid" }] }, a: cell, b: cell };
    expect(problemOf(() => readJsonCell(model, null, { prefix: "b" }))?.message).toMatch(/hard_sigmoid/);
  });
});
