/** What only other cells have, as data: tensors, layers and settings by their names. */

export const PLAIN = "expected a plain LSTM cell: train or export one without";

/** What both tensors and settings tell. */
const PROJECTION = "a projection of h";

/** Weights of c in the gates; where they are all zero there are none. */
export const PEEPHOLES = /^(P|w_[fio]_diag|w_?c[fio]|p_?[fio]|peephole_.+)$/i;

/** Tensors that only another cell has, by their names below the cell's prefix. */
export const FOREIGN_TENSORS: readonly (readonly [name: RegExp, what: string, remedy?: string])[] = [
  [PEEPHOLES, "peephole weights, through which the gates see c"],
  [/^(weight_hr.*|projection\.kernel)$/, PROJECTION],
  [
    /^(((input|transform|forget|output|state)\.)?(gamma|beta)|(layer_?norm|ln_?)[^.]*(\.[a-z]+)?)$/i,
    "layer normalisation",
  ],
  [/^(_packed_params.*|.*(zero_point|_scale|scale_ih|scale_hh))$/, "quantised weights"],
  [/^Wattn$/, "weights of an attention, which the gates see beside x and h"],
  [
    /^[UR][fiocgu]$/,
    "recurrent weights by gate, apart from those of x, as no convention has them",
    "expected the native names W_f, U_f, b_f, W_i, … for them",
  ],
];

/** Tensors that tell why there is no cell, wherever they stand: another recurrent layer, another form of the weights. */
export const FOREIGN_LAYERS: readonly (readonly [name: RegExp, what: string, expected: string])[] = [
  [/(^|[./])(h[rzn]\.kernel|w_[hi]|gru_cell[./].*|bhn)$/, "weights of a GRU", "expected those of an LSTM"],
  [/(^|[./])conv_lstm\w*[./]/, "weights of a convolution", "expected those of an LSTM"],
  [
    /(^|[./])(_all_weight_values[./].*|.*_packed_params.*)$/,
    "quantised weights",
    "expected those of the LSTM that they were made from",
  ],
  [
    /(^|[./])(parametrizations[./]weight_[ih]h[^./]*[./].+|weight_[ih]h_l\d+(_reverse)?_(orig|u|v|mask|g))$/,
    "a part of what computes a weight when the module runs (a spectral norm, pruning, another parametrization)",
    "expected the weight itself: torch.nn.utils.parametrize.remove_parametrizations or prune.remove leaves it",
  ],
];

/** σ and tanh of all that lies beyond it, and their derivatives, are the doubles that they are at it: 0, 1 and 0. */
const FAR = 4096;

/** Values of a setting that leave the cell as it is; null (it was not given) always does. */
export const SETTINGS: readonly {
  readonly keys: RegExp;
  readonly isHarmless: (value: unknown) => boolean;
  readonly what: string;
}[] = [
  { keys: /^(recurrent_?activation)$/i, isHarmless: like(/^sigmoid$/i), what: "another activation of the gates" },
  { keys: /^activation$/i, isHarmless: like(/^tanh$/i), what: "another activation" },
  { keys: /^(input_forget)$/i, isHarmless: like(/^(0|false)$/), what: "which couples the gates, i = 1 − f" },
  {
    keys: /^clip$/i,
    isHarmless: (value) => value === 0 || Number(value) >= FAR,
    what: "which clips the pre-activations",
  },
  { keys: /^(cell_?clip|proj_?clip)$/i, isHarmless: like(/^$/), what: "which clips the state" },
  { keys: /^(proj_?size|num_?proj)$/i, isHarmless: like(/^0$/), what: PROJECTION },
  { keys: /^(use_?peepholes?|peepholes?)$/i, isHarmless: like(/^(0|false)$/), what: "peephole weights" },
];

function like(pattern: RegExp): (value: unknown) => boolean {
  return (value) => pattern.test(String(value));
}

/** Keys that hold the settings of what stands beside them. */
export const HOLDERS = /^(config|attributes|attrs|settings|metadata|__metadata__)$/;
