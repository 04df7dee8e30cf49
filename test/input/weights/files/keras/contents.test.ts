import { describe, expect, test } from "vitest";
import { Attributes } from "../../../../../src/input/weights/files/hdf5/attribute.ts";
import type { Dataset } from "../../../../../src/input/weights/files/hdf5/dataset.ts";
import type { Hdf5 } from "../../../../../src/input/weights/files/hdf5/file.ts";
import { kerasContents } from "../../../../../src/input/weights/files/keras/contents.ts";
import { readModelConfig } from "../../../../../src/input/weights/files/keras/model-config.ts";
import { problemOf } from "../../../../helpers/byte-source.ts";

type Texts = Readonly<Record<string, string | readonly string[]>>;

/** A file with arrays of these shapes, all different numbers, and these attributes of its groups. */
function fileOf(
  arrays: Readonly<Record<string, readonly number[]>>,
  attributes: Readonly<Record<string, Texts>> = {},
): Hdf5 {
  let count = 0;
  const tensors = Object.entries(arrays).map(([name, shape]): Dataset => {
    const values = Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => ++count);
    const tensor = { name, shape, type: "F64", values: () => values };
    return { ...tensor, bfloat: () => tensor };
  });
  const groups = new Set([
    "",
    ...tensors.flatMap(({ name }) => name.split("/").map((_, k, all) => all.slice(0, k).join("/"))),
  ]);
  const found = [...groups, ...Object.keys(attributes)].map((path) => {
    const own = Object.entries(attributes[path] ?? {}).map(([name, text]) => ({
      name,
      texts: () => (typeof text === "string" ? [text] : text),
    }));
    return [path, new Attributes(own)] as const;
  });
  return { groups: new Map(found), tensors };
}

const names = (file: Hdf5) => kerasContents(file).tensors.map(({ name }) => name);
const KERNELS = { "0": [2, 12], "1": [3, 12], "2": [12] } as const;
const below = (path: string, arrays: Readonly<Record<string, readonly number[]>> = KERNELS) =>
  Object.fromEntries(Object.entries(arrays).map(([name, shape]) => [`${path}/${name}`, shape]));

describe("the arrays of Keras 1", () => {
  const gates = ["i", "c", "f", "o"].flatMap((gate) => [
    [`lstm_3_W_${gate}`, [2, 3]],
    [`lstm_3_U_${gate}`, [3, 3]],
    [`lstm_3_b_${gate}`, [3]],
  ]);
  const file = fileOf(below("lstm_3", Object.fromEntries(gates)), { "": { layer_names: ["lstm_3"] } });

  test("are joined as Keras 2 joins them: blocks i, f, c, o", () => {
    const { tensors } = kerasContents(file);
    expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ["lstm_3/kernel", [2, 12]],
      ["lstm_3/recurrent_kernel", [3, 12]],
      ["lstm_3/bias", [12]],
    ]);
    const original = (name: string) => file.tensors.find((one) => one.name === `lstm_3/lstm_3_${name}`)!.values();
    const row = (part: string, k: number, n: number) =>
      ["i", "f", "c", "o"].flatMap((gate) => [...original(`${part}_${gate}`).subarray(k * n, (k + 1) * n)]);
    expect([...tensors[0].values()]).toEqual([...row("W", 0, 3), ...row("W", 1, 3)]);
    expect([...tensors[1].values()]).toEqual([...row("U", 0, 3), ...row("U", 1, 3), ...row("U", 2, 3)]);
    expect([...tensors[2].values()]).toEqual(row("b", 0, 3));
  });

  test("of a wrapper's halves stay apart, and one array of each is a layer too", () => {
    const arrays = { lstm_1_W: [2, 12], lstm_1_U: [3, 12], lstm_1_b: [12], dense_1_W: [3, 1], dense_1_b: [1] };
    expect(names(fileOf(below("lstm_1", arrays), { "": { layer_names: ["lstm_1"] } }))).toEqual([
      ...["lstm_1/kernel", "lstm_1/recurrent_kernel", "lstm_1/bias", "lstm_1/dense_1_W", "lstm_1/dense_1_b"],
    ]);
    const half = { backward_lstm_1_W: [2, 12], backward_lstm_1_U: [3, 12], backward_lstm_1_b: [12] };
    expect(names(fileOf(below("both", half), { "": { layer_names: ["both"] } }))[0]).toBe(
      "both/backward_lstm_1/kernel",
    );
  });

  test("that lack one stay as they are", () => {
    const rest = { ...file, tensors: file.tensors.slice(1) };
    expect(kerasContents(rest).tensors.map(({ name }) => name)).toEqual(rest.tensors.map(({ name }) => name));
  });
});

