/** What an HDF5 file holds, by Keras or not: tensors under the names of their layers, and what the configuration says of each. */

import type { Tensor } from "../../tensor.ts";
import type { Contents, Setting } from "../../weights.ts";
import type { Dataset } from "../hdf5/dataset.ts";
import { RAW } from "../hdf5/datatype.ts";
import type { Hdf5 } from "../hdf5/file.ts";
import { relaidCudnn } from "./cudnn.ts";
import { joinedGates } from "./keras-1.ts";
import { layerRoot, namedByLayers } from "./layer-names.ts";
import { type ModelConfig, type RecurrentLayer, readModelConfig } from "./model-config.ts";
import { hasVariables, namedByVariables } from "./variable-names.ts";

const NO_CONFIG: ModelConfig = { recurrent: [], layers: [], hasBfloat: false };

/**
 * @param config the configuration of the model, where it does not stand in the file itself
 * @throws {DlstmError} syntax, where the configuration is no JSON.
 */
export function kerasContents(file: Hdf5, config: ModelConfig | null = null): Contents {
  const own = file.groups.get("")?.text("model_config") ?? null;
  const known = config ?? (own === null ? NO_CONFIG : readModelConfig(own, "model_config"));
  const { tensors, layers } = relaidCudnn(joinedGates(namedTensors(withBfloat(file, known), known)));
  const cudnn = layers.map((layer) => ({ name: `${layer}/recurrent_activation`, value: "sigmoid" }));
  return { tensors, settings: [...cudnn, ...settingsOf(tensors, known.recurrent)], notes: [] };
}

/** Raw bytes are bfloat16 where the configuration speaks of it: .h5 does not mark them. */
function withBfloat({ groups, tensors }: Hdf5, { hasBfloat }: ModelConfig): Hdf5 {
  const read = (tensor: Dataset) => (hasBfloat && tensor.type === RAW ? { ...tensor, ...tensor.bfloat() } : tensor);
  return { groups, tensors: tensors.map(read) };
}

function namedTensors(file: Hdf5, { layers, recurrent }: ModelConfig): readonly Tensor[] {
  const root = layerRoot(file);
  if (root !== null) return withHalves(namedByLayers(file, root), recurrent);
  return hasVariables(file) ? namedByVariables(file, layers) : file.tensors;
}

/** The backward halves that were given a name of their own, under the one that tells what they are. */
function withHalves(tensors: readonly Tensor[], recurrent: readonly RecurrentLayer[]): readonly Tensor[] {
  const given = new Map(
    recurrent.flatMap(({ keys, givenKeys }) => (givenKeys ? [[givenKeys.join("/"), keys] as const] : [])),
  );
  return tensors.map((tensor) => {
    const own = tensor.name.split("/");
    const at = given.size === 0 ? -1 : own.findIndex((_, k) => given.has(own.slice(0, k).join("/")));
    const half = given.get(own.slice(0, Math.max(at, 0)).join("/"));
    if (half === undefined) return tensor;
    return { ...tensor, name: [...half, ...own.slice(at)].join("/") };
  });
}

/** What the configuration says of each layer that has a recurrent kernel. */
function settingsOf(tensors: readonly Tensor[], recurrent: readonly RecurrentLayer[]): Setting[] {
  const byName = new Map(recurrent.map((layer) => [layer.keys.join("/"), layer]));
  const byHalf = new Map(recurrent.map((layer) => [layer.keys.map(halfOf).join("/"), layer]));
  const prefixes = tensors.flatMap(({ name }) => /^(.*)\/recurrent_kernel(:0)?$/s.exec(name)?.[1] ?? []);
  // a half of a wrapper may have no name of its own
  const found = prefixes.map(
    (prefix) => byName.get(prefix) ?? (/_layer(\/|$)/.test(prefix) ? byHalf.get(prefix) : undefined),
  );
  const told = new Set(found);
  const left = recurrent.filter((layer) => !told.has(layer));
  const otherwise = strictest(left.length > 0 ? left : recurrent);
  return prefixes.flatMap((prefix, k) => {
    const layer = found[k] ?? otherwise;
    if (layer === undefined) return [];
    return [
      { name: `${prefix}/activation`, value: layer.activation },
      { name: `${prefix}/recurrent_activation`, value: layer.recurrentActivation },
      { name: `${prefix}/go_backwards`, value: layer.goBackwards },
    ];
  });
}

/** The attribute of a wrapper that holds a half: forward_lstm → forward_layer. */
function halfOf(key: string): string {
  return key.replace(/^(forward|backward)_.*$/s, "$1_layer");
}

/** Where nothing tells which layer it is: one that is not the plain cell, if there is any. */
function strictest(layers: readonly RecurrentLayer[]): RecurrentLayer | undefined {
  const isPlain = ({ activation, recurrentActivation }: RecurrentLayer) =>
    activation === "tanh" && recurrentActivation === "sigmoid";
  return layers.find((layer) => !isPlain(layer)) ?? layers[0];
}
