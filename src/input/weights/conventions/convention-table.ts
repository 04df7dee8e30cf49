/** Every convention as a row: the reader and the writer are the same code for all. Sources: the frameworks' own code. */

import { GATES } from "../../../lstm/names.ts";
import type { Layout } from "./convention.ts";
import { COURSES } from "./course-layouts.ts";
import { BACKWARD, IFUO, IOFU, IUFO, KERAS, KERAS_BARE, KERAS_NAMED, mxnet, TORCH_BARE } from "./shared-rows.ts";

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
  {
    convention: "pytorch",
    title: "a list of parameters()",
    orientation: "rows",
    bare: true,
    tensors: TORCH_BARE,
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
      ...apart("W", { i: "ii.kernel", f: ["if.kernel", "if_.kernel"], u: "ig.kernel", o: "io.kernel" }),
      ...apart("U", { i: "hi.kernel", f: "hf.kernel", u: "hg.kernel", o: "ho.kernel" }),
      ...apart("b", { i: "hi.bias", f: "hf.bias", u: "hg.bias", o: "ho.bias" }),
    ],
  },
  {
    convention: "flax",
    title: "flax.nnx.OptimizedLSTMCell",
    orientation: "columns",
    backwardHalf: BACKWARD,
    tensors: joined(IFUO, { W: "dense_i.kernel", U: "dense_h.kernel", b: "dense_h.bias" }),
  },
  {
    convention: "haiku",
    title: "hk.LSTM",
    orientation: "columns",
    forgetBias: { value: 1, keys: [] },
    mark: { key: /^lstm(_\d+)?$/, written: "lstm/" },
    tensors: joined(IUFO, { xh: ["linear.w", "w"], b: ["linear.b", "b"] }),
  },
  {
    convention: "tf-basic",
    title: "TensorFlow's BasicLSTMCell",
    orientation: "columns",
    // bidirectional_dynamic_rnn
    backwardHalf: /^bw$/,
    forgetBias: { value: 1, keys: ["forget_bias", "forgetBias"] },
    mark: { key: /^(\w+_)?lstm_cell(_\d+)?$/, written: "basic_lstm_cell." },
    tensors: joined(IUFO, { xh: "kernel", b: "bias" }),
  },
  {
    convention: "equinox",
    title: "eqx.nn.LSTMCell",
    orientation: "rows",
    tensors: joined(IFUO, { W: "weight_ih", U: "weight_hh" }, "bias"),
  },
  {
    convention: "matlab",
    title: "lstmLayer",
    orientation: "rows",
    squeezed: true,
    biasColumns: true,
    tensors: joined(IFUO, { W: "InputWeights", U: "RecurrentWeights", b: "Bias" }),
  },
  {
    convention: "mlx",
    title: "mlx.nn.LSTM",
    orientation: "rows",
    tensors: [
      { name: "Wx", part: "W", gates: IFUO },
      { name: "Wh", part: "U", gates: IFUO },
      { name: "bias", part: "b", gates: IFUO, optional: true },
    ],
  },
  {
    convention: "mxnet",
    title: "mxnet.gluon.rnn.LSTM",
    orientation: "rows",
    tensors: mxnet("{stem}{direction}{layer}_"),
  },
  { convention: "mxnet", title: "mxnet.gluon.rnn.LSTMCell", orientation: "rows", tensors: mxnet("{stem}") },
  ...COURSES,
];
