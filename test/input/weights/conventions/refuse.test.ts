import { describe, expect, test } from "vitest";
import type { Convention } from "../../../../src/input/weights/conventions/convention.ts";
import { recognise } from "../../../../src/input/weights/conventions/recognise.ts";
import { jsonWeights } from "../../../../src/input/weights/files/json-tensors.ts";
import { readJsonCell } from "../../../../src/input/weights/read-cell.ts";
import { model, storedAs } from "../../../helpers/conventions.ts";
import { problemsOf } from "../../../helpers/problems.ts";

const jsonOf = (convention: Convention, title: string) => storedAs(model(2, 3), convention, title);
const torch = jsonOf("pytorch", "nn.LSTM");
const keras = jsonOf("keras", "named");
const onnx = jsonOf("onnx", "initialisers");
const matrix = (rows: number, cols: number) => Array.from({ length: rows }, () => Array(cols).fill(0.5));
const refused = (json: unknown) => problemsOf(() => readJsonCell(json, "w.json"));

describe("what is not this cell is refused by its name:", () => {
  test.each([
    [
      "an attention LSTM of CS231n",
      { ...jsonOf("cs231n", "lstm_step_forward"), Wattn: matrix(2, 8) },
      /^unsupported w\.json: Wattn: weights of an attention/,
    ],
    ["P of ONNX", { ...onnx, P: matrix(1, 6) }, /^unsupported w\.json: P: peephole weights/],
    [
      "peepholes of TensorFlow",
      {
        "rnn/lstm_cell/kernel": matrix(5, 8),
        "rnn/lstm_cell/bias": Array(8).fill(0),
        "rnn/lstm_cell/w_f_diag": [1, 2],
      },
      /^unsupported w\.json: rnn\/lstm_cell\/w_f_diag: peephole weights/,
    ],
    [
      "a projection of TensorFlow",
      { lstm_cell: { kernel: matrix(5, 8), bias: Array(8).fill(0), projection: { kernel: matrix(2, 1) } } },
      /^unsupported w\.json: lstm_cell\.projection\.kernel: a projection/,
    ],
    [
      "U by gate beside the names of a joined W, which would be split as if they held it",
      {
        ...Object.fromEntries(["Wf", "Wi", "Wc", "Wo"].map((key) => [key, matrix(2, 4)])),
        Uf: matrix(2, 2),
        ...Object.fromEntries(["bf", "bi", "bc", "bo"].map((key) => [key, [0, 0]])),
      },
      /^unsupported w\.json: Uf: recurrent weights by gate.*expected the native names/,
    ],
    [
      "proj_size of PyTorch",
      { ...torch, weight_hh_l0: matrix(8, 1), weight_hr_l0: matrix(1, 2) },
      /^unsupported w\.json: weight_hr_l0: a projection of h/,
    ],
    ["proj_size equal to H", { ...torch, weight_hr_l0: matrix(2, 2) }, /weight_hr_l0: a projection of h/],
    [
      "input_forget of ONNX",
      { ...onnx, attributes: { input_forget: 1 } },
      /attributes\.input_forget: 1, which couples the gates/,
    ],
    ["a setting kept as an array of one", { ...onnx, clip: [3] }, /^unsupported w\.json: clip: 3, which clips/],
    ["clip of ONNX", { ...onnx, clip: 3 }, /^unsupported w\.json: clip: 3, which clips/],
    [
      "other activations of ONNX",
      { ...onnx, activations: ["Sigmoid", "Tanh", "Relu"] },
      /activations: the text "Sigmoid, Tanh, Relu", other activations/,
    ],
    [
      "HardSigmoid of ONNX",
      { ...onnx, activations: ["HardSigmoid", "Tanh", "Tanh"] },
      /slope is 1\/6 in Keras 3, 0\.2 in/,
    ],
    ["hard_sigmoid of Keras", { ...keras, recurrent_activation: "hard_sigmoid" }, /slope is 1\/6 in Keras 3, 0\.2 in/],
    [
      "hardSigmoid of TensorFlow.js in a config",
      { lstm: { config: { recurrentActivation: "hardSigmoid" }, weights: keras } },
      /^unsupported w\.json: lstm\.config\.recurrentActivation: .*another activation of the gates.*expected sigmoid/,
    ],
    [
      "hard_sigmoid as a serialised object, deep in the config of a model",
      { config: { layers: [{ config: { recurrent_activation: { config: "hard_sigmoid" } } }] }, lstm: keras },
      /recurrent_activation: .*hard_sigmoid/,
    ],
    [
      "another activation",
      { config: { activation: "relu" }, ...keras },
      /config\.activation: the text "relu", another activation/,
    ],
    [
      "layer normalisation",
      { lstm: { ...keras, forget: { gamma: [1, 1] } } },
      /lstm\.forget\.gamma: layer normalisation/,
    ],
    ["layer normalisation of a torch cell", { ...torch, "ln_c.weight": [1, 1] }, /ln_c\.weight: layer normalisation/],
    [
      "quantised weights",
      { "rnn.weight_ih": matrix(8, 3), "rnn.weight_hh": matrix(8, 2), "rnn.scale_ih": 0.1 },
      /quantised/,
    ],
    [
      "a GRU of PyTorch",
      { weight_ih: matrix(6, 3), weight_hh: matrix(6, 2) },
      /weight_hh: 6 × 2, the shape of a GRU \(3H\)/,
    ],
    ["a GRU of Keras", { kernel: matrix(3, 6), recurrent_kernel: matrix(2, 6), bias: matrix(2, 6) }, /a GRU \(3H\)/],
    ["a GRU of ONNX", { W: [matrix(6, 3)], R: [matrix(6, 2)] }, /^unsupported w\.json: R: .*a GRU \(3H\)/],
    [
      "a GRU of Flax",
      { ir: { kernel: matrix(3, 2) }, hr: { kernel: matrix(2, 2) }, hz: { kernel: matrix(2, 2) } },
      /a GRU/,
    ],
    ["a GRU of Haiku", { gru: { w_i: matrix(3, 6), w_h: matrix(2, 6), b: Array(6).fill(0) } }, /w_i: weights of a GRU/],
    [
      "an RNN of PyTorch",
      { weight_ih_l0: matrix(2, 3), weight_hh_l0: matrix(2, 2) },
      /2 × 2, the shape of a simple RNN \(H\)/,
    ],
    ["an RNN of Keras in a bare list", [matrix(3, 2), matrix(2, 2), [0, 0]], /1: 2 × 2, the shape of a simple RNN/],
    [
      "hard_sigmoid of a bare list, before its convention is asked for",
      { config: { recurrent_activation: "hard_sigmoid" }, weights: [matrix(3, 8), matrix(2, 8), Array(8).fill(0)] },
      /config\.recurrent_activation: .*hard_sigmoid/,
    ],
    ["an RNN of CS231n", { Wx: matrix(3, 2), Wh: matrix(2, 2), b: [0, 0] }, /Wh: 2 × 2, the shape of a simple RNN/],
  ])("%s", (_, json, problem) => {
    expect(refused(json)).toEqual([expect.stringMatching(problem)]);
    expect(refused(json)[0]).toMatch(/^unsupported w\.json: .*expected/);
  });

  test("two arrays of a bare list that do not fit together are no GRU", () => {
    expect(refused([matrix(3, 8), matrix(2, 6)])[0]).toMatch(/^missing w\.json: no LSTM cell among 0 \[3 × 8\]/);
  });

  test.each(["I8", "U8", "I64", "BOOL", "F8_E8M0", "C64"])("numbers of type %s", (type) => {
    const weights = jsonWeights(torch, "w.json");
    const tensors = weights.tensors.map((tensor) => ({ ...tensor, type }));
    const problems = problemsOf(() => recognise({ ...weights, tensors }));
    // the same of all four, said once
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^unsupported w\.json: weight_ih_l0: [A-Z].* \(.+\), expected F64, F32, F16, BF16 or F8; convert/,
    );
  });
});

