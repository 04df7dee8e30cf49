/** Weights of ONNX under the names of the operator's inputs, which a model's own names seldom tell. */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Tensor } from "../../tensor.ts";
import { type Contents, type Weights, weightsIn } from "../../weights.ts";
import { COMPUTED, typeFault } from "../number-type.ts";
import type { OnnxModel } from "./model.ts";

/** The inputs of the operator LSTM by position, but for X and sequence_lens. */
const INPUTS = [null, "W", "R", "B", null, "initial_h", "initial_c", "P"];
/** A state that is not constant comes from the caller, or from a layer before. */
const STATES: readonly (string | null | undefined)[] = ["initial_h", "initial_c"];

/** The tensors of every LSTM node as W, R, B, P, initial_h, initial_c below the node's name, its attributes beside them. */
export function onnxWeights(model: OnnxModel, file: string | null): Weights {
  return weightsIn(file, () => operatorInputs(model));
}

/** The same, not knowing the file. */
export function operatorInputs({ tensors, lstms }: OnnxModel): Contents {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const names = new Set(lstms.map(({ name }) => name));
  const found = lstms.map((node, k) => {
    // nameless nodes, and names that stand twice, are told by their number
    const prefix = lstms.length === 1 || (names.size === lstms.length && !names.has("")) ? node.name : `lstm_${k}`;
    const name = (key: string) => (prefix === "" ? key : `${prefix}.${key}`);
    const own = node.inputs.flatMap((input, at) => {
      const tensor = byName.get(input);
      const role = INPUTS[at];
      if (!role || input === "" || (STATES.includes(role) && !tensor)) return [];
      // left out it would pass for a bias or peepholes that the node has not
      return [tensor ? { ...tensor, name: name(role), values: () => tensor.values() } : computed(name(role))];
    });
    const attributes = { direction: "forward", ...node.attributes };
    const settings = Object.entries(attributes).map(([key, value]) => ({ name: name(key), value }));
    return { own, settings };
  });
  return {
    tensors: found.flatMap(({ own }) => own),
    settings: found.flatMap(({ settings }) => settings),
    notes: [],
  };
}

function computed(name: string): Tensor {
  const values = () => {
    throw failure("unsupported", typeFault(COMPUTED)!, { place: excerpt(name) });
  };
  return { name, shape: [], type: COMPUTED, values };
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
    return name === undefined ? tensor : { ...tensor, name, values: () => tensor.values() };
  });
  return { ...weights, tensors };
}
