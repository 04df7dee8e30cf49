/** What looks like this cell and is another: refused by its name, with what to do. */

import type { Problem } from "../../../errors.ts";
import { describeValue, excerpt } from "../../excerpt.ts";
import { isPickled, typeFault } from "../files/number-type.ts";
import type { Tensor } from "../tensor.ts";
import type { Weights } from "../weights.ts";
import { axesOf } from "./axes.ts";
import type { Candidate } from "./candidates.ts";

const PLAIN = "expected a plain LSTM cell: train or export one without";

/** Tensors that only another cell has, by their names below the cell's prefix. */
const FOREIGN_TENSORS: readonly (readonly [name: RegExp, what: string, remedy?: string])[] = [
  [/^(P|w_[fio]_diag|p_?[fio]|peephole_.+)$/i, "peephole weights, through which the gates see c"],
  [/^(weight_hr.*|projection\.kernel)$/, "a projection of h (proj_size, num_proj)"],
  [
    /^(((input|transform|forget|output|state)\.)?(gamma|beta)|(layer_?norm|ln_?)[^.]*(\.[a-z]+)?)$/i,
    "layer normalisation",
  ],
  [/^(_packed_params.*|.*(zero_point|_scale|scale_ih|scale_hh))$/, "quantised weights"],
  [
    /^[UR][fiocgu]$/,
    "recurrent weights by gate, apart from those of x, as no convention has them",
    "expected the native names W_f, U_f, b_f, W_i, … for them",
  ],
];

/** Tensors that tell another recurrent layer, wherever they stand. */
const FOREIGN_LAYERS: readonly (readonly [name: RegExp, what: string])[] = [
  [/(^|[./])(h[rzn]\.kernel|w_[hi]|gru_cell[./].*)$/, "weights of a GRU"],
];

