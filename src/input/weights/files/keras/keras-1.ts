/** The twelve arrays of an LSTM of Keras 1 as the three of Keras 2, as Keras 2 itself reads them: blocks i, f, c, o. */

import { copyStrided } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

const GATES = ["i", "f", "c", "o"] as const;

/** What Keras 1 calls them, and Keras 2; a layer with consume_less="gpu" has one array of each, in the same order. */
const PARTS = [
  ["W", "kernel"],
  ["U", "recurrent_kernel"],
  ["b", "bias"],
] as const;

/** `lstm_3/lstm_3_W_i`, … → `lstm_3/kernel`; tensors of other names and layers stay. */
export function joinedGates(tensors: readonly Tensor[]): Tensor[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const replaced = new Map<Tensor, readonly Tensor[]>();
  for (const tensor of tensors) {
    const stem = /^(.*)_U(_i)?$/s.exec(tensor.name);
    if (stem === null) continue;
    const suffixes = stem[2] === undefined ? [""] : GATES.map((gate) => `_${gate}`);
    const parts = PARTS.map(([part]) => suffixes.map((suffix) => byName.get(`${stem[1]}_${part}${suffix}`)));
    if (!parts.every((part): part is Tensor[] => part.every((one) => one !== undefined))) continue;
    const prefix = prefixOf(stem[1]);
    for (const one of parts.flat()) replaced.set(one, []);
    replaced.set(
      tensor,
      PARTS.map(([, name], k) => join(`${prefix}/${name}`, parts[k])),
    );
  }
  return tensors.flatMap((tensor) => replaced.get(tensor) ?? [tensor]);
}

/** The layer's name stands twice, but for the halves of a wrapper. */
function prefixOf(stem: string): string {
  const keys = stem.split("/");
  return keys.at(-1) === keys.at(-2) ? keys.slice(0, -1).join("/") : stem;
}

/** Arrays beside each other along their last axis. Where they do not fit, the shape tells: the first one's, times as many. */
function join(name: string, parts: readonly Tensor[]): Tensor {
  const [first] = parts;
  const [rows, columns] = first.shape.length === 1 ? [1, first.shape[0]] : [first.shape[0], first.shape.at(-1) ?? 1];
  const odd = parts.find(({ shape, type }) => shape.join() !== first.shape.join() || type !== first.type);
  if (odd !== undefined || parts.length === 1)
    return { ...(odd ?? first), name: odd?.name ?? name, values: () => (odd ?? first).values() };
  return {
    name,
    type: first.type,
    shape: [...first.shape.slice(0, -1), parts.length * columns],
    values() {
      const out = new Float64Array(parts.length * rows * columns);
      for (const [k, part] of parts.entries()) {
        const view = { offset: 0, shape: [rows, columns], strides: [columns, 1] };
        copyStrided(part.values(), view, out, { offset: k * columns, strides: [parts.length * columns, 1] });
      }
      return out;
    },
  };
}
