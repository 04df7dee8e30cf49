import { isObject } from "../../../objects.ts";

/** Whether JSON is what save_weights(max_shard_size=…) writes beside the shards. */
export function isShardIndex(json: unknown): boolean {
  const { weight_map: map, metadata } = (json ?? {}) as Readonly<Record<string, unknown>>;
  return isObject(map) && isObject(metadata) && "total_size" in metadata;
}