/** Values of a setting that leave the cell as it is; null (it was not given) always does. */
const SETTINGS: readonly {
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
const HOLDERS = /^(config|attributes|attrs|settings|metadata|__metadata__)$/;

/** Everything that says that the tensors below a prefix are not, or not only, this cell. */
export function refusals({ prefix, tensors }: Pick<Candidate, "prefix" | "tensors">, weights: Weights): Problem[] {
  const own = [...tensors.values()];
  return [
    ...weights.tensors.flatMap((tensor) => (own.includes(tensor) ? [] : foreignTensor(tensor, prefix, weights.file))),
    ...foreignTypes(own, weights.file),
    ...foreignSettings(prefix, weights),
  ];
}

/** Weights of another recurrent layer, found by name anywhere. */
export function foreignLayers({ tensors, file }: Weights): Problem[] {
  for (const { name } of tensors) {
    const what = FOREIGN_LAYERS.find(([pattern]) => pattern.test(name))?.[1];
    if (what) return [unsupported(`${what}, expected those of an LSTM`, name, file)];
  }
  return [];
}

/** Weights of four gates whose U [gates·H × H] has another number of gates. */
export function otherGates({ layout, tensors }: Candidate, file: string | null): Problem[] {
  for (const [row, { name, shape }] of tensors) {
    const axes = row.part === "U" && row.gates.length === 4 ? axesOf(layout, row, shape) : null;
    if (axes === null || axes.inputs === null) continue;
    const what = { [axes.inputs]: "a simple RNN (H)", [3 * axes.inputs]: "a GRU (3H)" }[axes.outputs];
    const message = `${shape.join(" × ")}, the shape of ${what}, expected the 4H of an LSTM`;
    if (what) return [unsupported(message, name, file)];
  }
  return [];
}

/** A kernel and a recurrent kernel under names that say nothing, both with the same other number of gates. */
export function bareOtherGates(candidate: Candidate, file: string | null): Problem[] {
  const { layout, tensors } = candidate;
  const found = [...tensors].map(([row, { shape }]) => (row.part === "b" ? null : axesOf(layout, row, shape)?.outputs));
  const [W, U] = found;
  return layout.bare && U !== undefined && W === U ? otherGates(candidate, file) : [];
}

/** Arrays of Python objects. */
export function pickles({ tensors, file }: Weights): Problem[] {
  return foreignTypes(
    tensors.filter(({ type }) => isPickled(type)),
    file,
  );
}

function foreignTensor({ name }: Tensor, prefix: string, file: string | null): Problem[] {
  if (prefix !== "" && !name.startsWith(`${prefix}.`) && !name.startsWith(`${prefix}/`)) return [];
  const below = name
    .slice(prefix === "" ? 0 : prefix.length + 1)
    .replaceAll("/", ".")
    .replace(/:\d+$/, "");
  const found = FOREIGN_TENSORS.find(([pattern]) => pattern.test(below));
  return found ? [unsupported(`${found[1]}; ${found[2] ?? PLAIN}`, name, file)] : [];
}

function foreignTypes(tensors: readonly Tensor[], file: string | null): Problem[] {
  return tensors.flatMap(({ name, type }) => {
    const fault = typeFault(type);
    return fault === null ? [] : [unsupported(fault, name, file)];
  });
}

function foreignSettings(prefix: string, { tensors, settings, file }: Weights): Problem[] {
  // numpy and MATLAB keep a single number as an array of one
  const numbers = tensors.filter(({ shape }) => shape.every((length) => length === 1));
  const problems: Problem[] = [];
  const look = (name: string, read: () => unknown) => {
    for (const { keys, harmless, what } of SETTINGS) {
      if (!concerns(name, keys, prefix)) continue;
      const value = read();
      if (value !== null && !harmless.test(String(value))) problems.push(setting(name, what, value, file));
    }
  };
  for (const { name, value } of settings) {
    if (keysOf(name).includes("activations")) problems.push(...foreignActivations(name, value, prefix, file));
    else look(name, () => value);
  }
  for (const tensor of numbers) look(tensor.name, () => tensor.values()[0]);
  return problems;
}

/** ONNX: Sigmoid, Tanh, Tanh for each direction. */
function foreignActivations(name: string, value: unknown, prefix: string, file: string | null): Problem[] {
  if (!concerns(name, /^activations$/, prefix) || value === null) return [];
  const found = (Array.isArray(value) ? value : [value]).map(String);
  const isPlain = found.every((text, k) => text.toLowerCase() === (k % 3 === 0 ? "sigmoid" : "tanh"));
  return isPlain ? [] : [setting(name, "other activations", found.join(", "), file)];
}

/**
 * Whether a setting is about the cell below the prefix: it stands beside or above it, or in a config there. What only
 * recurrent layers have concerns it wherever it stands.
 */
export function concerns(name: string, pattern: RegExp, prefix: string): boolean {
  const keys = keysOf(name);
  const at = keys.findIndex((key) => pattern.test(key));
  if (at < 0) return false;
  if (/^recurrent/i.test(keys[at])) return true;
  const above = keys.slice(0, at);
  if (above.length > 0 && HOLDERS.test(above[above.length - 1])) above.pop();
  const cell = keysOf(prefix);
  return above.every((key, k) => key === cell[k]);
}

function keysOf(name: string): string[] {
  return name === "" ? [] : name.split(/[./]/);
}

function setting(name: string, what: string, value: unknown, file: string | null): Problem {
  const isHard = typeof value === "string" && /hard_?sigmoid/i.test(value);
  const advice = isHard
    ? "its slope is 1/6 in Keras 3, 0.2 in older Keras, TensorFlow.js and ONNX; expected sigmoid: train or export with it"
    : `${PLAIN}, with sigmoid gates and tanh`;
  return unsupported(`${describeValue(value)}, ${what}; ${advice}`, name, file);
}

function unsupported(message: string, name: string, file: string | null): Problem {
  return { code: "unsupported", file, place: excerpt(name), message };
}
