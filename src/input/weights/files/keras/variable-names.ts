/**
 * The layout of Keras 3, and of .keras by Keras 2.12: groups that are called by class and order, or by attribute, each with its
 * arrays as vars/0, vars/1, …. layers/lstm_1/cell/vars/0 is second/kernel where the layer's name is `second`.
 */

import { addTo } from "../../../groups.ts";
import type { Tensor } from "../../tensor.ts";
import type { Hdf5 } from "../hdf5/file.ts";
import type { ModelLayer } from "./model-config.ts";
import { numberOf, type Placed, renamed, VARIABLES } from "./names.ts";

/** What holds the layers of a model; both names are Keras' own. */
const CONTAINERS = ["layers", "_layer_checkpoint_dependencies"];

export function hasVariables({ groups }: Hdf5): boolean {
  return ["vars", ...CONTAINERS].some((name) => groups.has(name));
}

/** All weights but an optimiser's. @param layers of the configuration, in their order */
export function namedByVariables(file: Hdf5, layers: readonly ModelLayer[]): Tensor[] {
  const children = childrenOf(file);
  const labels = new Map<string, string>();
  labelByOrder("", layers, children, labels);
  for (const [path, attributes] of file.groups) {
    const name = path.endsWith("/vars") ? attributes.text("name") : null;
    if (name !== null && name !== "") labels.set(path.slice(0, -"/vars".length), name);
  }
  const cells = cellNumbers(children);
  const arrays = arraysByGroup(file.tensors);
  const placed: Placed[] = [];
  for (const [group, tensors] of arrays) {
    const keys = group === null ? null : keysOf(group, labels, cells);
    const names = keys !== null && isRecurrent(keys, group ?? "", tensors) ? VARIABLES : null;
    for (const tensor of tensors) {
      const at = tensor.name.slice(tensor.name.lastIndexOf("/") + 1);
      const variable = names?.[Number(at)];
      const own = variable === undefined ? ["vars", at] : [variable];
      placed.push({ tensor, keys: keys === null ? tensor.name.split("/") : [...keys, ...own] });
    }
  }
  return renamed(placed);
}

/** The arrays below each `vars` by the group that has it; null: all others. */
function arraysByGroup(tensors: readonly Tensor[]): Map<string | null, [Tensor, ...Tensor[]]> {
  const found = new Map<string | null, [Tensor, ...Tensor[]]>();
  for (const tensor of tensors) {
    if (tensor.name.startsWith("optimizer/")) continue;
    const group = /^(.*)\/vars\/\d{1,6}$/s.exec(tensor.name)?.[1] ?? null;
    addTo(found, group, tensor);
  }
  return found;
}

/** Two kernels that give as many numbers, in a cell or in the shapes of an LSTM; the bias may be CuDNN's two. */
function isRecurrent(keys: readonly string[], group: string, tensors: readonly Tensor[]): boolean {
  const [kernel, recurrent, bias] = VARIABLES.map((_, k) => tensors.find(({ name }) => name.endsWith(`/vars/${k}`)));
  if (kernel === undefined || recurrent === undefined || tensors.length > (bias === undefined ? 2 : 3)) return false;
  const axes = recurrent.shape.length;
  if (axes < 2 || axes !== kernel.shape.length || recurrent.shape.at(-1) !== kernel.shape.at(-1)) return false;
  // other cells have the same names, and are refused by their shapes
  if (/(^|\/)cell(s\/[^/]+)?$/.test(group) || /(lstm|gru|rnn)/i.test(keys.at(-1) ?? "")) return true;
  const [hidden, outputs] = recurrent.shape;
  return axes === 2 && outputs === 4 * hidden && (bias === undefined || bias.shape.length === 1);
}

/** The names of the layers, and the attributes of models, down to a group. */
function keysOf(group: string, labels: ReadonlyMap<string, string>, cells: ReadonlyMap<string, number>): string[] {
  const segments = group.split("/");
  return segments.flatMap((segment, k) => {
    const path = segments.slice(0, k + 1).join("/");
    if (CONTAINERS.includes(segment)) return [];
    // what is called by class and order, or by what it is of its layer, has a name; an attribute is one
    const isCalled =
      CONTAINERS.includes(segments[k - 1]) || (k > 0 && /^(cell|layer|forward_layer|backward_layer)$/.test(segment));
    const label = (isCalled ? labels.get(path) : undefined) ?? segment;
    // one of several cells, by its number; a stack of cells is itself the cell of its layer
    if (segments[k - 1] === "cells") return [String(cells.get(path) ?? segment)];
    if (segment === "cell" && k > 0)
      return segments[k + 1] === "cells" || /^(lstm_)?cell(_\d+)?$/.test(label) ? [] : [label];
    if (segment === "forward_layer" || segment === "backward_layer") {
      return [label.startsWith(segment.replace("layer", "")) ? label : segment];
    }
    return [label];
  });
}

/** The groups within each group. */
type Children = ReadonlyMap<string, readonly string[]>;

function childrenOf({ groups }: Hdf5): Children {
  const children = new Map<string, [string, ...string[]]>();
  for (const path of groups.keys()) {
    if (path === "") continue;
    const at = path.lastIndexOf("/");
    const parent = path.slice(0, Math.max(0, at));
    addTo(children, parent, path.slice(at + 1));
  }
  return children;
}

/** The numbers of the cells that one layer has of several, in the order of their names' numbers. */
function cellNumbers(children: Children): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const [parent, groups] of children) {
    if (!/(^|\/)cells$/.test(parent)) continue;
    const order = groups.toSorted((a, b) => numberOf(a) - numberOf(b));
    for (const [k, group] of order.entries()) numbers.set(`${parent}/${group}`, k);
  }
  return numbers;
}

/** The k-th group of a class, by its number, is the k-th layer of that class in the configuration. */
function labelByOrder(
  prefix: string,
  layers: readonly ModelLayer[],
  children: Children,
  labels: Map<string, string>,
): void {
  const byClass = new Map<string, [ModelLayer, ...ModelLayer[]]>();
  for (const layer of layers) addTo(byClass, snakeCase(layer.className), layer);
  for (const container of CONTAINERS) {
    const parent = prefix === "" ? container : `${prefix}/${container}`;
    const byName = new Map<string, [string, ...string[]]>();
    for (const group of children.get(parent) ?? []) addTo(byName, group.replace(/_\d{1,9}$/, ""), group);
    for (const [name, groups] of byName) {
      const own = byClass.get(name) ?? [];
      groups.sort((a, b) => numberOf(a) - numberOf(b));
      for (const [k, group] of groups.slice(0, own.length).entries()) {
        if (own[k].name !== "") labels.set(`${parent}/${group}`, own[k].name);
        labelByOrder(`${parent}/${group}`, own[k].layers, children, labels);
      }
    }
  }
}

/** As Keras makes a group's name of a class: CuDNNLSTM → cu_dnnlstm. */
function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
