/** What only other cells have, as data: tensors, layers and settings by their names. */

export const PLAIN = "expected a plain LSTM cell: train or export one without";

/** Tensors that only another cell has, by their names below the cell's prefix. */
export const FOREIGN_TENSORS: readonly (readonly [name: RegExp, what: string, remedy?: string])[] = [
  [/^(P|w_[fio]_diag|p_?[fio]|peephole_.+)$/i, "peephole weights, through which the gates see c"],
  [/^(weight_hr.*|projection\.kernel)$/, "a projection of h (proj_size, num_proj)"],
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

/** Tensors that tell another recurrent layer, wherever they stand. */
export const FOREIGN_LAYERS: readonly (readonly [name: RegExp, what: string])[] = [
  [/(^|[./])(h[rzn]\.kernel|w_[hi]|gru_cell[./].*)$/, "weights of a GRU"],
];

/** Values of a setting that leave the cell as it is; null (it was not given) always does. */
export const SETTINGS: readonly {
  readonly keys: RegExp;
  readonly harmless: RegExp;
  readonly what: string;
}[] = [
  { keys: /^(recurrent_?activation)$/i, harmless: /^sigmoid$/i, what: "another activation of the gates" },
  { keys: /^activation$/i, harmless: /^tanh$/i, what: "another activation" },
  { keys: /^(input_forget)$/i, harmless: /^(0|false)$/, what: "which couples the gates, i = 1 − f" },
  { keys: /^(clip|cell_?clip|proj_?clip)$/i, harmless: /^$/, what: "which clips the pre-activations" },
  { keys: /^(proj_?size|num_?proj)$/i, harmless: /^0$/, what: "a projection of h" },
  { keys: /^(use_?peepholes?|peepholes?)$/i, harmless: /^(0|false)$/, what: "peephole weights" },
];

/** Keys that hold the settings of what stands beside them. */
export const HOLDERS = /^(config|attributes|attrs|settings|metadata|__metadata__)$/;
