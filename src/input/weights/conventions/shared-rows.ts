/** Orders of blocks, and names that several forms in the table of conventions have in common. */

import type { TensorRow } from "./convention.ts";

export const IFUO = ["i", "f", "u", "o"] as const;
export const IUFO = ["i", "u", "f", "o"] as const;
export const IOFU = ["i", "o", "f", "u"] as const;
export const IFOU = ["i", "f", "o", "u"] as const;

/** kernel, recurrent_kernel, bias of Keras and of TensorFlow.js, which differ in their default activation only. */
export const KERAS_NAMED = [
  { name: "kernel", part: "W", gates: IFUO },
  { name: "recurrent_kernel", part: "U", gates: IFUO },
  { name: "bias", part: "b", gates: IFUO, optional: true },
] as const;
/** The half of Bidirectional that goes backward: `backward_lstm`, `backward_layer`; of Flax `backward_rnn`. */
export const BACKWARD = /^backward(_|$)/;
/** `get_weights()` as a list, or as np.savez(path, *weights) names its entries. */
export const KERAS_BARE = [
  { name: "0", alias: "arr_0", part: "W", gates: IFUO },
  { name: "1", alias: "arr_1", part: "U", gates: IFUO },
  { name: "2", alias: "arr_2", part: "b", gates: IFUO, optional: true },
] as const;
/** The order of `parameters()` of torch.nn.LSTM and LSTMCell. */
export const TORCH_BARE = [
  { name: "0", alias: "arr_0", part: "W", gates: IFUO },
  { name: "1", alias: "arr_1", part: "U", gates: IFUO },
  { name: "2", alias: "arr_2", part: "b", gates: IFUO, optional: true },
  { name: "3", alias: "arr_3", part: "b", gates: IFUO, optional: true },
] as const;
/** A cell of StackedRNNCells stands below `cells` and its number: `rnn/cells/0`. */
const STACK = /(?:^|[./])cells[./](\d{1,6})$/;
export const KERAS = { orientation: "columns", recurrentActivation: true, stack: STACK } as const;

/** W_xi and W_hi: the equations of Graves (2013) multiply from the left, those of Dive into Deep Learning from the right. */
const LETTERS = { i: "i", f: "f", o: "o", u: "c" } as const;
export const BY_GATE = (["W", "U", "b"] as const).flatMap((part) =>
  (["i", "f", "o", "u"] as const).map((g) => {
    const name = { W: "W_x", U: "W_h", b: "b_" }[part];
    const alias = g === "u" ? { alias: `${name}g` } : {};
    return { name: `${name}${LETTERS[g]}`, ...alias, part, gates: [g] };
  }),
);

/** Of LSTM and of LSTMCell, whose names begin otherwise. */
export function mxnet(prefix: string): TensorRow[] {
  return [
    { name: `${prefix}i2h_weight`, part: "W", gates: IFUO },
    { name: `${prefix}h2h_weight`, part: "U", gates: IFUO },
    { name: `${prefix}i2h_bias`, part: "b", gates: IFUO, optional: true },
    { name: `${prefix}h2h_bias`, part: "b", gates: IFUO, optional: true },
  ];
}