describe("the arrays of cells in one layer", () => {
  // the second that a session makes is numbered
  test.each(["stacked_rnn_cells", "stacked_rnn_cells_1"])(
    "come in the order of its weights, not of their numbers: %s",
    (stack) => {
      const path = (cell: string) => `model_weights/rnn/rnn/${stack}/${cell}`;
      const arrays = { "kernel:0": [2, 12], "recurrent_kernel:0": [3, 12], "bias:0": [12] };
      const order = ["lstm_cell_9", "lstm_cell_10"].map((cell) => `rnn/${stack}/${cell}/kernel:0`);
      const file = fileOf(
        { ...below(path("lstm_cell_10"), arrays), ...below(path("lstm_cell_9"), arrays) },
        { "model_weights/rnn": { weight_names: order } },
      );
      expect(names(file).filter((name) => name.endsWith("/kernel:0"))).toEqual([
        "rnn/cells/1/kernel:0",
        "rnn/cells/0/kernel:0",
      ]);
    },
  );
});

describe("names of layers", () => {
  test("are those of the configuration in its order where the groups have none", () => {
    const layer = (name: string, class_name = "LSTM") => ({
      class_name,
      config: { name, recurrent_activation: "sigmoid" },
    });
    const inner = { class_name: "Sequential", config: { name: "inner", layers: [layer("deep")] } };
    const layers = [layer("a"), layer("b"), layer("other", "GRU"), inner];
    const config = readModelConfig(
      JSON.stringify({ class_name: "Sequential", config: { name: "m", layers } }),
      "config.json",
    );
    const base = "_layer_checkpoint_dependencies";
    const file = fileOf({
      ...below(`${base}/lstm_2/cell/vars`),
      ...below(`${base}/lstm/cell/vars`),
      ...below(`${base}/sequential/${base}/lstm/cell/vars`),
      "optimizer/vars/0": [2, 12],
    });
    const { tensors, settings } = kerasContents(file, config);
    expect(tensors.map(({ name }) => name)).toEqual(
      ["b", "a", "inner/deep"].flatMap((name) => ["kernel", "recurrent_kernel", "bias"].map((own) => `${name}/${own}`)),
    );
    expect(settings.map(({ name }) => name)).toContain("inner/deep/recurrent_activation");
  });

  test("that stand twice leave the file's own", () => {
    const vars = {
      "layers/lstm/cell/vars": { name: "lstm_cell" },
      "layers/lstm/vars": { name: "same" },
      "layers/lstm_1/vars": { name: "same" },
    };
    const file = fileOf({ ...below("layers/lstm/cell/vars"), ...below("layers/lstm_1/cell/vars") }, vars);
    expect(names(file)).toEqual(file.tensors.map(({ name }) => name));
  });
});

describe("a configuration", () => {
  test.each([
    ["{", "syntax", "config.json, line 1, column 2"],
    [`${'{"class_name":"A","config":{"layers":['.repeat(300)}${"]}}".repeat(300)}`, "too-large", "config.json"],
  ])("that is malformed is told: %#", (text, code, place) => {
    expect(problemOf(() => readModelConfig(text, "config.json"))).toMatchObject({ code, place });
  });

  test("names an activation that is kept as an object: that of an Activation layer, of a function, of another layer", () => {
    const own = (value: unknown) => {
      const config = JSON.stringify({
        class_name: "LSTM",
        config: { name: "a", activation: "tanh", recurrent_activation: value },
      });
      return readModelConfig(config, "config.json").recurrent[0].recurrentActivation;
    };
    const layer = {
      module: "keras.layers",
      class_name: "Activation",
      config: { name: "activation", dtype: "float32", activation: "sigmoid" },
    };
    expect(own(layer)).toBe("sigmoid");
    expect(own({ ...layer, config: { ...layer.config, activation: "hard_sigmoid" } })).toBe("hard_sigmoid");
    expect(own({ ...layer, config: {} })).toBe("Activation");
    expect(own({ module: "builtins", class_name: "function", config: "mine" })).toBe("mine");
    expect(own({ module: "keras.layers", class_name: "ReLU", config: { max_value: 6 } })).toBe("ReLU");
  });

  test("of a layer that cannot be told from others is the strictest of them", () => {
    const layer = (name: string, activation: string) => ({
      class_name: "LSTM",
      config: { name, recurrent_activation: "sigmoid", activation },
    });
    const config = readModelConfig(JSON.stringify([layer("a", "tanh"), layer("b", "relu")]), "config.json");
    const { settings } = kerasContents(fileOf(below("enc/cell/vars"), { vars: {} }), config);
    expect(settings).toContainEqual({ name: "enc/activation", value: "relu" });
  });
});
