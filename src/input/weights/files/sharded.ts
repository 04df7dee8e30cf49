/** model.safetensors.index.json, pytorch_model.bin.index.json, m.weights.json: which tensors stand in which of the files beside it. */

import { failure } from "../../../errors.ts";
import { describeValue, excerpt } from "../../excerpt.ts";
import type { ByteSource } from "../tensor.ts";
import type { Contents } from "../weights.ts";
import { besideOf } from "./beside.ts";
import { beginsAsLegacyTorch, beginsAsSafetensors } from "./first-bytes.ts";
import { findSuperblock } from "./hdf5/signature.ts";
import { readKerasShards } from "./keras/read.ts";
import { OpenedFile } from "./opened.ts";
import { readSafetensors } from "./safetensors.ts";
import { readTorchFile, readTorchLegacy } from "./torch/torch.ts";

/** Far above what models are cut into. */
const MOST_SHARDS = 4096;

/** The shards as the one file that they are parts of. @throws {DlstmError} what is wrong with any of them. */
export function readShards({ source, json }: OpenedFile): Contents {
  const { weight_map: map } = json as { weight_map: Readonly<Record<string, unknown>> };
  const tensors = Object.entries(map).map(([name, shards]) => [name, shardsOf(name, shards)] as const);
  const names = [...new Set(tensors.flatMap(([, shards]) => shards))];
  if (names.length > MOST_SHARDS)
    throw failure("too-large", `more than ${MOST_SHARDS} shards`, { place: "weight_map" });
  const shards = new Map(names.map((name) => [name, besideOf(source, name)]));
  const [first] = shards.values();
  if (first !== undefined && findSuperblock(first) !== null) return readKerasShards([...shards.values()]);
  return merged([...shards], new Map(tensors.map(([name, [shard]]) => [name, shard])));
}

function shardsOf(name: string, shards: unknown): readonly string[] {
  const list = typeof shards === "string" ? [shards] : shards;
  if (Array.isArray(list) && list.length > 0 && list.every((one): one is string => typeof one === "string"))
    return list;
  const message = `${describeValue(shards)}, expected names of files`;
  throw failure("shape", message, { place: `weight_map.${excerpt(name)}` });
}

/** Of each shard the tensors that the index says stand there. @throws {DlstmError} missing, where one does not. */
function merged(shards: readonly (readonly [string, ByteSource])[], index: ReadonlyMap<string, string>): Contents {
  const found = shards.map(([name, source]) => [name, contentsOf(source)] as const);
  const tensors = found.flatMap(([shard, contents]) =>
    contents.tensors.filter(({ name }) => index.get(name) === shard),
  );
  const there = new Set(tensors.map(({ name }) => name));
  for (const [name, shard] of index) {
    // left out it would pass for a bias that the layer has not
    if (!there.has(name))
      throw failure("missing", `not in ${excerpt(shard)}, where the index says it is`, { place: excerpt(name) });
  }
  return {
    tensors,
    settings: found.flatMap(([, { settings }]) => settings),
    notes: [...new Set(found.flatMap(([, { notes }]) => notes))],
  };
}

function contentsOf(source: ByteSource): Contents {
  const opened = new OpenedFile(source, undefined);
  if (beginsAsSafetensors(opened.first)) return { tensors: readSafetensors(source), settings: [], notes: [] };
  if (opened.hasMember(/(^|\/)data\.pkl$/)) return readTorchFile(opened);
  if (beginsAsLegacyTorch(opened.first)) return readTorchLegacy(opened);
  throw failure("unsupported", "expected a shard of safetensors, PyTorch or Keras", { file: source.file });
}
