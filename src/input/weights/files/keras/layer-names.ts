/**
 * The layout of Keras 1 and 2, and of Keras 3's .h5: a group for each layer, with the names of its weights in their order.
 * model_weights/first/sequential_2/first/lstm_cell/kernel:0 is first/kernel:0.
 */

import type { Attributes } from "../hdf5/attribute.ts";
import type { Hdf5 } from "../hdf5/file.ts";
import { type Placed, renamed } from "./names.ts";

/** The group that holds those of the layers; null: the file has another layout. */
export function layerRoot({ groups }: Hdf5): string | null {
  if (groups.has("model_weights")) return "model_weights/";
  return listed(groups.get(""), "layer_names") === null ? null : "";
}

/** All weights of layers; those of an optimiser stand elsewhere. */
export function namedByLayers({ groups, tensors }: Hdf5, root: string) {
  const placed: Placed[] = [];
  const cells = new CellOrder();
  for (const tensor of tensors) {
    if (!tensor.name.startsWith(root) || tensor.name.startsWith("optimizer_weights/")) continue;
    const [layer = "", ...rest] = tensor.name.slice(root.length).split("/");
    const keys = [layer, ...withoutLayer(rest, layer)];
    const names = cells.isStack(keys) ? listed(groups.get(root + layer), "weight_names") : null;
    for (const name of names ?? []) cells.add([layer, ...withoutLayer(name.split("/"), layer)]);
    cells.add(keys);
    placed.push({ tensor, keys });
  }
  return renamed(placed.map(({ tensor, keys }) => ({ tensor, keys: withoutCell(cells.numbered(keys)) })));
}

/** What holds the cells of one layer; numbered where a session made several. */
const STACKED = /^stacked_rnn_cells(_\d+)?$/;

/** The names of weights begin with those of the model and of the layer; TensorFlow 1 numbered the latter anew: lstm_1_1. */
function withoutLayer(keys: readonly string[], layer: string): readonly string[] {
  const at = keys.indexOf(layer);
  if (at >= 0 && at < keys.length - 1) return keys.slice(at + 1);
  return keys.length > 1 && keys[0].replace(/_\d+$/, "") === layer ? keys.slice(1) : keys;
}

/** The cell of a layer has no name that anybody gave it. */
function withoutCell(keys: readonly string[]): readonly string[] {
  const isCell = keys.length > 2 && /^lstm_cell(_\d+)?$/.test(keys.at(-2) ?? "");
  return isCell ? [...keys.slice(0, -2), ...keys.slice(-1)] : keys;
}

/** The cells that one layer has of several, in the order of its weights, which is not that of their numbers. */
class CellOrder {
  readonly #cells = new Map<string, Map<string, number>>();

  /** Whether the keys are those of a weight in a stack whose cells are not known yet. */
  isStack(keys: readonly string[]): boolean {
    const at = keys.findIndex((key) => STACKED.test(key));
    return at >= 0 && !this.#cells.has(keys.slice(0, at).join("/"));
  }

  add(keys: readonly string[]): void {
    const at = keys.findIndex((key) => STACKED.test(key));
    if (at < 0 || at + 2 >= keys.length) return;
    const above = keys.slice(0, at).join("/");
    const cells = this.#cells.get(above) ?? new Map<string, number>();
    this.#cells.set(above, cells);
    if (!cells.has(keys[at + 1])) cells.set(keys[at + 1], cells.size);
  }

  /** The keys with the cell's number in place of its name. */
  numbered(keys: readonly string[]): readonly string[] {
    const at = keys.findIndex((key) => STACKED.test(key));
    const number = at < 0 ? undefined : this.#cells.get(keys.slice(0, at).join("/"))?.get(keys[at + 1]);
    return number === undefined ? keys : [...keys.slice(0, at), "cells", String(number), ...keys.slice(at + 2)];
  }
}

/** A list of names, in one attribute or, where it is long, in several: weight_names0, weight_names1, …. */
function listed(attributes: Attributes | undefined, name: string): readonly string[] | null {
  if (attributes === undefined) return null;
  const whole = attributes.texts(name);
  if (whole !== null) return whole;
  const parts: string[] = [];
  for (let k = 0; ; k++) {
    const part = attributes.texts(`${name}${k}`);
    if (part === null) return k === 0 ? null : parts;
    parts.push(...part);
  }
}
