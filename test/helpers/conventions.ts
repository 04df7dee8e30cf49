/** One model as each framework stores it, written from the frameworks' own definitions and not from the rows of src. */

import type { Convention } from "../../src/input/weights/conventions/convention.ts";
import { GATES, type Gate } from "../../src/lstm/names.ts";

type Rows = number[][];

/** The native keys of a model, all of them. */
export type Model = Record<`W_${Gate}` | `U_${Gate}`, Rows> & Record<`b_${Gate}`, number[]>;

/** Every entry differs from every other, and all sums of two of them are exact: multiples of 1/64. */
export function model(H: number, I: number): Model {
  let count = 0;
  const next = () => (count % 2 === 0 ? 1 : -1) * (++count / 64);
  const row = (length: number) => Array.from({ length }, next);
  return Object.fromEntries(
    GATES.flatMap((g) => [
      [`W_${g}`, Array.from({ length: H }, () => row(I))],
      [`U_${g}`, Array.from({ length: H }, () => row(H))],
      [`b_${g}`, row(H)],
    ]),
  ) as Model;
}

const transpose = (m: Rows): Rows => m[0].map((_, k) => m.map((row) => row[k]));
const below = (...parts: Rows[]): Rows => parts.flat();
const beside = (...parts: Rows[]): Rows => parts[0].map((_, r) => parts.flatMap((part) => part[r]));
const column = (vector: number[]): Rows => vector.map((entry) => [entry]);
/** A part of every bias, so that the rest and it make the whole. */
const first = (b: number[]) => b.map((entry) => entry / 4);
const rest = (b: number[]) => b.map((entry) => entry - entry / 4);
const minusOne = (b: number[]) => b.map((entry) => entry - 1);

export interface Stored {
  readonly convention: Convention;
  readonly title: string;
  readonly json: unknown;
  /** The names alone do not tell it. */
  readonly needsFrom?: true;
}

