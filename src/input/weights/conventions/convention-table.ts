/** Every convention as a row: the reader and the writer are the same code for all. Sources: the frameworks' own code. */

import { GATES } from "../../../lstm/names.ts";
import type { Layout } from "./convention.ts";

const IFUO = ["i", "f", "u", "o"] as const;
const IUFO = ["i", "u", "f", "o"] as const;
const IOFU = ["i", "o", "f", "u"] as const;
const IFOU = ["i", "f", "o", "u"] as const;

/** kernel, recurrent_kernel, bias of Keras and of TensorFlow.js, which differ in their default activation only. */
const KERAS_NAMED = [
  { name: "kernel", part: "W", gates: IFUO },
  { name: "recurrent_kernel", part: "U", gates: IFUO },
  { name: "bias", part: "b", gates: IFUO, optional: true },
] as const;
/** The half of Bidirectional that goes backward: `backward_lstm`, `backward_layer`; of Flax `backward_rnn`. */
const BACKWARD = /^backward(_|$)/;
/** `get_weights()` as a list, or as np.savez(path, *weights) names its entries. */
const KERAS_BARE = [
  { name: "0", alias: "arr_0", part: "W", gates: IFUO },
  { name: "1", alias: "arr_1", part: "U", gates: IFUO },
  { name: "2", alias: "arr_2", part: "b", gates: IFUO, optional: true },
] as const;
const KERAS = { orientation: "columns", recurrentActivation: true } as const;

