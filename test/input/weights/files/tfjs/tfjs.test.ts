import { describe, expect, test } from "vitest";
import { directionsIn } from "../../../../../src/input/weights/conventions/direction.ts";
import { listCells } from "../../../../../src/input/weights/conventions/list.ts";
import { findReadings } from "../../../../../src/input/weights/conventions/readings.ts";
import { readWeights } from "../../../../../src/input/weights/read-file.ts";
import type { Weights } from "../../../../../src/input/weights/weights.ts";
import { byteSource, laterProblemOf } from "../../../../helpers/byte-source.ts";

const f32 = (...values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer);
type Files = Readonly<Record<string, Uint8Array>>;
const read = (weightsManifest: unknown, files: Files, modelTopology?: unknown): Promise<Weights> => {
  const json = new TextEncoder().encode(JSON.stringify({ format: "layers-model", weightsManifest, modelTopology }));
  return readWeights(byteSource(json, "model.json", files));
};
const entry = (name: string, shape: readonly number[], rest: object = {}) => ({
  name,
  shape,
  dtype: "float32",
  ...rest,
});

describe("the weights", () => {
  test("stand back to back in the files of their group, across files if need be", async () => {
    const whole = f32(1, 2, 3, 4, 5);
    const shards = { "a.bin": whole.subarray(0, 6), "w/b.bin": whole.subarray(6, 7), "c.bin": whole.subarray(7) };
    const first = { paths: Object.keys(shards), weights: [entry("x", [2]), entry("y", [1, 3])] };
    const second = { paths: ["d.bin"], weights: [entry("z", [])] };
    const { tensors } = await read([first, second], { ...shards, "d.bin": f32(6) });
    expect(tensors.map(({ name, shape, values }) => [name, shape, [...values()]])).toEqual([
      ["x", [2], [1, 2]],
      ["y", [1, 3], [3, 4, 5]],
      ["z", [], [6]],
    ]);
  });

  test("stand behind others of every type, the optimiser's among them", async () => {
    const texts = Uint8Array.of(1, 0, 0, 0, 0x61, 0, 0, 0, 0);
    const others = [
      entry("int", [2], { dtype: "int32" }),
      entry("flag", [1], { dtype: "bool" }),
      entry("text", [2], { dtype: "string" }),
      entry("complex", [1], { dtype: "complex64" }),
      entry("half", [1], { quantization: { dtype: "float16", original_dtype: "float32" } }),
      entry("byte", [1], { quantization: { dtype: "uint8", min: 0, scale: 1 } }),
      entry("moment", [1], { group: "optimizer" }),
      entry("last", [1]),
    ];
    const parts = [new Uint8Array(9), texts, new Uint8Array(8), Uint8Array.of(0, 0x3e), new Uint8Array(1), f32(9, 7)];
    const data = new Uint8Array(Buffer.concat(parts));
    const { tensors } = await read([{ paths: ["a"], weights: others }], { a: data });
    expect(tensors.map(({ name, type }) => [name, type])).toEqual([
      ["int", "I32"],
      ["flag", "BOOL"],
      ["text", "string"],
      ["complex", "C64"],
      ["half", "F16"],
      ["byte", "U8"],
      ["last", "F32"],
    ]);
    const numbersOf = (name: string) => tensors.find((tensor) => tensor.name === name)?.values();
    expect([numbersOf("half"), numbersOf("last")]).toEqual([Float64Array.of(1.5), Float64Array.of(7)]);
    expect(() => numbersOf("byte")).toThrow("model.json: byte: U8 (integers, perhaps quantised)");
  });

  test.each<[string, unknown, Files, string, RegExp]>([
    ["no groups", {}, {}, "syntax", /^an object, expected an array of groups/],
    ["a group that is none", [1], {}, "syntax", /^1, expected an object/],
    ["paths that are none", [{ paths: [1], weights: [] }], {}, "syntax", /names of files/],
    ["no weights", [{ paths: [] }], {}, "syntax", /^missing, expected an array of tensors/],
    ["no name", [{ paths: [], weights: [{}] }], {}, "syntax", /^missing, expected text/],
    ["a file twice", [{ paths: ["a", "a"], weights: [] }], { a: f32() }, "duplicate-key", /named twice/],
    ["5000 files", [{ paths: new Array(5000).fill("a"), weights: [] }], {}, "too-large", /4096 files/],
    [
      "a tensor twice",
      [{ paths: ["a"], weights: [entry("x", [1]), entry("x", [1])] }],
      { a: f32(1, 2) },
      "duplicate-key",
      /twice/,
    ],
    ["a negative length", [{ paths: ["a"], weights: [entry("x", [-1])] }], { a: f32() }, "shape", /^the shape \[-1\]/],
    ["2^60 entries", [{ paths: ["a"], weights: [entry("x", [2 ** 30, 2 ** 30])] }], { a: f32() }, "shape", /a product/],
    [
      "a type without a size",
      [{ paths: ["a"], weights: [entry("x", [1], { dtype: "odd" })] }],
      { a: f32(1) },
      "unsupported",
      /dtype odd/,
    ],
    [
      "too few bytes",
      [{ paths: ["a"], weights: [entry("x", [2])] }],
      { a: f32(1) },
      "syntax",
      /^4 bytes, expected 8, .* truncated\?$/,
    ],
    [
      "too many",
      [{ paths: ["a", "b"], weights: [entry("x", [1])] }],
      { a: f32(1), b: f32(2) },
      "syntax",
      /^8 bytes in 2 files, .* what follows\?$/,
    ],
    [
      "texts without end",
      [{ paths: ["a"], weights: [entry("x", [2 ** 40], { dtype: "string" })] }],
      { a: f32(0) },
      "syntax",
      /^its texts end/,
    ],
    ["a file that is not there", [{ paths: ["a"], weights: [entry("x", [1])] }], {}, "not-found", /no such file/],
    ["an address", [{ paths: ["https://x.org/a"], weights: [] }], {}, "unsupported", /^a colon/],
    ["a file above", [{ paths: ["../a"], weights: [] }], {}, "unsupported", /\.\./],
  ])("%s: refused", async (_, manifest, files, code, message) => {
    expect(await laterProblemOf(read(manifest, files))).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe("the topology", () => {
  const cell = (name: string) => [entry(`${name}/kernel`, [1, 4]), entry(`${name}/recurrent_kernel`, [1, 4])];
  const layer = (name: string, config: object = {}, type = "LSTM") => ({
    class_name: type,
    config: { name, activation: "tanh", recurrent_activation: "sigmoid", ...config },
  });
  const model = (...layers: readonly object[]) => ({
    class_name: "Sequential",
    config: { name: "sequential_1", layers },
  });
  const built = (names: readonly string[], topology: unknown) => {
    const weights = names.flatMap(cell);
    return read([{ paths: ["a"], weights }], { a: f32(...new Array(8 * names.length).fill(0.5)) }, topology);
  };
  const refusals = async (names: readonly string[], topology: unknown) =>
    listCells(await built(names, topology)).map(({ prefix, refused }) => [prefix, refused?.replace(/;.*/, "") ?? null]);

  test("is about the layer whose name stands above the weights, and no other", async () => {
    const two = model(
      layer("one", { recurrent_activation: "hard_sigmoid" }),
      layer("two"),
      layer("three", { activation: "relu" }),
      // as a model of Keras that was converted has them
      layer("four", { activation: { class_name: "ReLU", config: { name: "re_lu" } } }),
      layer("five", { activation: { class_name: "Activation", config: { activation: "tanh" } } }),
    );
    expect(await refusals(["one", "two", "three", "four", "five"], two)).toEqual([
      ["one", 'one/recurrent_activation: the text "hard_sigmoid", another activation of the gates'],
      ["two", null],
      ["three", 'three/activation: the text "relu", another activation'],
      ["four", 'four/activation: the text "ReLU", another activation'],
      ["five", null],
    ]);
    const others = model(layer("gru", { recurrent_activation: "hard_sigmoid" }, "GRU"), layer("one"), {
      class_name: "Activation",
      config: { name: "activation_1", activation: "relu" },
    });
    expect(await refusals(["one"], others)).toEqual([["one", null]]);
    const converted = { model_config: model(layer("one")) };
    expect(await refusals(["one/lstm_cell"], converted)).toEqual([["one/lstm_cell", null]]);
  });

  test("of a layer whose name stands nowhere is about every cell", async () => {
    const unknown = model(layer("renamed", { recurrent_activation: "hard_sigmoid" }));
    expect(await refusals(["lstm_LSTM1"], unknown)).toEqual([["lstm_LSTM1", expect.stringMatching(/hard_sigmoid/)]]);
    expect(await refusals(["lstm_LSTM1"], undefined)).toEqual([["lstm_LSTM1", expect.stringMatching(/do not tell/)]]);
  });

  test("of the cells of an RNN, and of a layer in a wrapper, is about what the outer one is called", async () => {
    const rnn = {
      class_name: "RNN",
      config: { name: "rnn_RNN1", cell: layer("cell_1", { activation: "relu" }, "LSTMCell") },
    };
    expect(await refusals(["rnn_RNN1"], model(rnn))).toEqual([["rnn_RNN1", expect.stringMatching(/relu/)]]);
    const wrapped = {
      class_name: "Bidirectional",
      config: { name: "both", layer: layer("one", { activation: "relu" }) },
    };
    expect(await refusals(["both/forward_one", "both/backward_one", "two"], model(wrapped, layer("two")))).toEqual([
      ["both/forward_one", expect.stringMatching(/relu/)],
      ["both/backward_one", expect.stringMatching(/relu/)],
      ["two", null],
    ]);
  });

  test.each([
    [{}, [false, true]],
    [{ go_backwards: true }, [true, false]],
  ])("tells the directions of a wrapper's halves: %j", async (config, expected) => {
    const wrapped = { class_name: "Bidirectional", config: { name: "both", layer: layer("one", config) } };
    const weights = await built(["both/forward_one", "both/backward_one"], model(wrapped));
    const isReversed = directionsIn(weights);
    const { readings } = findReadings(weights);
    expect(readings.filter(({ layout }) => layout.convention === "tfjs").map(isReversed)).toEqual(expected);
    const alone = await built(["one"], model(layer("one", config)));
    expect(directionsIn(alone)(findReadings(alone).readings[0])).toBe(expected[0]);
  });
});