/** The model as every framework has it. */
export function storedModels({ W_f, W_i, W_o, W_u, U_f, U_i, U_o, U_u, b_f, b_i, b_o, b_u }: Model): Stored[] {
  const torch = [below(W_i, W_f, W_u, W_o), below(U_i, U_f, U_u, U_o)];
  const torchBias = [b_i, b_f, b_u, b_o];
  const kernel = beside(transpose(W_i), transpose(W_f), transpose(W_u), transpose(W_o));
  const recurrent = beside(transpose(U_i), transpose(U_f), transpose(U_u), transpose(U_o));
  const joined = (W: Rows, U: Rows) => below(transpose(W), transpose(U));
  const inputFirst = beside(joined(W_i, U_i), joined(W_u, U_u), joined(W_f, U_f), joined(W_o, U_o));
  const lessOne = [b_i, b_u, minusOne(b_f), b_o].flat();
  const flaxTree = (forget: string) => ({
    ii: { kernel: transpose(W_i) },
    [forget]: { kernel: transpose(W_f) },
    ig: { kernel: transpose(W_u) },
    io: { kernel: transpose(W_o) },
    hi: { kernel: transpose(U_i), bias: b_i },
    hf: { kernel: transpose(U_f), bias: b_f },
    hg: { kernel: transpose(U_u), bias: b_u },
    ho: { kernel: transpose(U_o), bias: b_o },
  });
  const byGate = (stored: (matrix: Rows) => Rows) => ({
    ...{ W_xi: stored(W_i), W_hi: stored(U_i), b_i, W_xf: stored(W_f), W_hf: stored(U_f), b_f },
    ...{ W_xo: stored(W_o), W_ho: stored(U_o), b_o, W_xc: stored(W_u), W_hc: stored(U_u), b_c: b_u },
  });
  // which of two conventions it is, only the shapes of the weights of x tell
  const unlessSquare = W_f.length === W_f[0].length ? ({ needsFrom: true } as const) : {};
  const native = { W_f, W_i, W_o, W_u, U_f, U_i, U_o, U_u, b_f, b_i, b_o, b_u };
  return [
    { convention: "native", title: "nested", json: { model: { cell: native } } },
    {
      convention: "pytorch",
      title: "nn.LSTM",
      json: {
        weight_ih_l0: torch[0],
        weight_hh_l0: torch[1],
        bias_ih_l0: torchBias.flatMap(first),
        bias_hh_l0: torchBias.flatMap(rest),
      },
    },
    {
      convention: "pytorch",
      title: "nn.LSTMCell in a module",
      json: {
        "decoder.rnn.weight_ih": torch[0],
        "decoder.rnn.weight_hh": torch[1],
        "decoder.rnn.bias_ih": torchBias.flatMap(rest),
        "decoder.rnn.bias_hh": torchBias.flatMap(first),
        "decoder.head.weight": [[1, 2, 3]],
        "decoder.head.bias": [1],
      },
    },
    {
      convention: "keras",
      title: "named",
      json: { kernel, recurrent_kernel: recurrent, bias: torchBias.flat() },
    },
    {
      convention: "keras",
      title: "get_weights()",
      json: [kernel, recurrent, torchBias.flat()],
      needsFrom: true,
    },
    {
      convention: "keras",
      title: "get_weights() under a key",
      json: { config: { units: b_f.length }, weights: [kernel, recurrent, torchBias.flat()] },
      needsFrom: true,
    },
    {
      convention: "keras",
      title: "np.savez",
      json: { arr_0: kernel, arr_1: recurrent, arr_2: torchBias.flat() },
      needsFrom: true,
    },
    {
      convention: "tfjs",
      title: "variables",
      json: {
        "lstm_LSTM1/kernel": kernel,
        "lstm_LSTM1/recurrent_kernel:0": recurrent,
        "lstm_LSTM1/bias": torchBias.flat(),
      },
    },
    {
      convention: "onnx",
      title: "initialisers",
      json: {
        W: [below(W_i, W_o, W_f, W_u)],
        R: [below(U_i, U_o, U_f, U_u)],
        B: [[...[b_i, b_o, b_f, b_u].flatMap(first), ...[b_i, b_o, b_f, b_u].flatMap(rest)]],
      },
    },
    { convention: "flax", title: "linen", json: { params: { LSTMCell_0: flaxTree("if") } } },
    { convention: "flax", title: "nnx", json: flaxTree("if_") },
    {
      convention: "flax",
      title: "nnx, optimized",
      json: { dense_i: { kernel }, dense_h: { kernel: recurrent, bias: torchBias.flat() } },
    },
    { convention: "haiku", title: "hk.LSTM", json: { "lstm/linear": { w: inputFirst, b: lessOne } } },
    { convention: "haiku", title: "its linear alone", json: { w: inputFirst, b: lessOne }, needsFrom: true },
    {
      convention: "tf-basic",
      title: "BasicLSTMCell",
      json: { "rnn/basic_lstm_cell/kernel": inputFirst, "rnn/basic_lstm_cell/bias": lessOne },
    },
    {
      convention: "tf-basic",
      title: "BasicLSTMCell under no name",
      json: { kernel: inputFirst, bias: lessOne },
      needsFrom: true,
    },
    {
      convention: "equinox",
      title: "LSTMCell",
      json: { weight_ih: torch[0], weight_hh: torch[1], bias: torchBias.flat() },
    },
    {
      convention: "matlab",
      title: "columns",
      json: { InputWeights: torch[0], RecurrentWeights: torch[1], Bias: column(torchBias.flat()) },
    },
    {
      convention: "matlab",
      title: "jsonencode",
      json: { InputWeights: squeeze(torch[0]), RecurrentWeights: squeeze(torch[1]), Bias: torchBias.flat() },
    },
    {
      convention: "coursera",
      title: "parameters",
      json: {
        Wf: beside(U_f, W_f),
        Wi: beside(U_i, W_i),
        Wc: beside(U_u, W_u),
        Wo: beside(U_o, W_o),
        bf: column(b_f),
        bi: column(b_i),
        bc: column(b_u),
        bo: column(b_o),
      },
    },
    {
      convention: "cs231n",
      title: "lstm_step_forward",
      json: {
        Wx: beside(transpose(W_i), transpose(W_f), transpose(W_o), transpose(W_u)),
        Wh: beside(transpose(U_i), transpose(U_f), transpose(U_o), transpose(U_u)),
        b: [b_i, b_f, b_o, b_u].flat(),
      },
    },
    {
      convention: "pytorch",
      title: "a list of parameters",
      json: [torch[0], torch[1], torchBias.flatMap(first), torchBias.flatMap(rest)],
      needsFrom: true,
    },
    { convention: "mlx", title: "nn.LSTM", json: { Wx: torch[0], Wh: torch[1], bias: torchBias.flat() } },
    {
      convention: "mxnet",
      title: "collect_params()",
      json: {
        lstm0_l0_i2h_weight: torch[0],
        lstm0_l0_h2h_weight: torch[1],
        lstm0_l0_i2h_bias: torchBias.flatMap(first),
        lstm0_l0_h2h_bias: torchBias.flatMap(rest),
      },
    },
    {
      convention: "mxnet",
      title: "LSTMCell",
      json: {
        lstm0_i2h_weight: torch[0],
        lstm0_h2h_weight: torch[1],
        lstm0_i2h_bias: torchBias.flatMap(rest),
        lstm0_h2h_bias: torchBias.flatMap(first),
      },
    },
    { convention: "d2l", title: "from scratch", json: byGate(transpose), ...unlessSquare },
    { convention: "graves", title: "equations", json: byGate((matrix) => matrix), ...unlessSquare },
  ];
}

/** As jsonencode writes a matrix of one column. */
function squeeze(matrix: Rows): Rows | number[] {
  return matrix[0].length === 1 ? matrix.flat() : matrix;
}

/** One of the stored models. */
// biome-ignore lint/suspicious/noExplicitAny: what its JSON holds is the caller's claim
export function storedAs(of: Model, convention: Convention, title: string): any {
  const found = storedModels(of).find((one) => one.convention === convention && one.title === title);
  if (!found) throw new Error(`no ${convention}: ${title}`);
  return found.json;
}
