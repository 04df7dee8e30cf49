/** Every convention as a row: the reader and the writer are the same code for all. Sources: the frameworks' own code. */

import { GATES, type Gate } from "../../../lstm/names.ts";
import type { Layout, Part, TensorRow } from "./convention.ts";

const IFUO = ["i", "f", "u", "o"] as const;
const IUFO = ["i", "u", "f", "o"] as const;
const IOFU = ["i", "o", "f", "u"] as const;
const IFOU = ["i", "f", "o", "u"] as const;

/** What a tensor is called, or that and another name that some write. */
type Name = string | readonly [name: string, alias: string];

function row(part: Part, given: Name, gates: readonly Gate[]): TensorRow {
  const [name, alias] = [given].flat();
  return { name, ...(alias === undefined ? {} : { alias }), part, gates };
}

/** Tensors in which all gates are joined in this order; a bias that the framework may leave out comes last. */
function joined(gates: readonly Gate[], names: Partial<Record<Part, Name>>, bias?: Name): TensorRow[] {
  const rows = Object.entries(names).map(([part, name]) => row(part as Part, name, gates));
  return bias === undefined ? rows : [...rows, { ...row("b", bias, gates), optional: true }];
}

/** A tensor for each gate. */
function apart(part: Part, names: Readonly<Record<Gate, Name>>): TensorRow[] {
  return Object.entries(names).map(([g, name]) => row(part, name, [g as Gate]));
}

/** The same with two biases, which are added up. */
function twoBiases(gates: readonly Gate[], names: Partial<Record<Part, Name>>, one: Name, other: Name): TensorRow[] {
  return [...joined(gates, names, one), ...joined(gates, {}, other)];
}

/** PyTorch's names, which end in the layer and the direction where there may be several. */
function torch(end: string): TensorRow[] {
  return twoBiases(IFUO, { W: `weight_ih${end}`, U: `weight_hh${end}` }, `bias_ih${end}`, `bias_hh${end}`);
}

/** MXNet's, which begin with them. */
function mxnet(start: string): TensorRow[] {
  const weights = { W: `${start}i2h_weight`, U: `${start}h2h_weight` };
  return twoBiases(IFUO, weights, `${start}i2h_bias`, `${start}h2h_bias`);
}

/** The order of `parameters()` of torch.nn.LSTM and LSTMCell. */
const TORCH_BARE = twoBiases(IFUO, { W: ["0", "arr_0"], U: ["1", "arr_1"] }, ["2", "arr_2"], ["3", "arr_3"]);

/** Of Keras and of TensorFlow.js, which differ in their default activation only. */
const KERAS_NAMED = joined(IFUO, { W: "kernel", U: "recurrent_kernel" }, "bias");
/** `get_weights()` as a list, or as np.savez(path, *weights) names its entries. */
const KERAS_BARE = joined(IFUO, { W: ["0", "arr_0"], U: ["1", "arr_1"] }, ["2", "arr_2"]);
/** A cell of StackedRNNCells stands below `cells` and its number: `rnn/cells/0`. */
const STACK = /(?:^|[./])cells[./](\d{1,6})$/;
const KERAS = { orientation: "columns", recurrentActivation: true, stack: STACK } as const;
/** The half of Bidirectional that goes backward: `backward_lstm`, `backward_layer`; of Flax `backward_rnn`. */
const BACKWARD = /^backward(_|$)/;

/** W_xi and W_hi: the equations of Graves (2013) multiply from the left, those of Dive into Deep Learning from the right. */
const BY_GATE = [
  ...apart("W", { i: "W_xi", f: "W_xf", o: "W_xo", u: ["W_xc", "W_xg"] }),
  ...apart("U", { i: "W_hi", f: "W_hf", o: "W_ho", u: ["W_hc", "W_hg"] }),
  ...apart("b", { i: "b_i", f: "b_f", o: "b_o", u: ["b_c", "b_g"] }),
];

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
  { convention: "pytorch", title: "torch.nn.LSTM", orientation: "rows", tensors: torch("_l{layer}{reverse}") },
  { convention: "pytorch", title: "torch.nn.LSTMCell", orientation: "rows", tensors: torch("") },
  { convention: "pytorch", title: "a list of parameters()", orientation: "rows", tensors: TORCH_BARE, bare: true },
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
    tensors: joined(IFUO, { W: "Wx", U: "Wh" }, "bias"),
  },
  {
    convention: "mxnet",
    title: "mxnet.gluon.rnn.LSTM",
    orientation: "rows",
    tensors: mxnet("{stem}{direction}{layer}_"),
  },
  { convention: "mxnet", title: "mxnet.gluon.rnn.LSTMCell", orientation: "rows", tensors: mxnet("{stem}") },
  {
    convention: "coursera",
    title: "the cell of deeplearning.ai's course",
    orientation: "rows",
    biasColumns: true,
    tensors: [
      ...apart("hx", { f: "Wf", i: ["Wi", "Wu"], u: "Wc", o: "Wo" }),
      ...apart("b", { f: "bf", i: ["bi", "bu"], u: "bc", o: "bo" }),
    ],
  },
  {
    convention: "cs231n",
    title: "lstm_step_forward of CS231n",
    orientation: "columns",
    tensors: joined(IFOU, { W: "Wx", U: "Wh", b: "b" }),
  },
  {
    convention: "d2l",
    title: "the cell from scratch of Dive into Deep Learning",
    orientation: "columns",
    tensors: BY_GATE,
  },
  { convention: "graves", title: "the same names as Graves (2013) has them", orientation: "rows", tensors: BY_GATE },
];
