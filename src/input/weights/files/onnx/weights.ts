/** Weights of ONNX under the names of the operator's inputs, which a model's own names seldom tell. */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Tensor } from "../../tensor.ts";
import type { Contents, Weights } from "../../weights.ts";
import { lazyTensor } from "../floats.ts";
import { isFloatType, typeFault } from "../number-type.ts";
import { lstmAttributes } from "./attributes.ts";
import { type Constant, entriesOf } from "./constant.ts";
import type { OnnxFile } from "./file.ts";
import { Folder, type Unknown } from "./fold.ts";
import type { Graph } from "./graph.ts";
import { rejectMany } from "./node.ts";
import { storedConstant } from "./tensor.ts";
import type { Placed } from "./walk.ts";

/** The inputs of the operator LSTM by position, but for X and sequence_lens. */
const INPUTS = [null, "W", "R", "B", null, "initial_h", "initial_c", "P"];
/** Others may be left out, by no name in the node or in the call of the function that it stands in. */
const NEEDED: readonly string[] = ["W", "R"];
/** A state that is not constant comes from the caller, or from a layer before. */
const STATES: readonly (string | null | undefined)[] = ["initial_h", "initial_c"];

/**
 * The tensors of every LSTM node as W, R, B, P, initial_h, initial_c below the node's name, its attributes beside them. Nodes
 * that are the same cell, as those in the branches of an If are, have tensors of the same identity.
 * @throws {DlstmError} what is wrong with a node, or with what its weights are computed from.
 */
export function operatorInputs(lstms: readonly Placed[], file: OnnxFile): Contents {
  const folder = new Folder(file);
  const names = new Set(lstms.map(({ node }) => node.name));
  const isTold = lstms.length === 1 || (names.size === lstms.length && !names.has(""));
  // nameless nodes, and names that stand twice, are told by their number
  const found = lstms.map((placed, k) => inputsOf(placed, isTold ? placed.node.name : `lstm_${k}`, folder));
  return {
    tensors: found.flatMap(({ tensors }) => tensors),
    settings: found.flatMap(({ settings }) => settings),
    notes: [],
  };
}

function inputsOf({ node, scope }: Placed, prefix: string, folder: Folder): Omit<Contents, "notes"> {
  const below = (key: string) => (prefix === "" ? key : `${prefix}.${key}`);
  const folded = rejectMany(node.inputs, node.name).flatMap((input, at) => {
    const role = INPUTS[at];
    if (!role) return [];
    const value = scope.find(input);
    return value.kind === "absent" && !NEEDED.includes(role) ? [] : [{ role, input, is: folder.fold(value) }];
  });
  const attributes: Readonly<Record<string, unknown>> = {
    direction: "forward",
    ...lstmAttributes(scope.attributesOf(node)),
  };
  const same = folded.map(({ role, is }) => {
    // a state that is not told is taken as zero
    if (STATES.includes(role) && (typeof is === "string" || isZero(is))) return [role, "zero"];
    return [role, typeof is === "string" ? is : folder.identities.of(is)];
  });
  const tensors = folded.flatMap(({ role, input, is }): Tensor[] => {
    const identity = JSON.stringify([role, same, attributes]);
    if (typeof is !== "string") return [{ ...tensorOf(is, below(role)), identity }];
    const width = STATES.includes(role) ? scope.shapeOf(input).at(-1) : null;
    const isOther = typeof width === "number" && width !== attributes.hidden_size;
    // left out it would pass for a bias or peepholes that the node has not, or for a state of the node's own width
    return STATES.includes(role) && !isOther ? [] : [unknown(is, below(role), isOther ? [1, 1, width] : [])];
  });
  return { tensors, settings: Object.entries(attributes).map(([key, value]) => ({ name: below(key), value })) };
}

/** Far above the states of any batch that an exporter writes. */
const MOST_STATES = 2 ** 16;

function isZero(state: Constant): boolean {
  if (!isFloatType(state.type) || state.count > MOST_STATES) return false;
  return entriesOf(state).every((entry) => entry === 0);
}

/** The initialisers of a graph under their own names. */
export function initialisers({ tensors }: Graph, file: OnnxFile): Tensor[] {
  return [...tensors.values()].map((tensor) => tensorOf(storedConstant(tensor, file), tensor.name));
}

function tensorOf(constant: Constant, name: string): Tensor {
  const { shape, type } = constant;
  return lazyTensor({ name, shape, type }, () => {
    constant.check?.();
    return entriesOf(constant);
  });
}

function unknown(type: Unknown, name: string, shape: readonly number[]): Tensor {
  const values = () => {
    throw failure("unsupported", typeFault(type) ?? type, { place: excerpt(name) });
  };
  return { name, shape, type, values };
}

/**
 * Initialisers that PyTorch's exporter numbered (`onnx::LSTM_180`) as W, R, B where their shapes tell which is which:
 * B [directions × 8H], R [directions × 4H × H], and a W of another shape. Anything else stays as it is.
 */
export function nameByShape(weights: Weights): Weights {
  const own = weights.tensors.filter(({ name }) => /^onnx::LSTM_\d+$/.test(name));
  const biases = own.filter(({ shape }) => shape.length === 2);
  const matrices = own.filter(({ shape }) => shape.length === 3);
  const recurrent = matrices.filter(({ shape }) => shape[1] === 4 * shape[2]);
  if (own.length !== biases.length + 2 || biases.length > 1 || matrices.length !== 2 || recurrent.length !== 1)
    return weights;
  const names = new Map<Tensor, string>(matrices.map((tensor) => [tensor, tensor === recurrent[0] ? "R" : "W"]));
  for (const tensor of biases) names.set(tensor, "B");
  const tensors = weights.tensors.map((tensor) => {
    const name = names.get(tensor);
    return name === undefined ? tensor : { ...tensor, name };
  });
  return { ...weights, tensors };
}