test("a setting of every cell is told once, also beside one of a longer prefix", () => {
  const other = { config: { use_peepholes: true }, dense: [[1]] };
  expect(refused({ ...torch, proj_size: 1, other })).toEqual([
    expect.stringMatching(/^unsupported w\.json: proj_size: /),
  ]);
});

describe("joined weights of H inputs, which leave none for x, are no cell:", () => {
  test.each([
    [
      "coursera",
      { Wf: matrix(2, 2), Wi: matrix(2, 2), Wc: matrix(2, 2), Wo: matrix(2, 2) },
      ["bf", "bi", "bc", "bo"],
      2,
    ],
    ["tf-basic", { kernel: matrix(2, 8) }, ["bias"], 8],
    ["haiku", { w: matrix(2, 8) }, ["b"], 8],
  ] as const)("%s", (from, kernels, biases, length) => {
    const json = { ...kernels, ...Object.fromEntries(biases.map((key) => [key, Array(length).fill(0)])) };
    const [problem] = problemsOf(() => readJsonCell(json, "w.json", { from }));
    expect(problem).toMatch(/^shape w\.json: (Wf|kernel|w): .* expected \[.*I/);
  });
});

describe("what leaves the cell as it is, or is about another layer, is no reason to refuse it:", () => {
  test.each([
    ["the defaults of ONNX", { ...onnx, input_forget: 0, clip: null, activations: ["Sigmoid", "Tanh", "Tanh"] }],
    ["the defaults of Keras", { ...keras, config: { activation: "tanh", recurrent_activation: "sigmoid", units: 2 } }],
    ["the activation of a layer beside it", { lstm: keras, dense: { config: { activation: "relu" }, kernel: [[1]] } }],
    ["layer normalisation beside it", { lstm: keras, norm: { gamma: [1, 2], beta: [0, 0] } }],
    ["a tensor P that is in another module", { lstm: onnx, other: { P: [[1]] } }],
    ["a tensor whose name only begins as the prefix does", { a: onnx, aP: [[1]] }],
    ["peepholes that are switched off", { ...onnx, peepholes: 0 }],
    ["proj_size 0 and clipping that is not set", { ...torch, proj_size: 0, cell_clip: null, use_peepholes: false }],
  ])("%s", (_, json) => {
    expect(refused(json)).toEqual([]);
  });
});