export const LAYOUTS: readonly Layout[] = [
  {
    convention: "native",
    title: "dlstm's own cell",
    orientation: "rows",
    partial: true,
    tensors: (["W", "U", "b"] as const).flatMap((part) =>
      GATES.map((g) => ({ name: `${part}_${g}`, part, gates: [g], optional: true as const })),
    ),
  },
  {
    convention: "pytorch",
    title: "torch.nn.LSTM",
    orientation: "rows",
    tensors: [
      { name: "weight_ih_l{layer}{reverse}", part: "W", gates: IFUO },
      { name: "weight_hh_l{layer}{reverse}", part: "U", gates: IFUO },
      { name: "bias_ih_l{layer}{reverse}", part: "b", gates: IFUO, optional: true },
      { name: "bias_hh_l{layer}{reverse}", part: "b", gates: IFUO, optional: true },
    ],
  },
  {
    convention: "pytorch",
    title: "torch.nn.LSTMCell",
    orientation: "rows",
    tensors: [
      { name: "weight_ih", part: "W", gates: IFUO },
      { name: "weight_hh", part: "U", gates: IFUO },
      { name: "bias_ih", part: "b", gates: IFUO, optional: true },
      { name: "bias_hh", part: "b", gates: IFUO, optional: true },
    ],
  },
  { convention: "keras", title: "keras.layers.LSTM", ...KERAS, backwardHalf: BACKWARD, tensors: KERAS_NAMED },
  { convention: "keras", title: "get_weights() of Keras", ...KERAS, tensors: KERAS_BARE, bare: true },
  { convention: "tfjs", title: "tf.layers.lstm", ...KERAS, backwardHalf: BACKWARD, tensors: KERAS_NAMED },
  { convention: "tfjs", title: "getWeights() of tfjs", ...KERAS, tensors: KERAS_BARE, bare: true },
  {
    convention: "onnx",
    title: "the ONNX operator LSTM",
    orientation: "rows",
    directions: true,
    tensors: [
      { name: "W", part: "W", gates: IOFU },
      { name: "R", part: "U", gates: IOFU },
      { name: "B", part: "b", gates: [...IOFU, ...IOFU], optional: true },
    ],
  },
  {
    convention: "flax",
    title: "LSTMCell of Flax (linen and nnx), OptimizedLSTMCell of linen",
    orientation: "columns",
    backwardHalf: BACKWARD,
    tensors: [
      { name: "ii.kernel", part: "W", gates: ["i"] },
      { name: "if.kernel", alias: "if_.kernel", part: "W", gates: ["f"] },
      { name: "ig.kernel", part: "W", gates: ["u"] },
      { name: "io.kernel", part: "W", gates: ["o"] },
      { name: "hi.kernel", part: "U", gates: ["i"] },
      { name: "hf.kernel", part: "U", gates: ["f"] },
      { name: "hg.kernel", part: "U", gates: ["u"] },
      { name: "ho.kernel", part: "U", gates: ["o"] },
      { name: "hi.bias", part: "b", gates: ["i"] },
      { name: "hf.bias", part: "b", gates: ["f"] },
      { name: "hg.bias", part: "b", gates: ["u"] },
      { name: "ho.bias", part: "b", gates: ["o"] },
    ],
  },
  {
    convention: "flax",
    title: "flax.nnx.OptimizedLSTMCell",
    orientation: "columns",
    backwardHalf: BACKWARD,
    tensors: [
      { name: "dense_i.kernel", part: "W", gates: IFUO },
      { name: "dense_h.kernel", part: "U", gates: IFUO },
      { name: "dense_h.bias", part: "b", gates: IFUO },
    ],
  },
  {
    convention: "haiku",
    title: "hk.LSTM",
    orientation: "columns",
    forgetBias: { value: 1, keys: [] },
    mark: { key: /^lstm(_\d+)?$/, written: "lstm/" },
    tensors: [
      { name: "linear.w", alias: "w", part: "xh", gates: IUFO },
      { name: "linear.b", alias: "b", part: "b", gates: IUFO },
    ],
  },
  {
    convention: "tf-basic",
    title: "TensorFlow's BasicLSTMCell",
    orientation: "columns",
    // bidirectional_dynamic_rnn
    backwardHalf: /^bw$/,
    forgetBias: { value: 1, keys: ["forget_bias", "forgetBias"] },
    mark: { key: /^(\w+_)?lstm_cell(_\d+)?$/, written: "basic_lstm_cell." },
    tensors: [
      { name: "kernel", part: "xh", gates: IUFO },
      { name: "bias", part: "b", gates: IUFO },
    ],
  },
  {
    convention: "equinox",
    title: "eqx.nn.LSTMCell",
    orientation: "rows",
    tensors: [
      { name: "weight_ih", part: "W", gates: IFUO },
      { name: "weight_hh", part: "U", gates: IFUO },
      { name: "bias", part: "b", gates: IFUO, optional: true },
    ],
  },
  {
    convention: "matlab",
    title: "lstmLayer",
    orientation: "rows",
    squeezed: true,
    biasColumns: true,
    tensors: [
      { name: "InputWeights", part: "W", gates: IFUO },
      { name: "RecurrentWeights", part: "U", gates: IFUO },
      { name: "Bias", part: "b", gates: IFUO },
    ],
  },
  {
    convention: "coursera",
    title: "the cell of deeplearning.ai's course",
    orientation: "rows",
    biasColumns: true,
    tensors: [
      { name: "Wf", part: "hx", gates: ["f"] },
      { name: "Wi", alias: "Wu", part: "hx", gates: ["i"] },
      { name: "Wc", part: "hx", gates: ["u"] },
      { name: "Wo", part: "hx", gates: ["o"] },
      { name: "bf", part: "b", gates: ["f"] },
      { name: "bi", alias: "bu", part: "b", gates: ["i"] },
      { name: "bc", part: "b", gates: ["u"] },
      { name: "bo", part: "b", gates: ["o"] },
    ],
  },
  {
    convention: "cs231n",
    title: "lstm_step_forward of CS231n",
    orientation: "columns",
    tensors: [
      { name: "Wx", part: "W", gates: IFOU },
      { name: "Wh", part: "U", gates: IFOU },
      { name: "b", part: "b", gates: IFOU },
    ],
  },
];
