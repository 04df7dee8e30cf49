import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Attributes } from "../hdf5/attribute.ts";
import type { Dataset } from "../hdf5/dataset.ts";
import type { Hdf5 } from "../hdf5/file.ts";

/** Several files as the one that they are parts of. @throws {DlstmError} duplicate-key, where two have the same array. */
export function mergedShards(shards: readonly Hdf5[]): Hdf5 {
  const groups = new Map<string, Attributes>();
  const tensors = new Map<string, Dataset>();
  for (const shard of shards) {
    for (const [path, attributes] of shard.groups) {
      // a group stands in every shard, its name only in the first
      const known = groups.get(path);
      if (known === undefined || known.text("name") === null) groups.set(path, attributes);
    }
    for (const tensor of shard.tensors) {
      if (tensors.has(tensor.name)) {
        throw failure("duplicate-key", "stands in two shards, expected one", { place: excerpt(tensor.name) });
      }
      tensors.set(tensor.name, tensor);
    }
  }
  return { groups, tensors: [...tensors.values()] };
}
