/** A tensor under the name that Keras' own code has for it: the names of its layers, then kernel, recurrent_kernel or bias. */

import type { Tensor } from "../../tensor.ts";

/** Where a tensor stands in the model. */
export interface Placed {
  readonly tensor: Tensor;
  readonly keys: readonly string[];
}

/** The arrays of an LSTM in the order in which Keras makes them. */
export const VARIABLES = ["kernel", "recurrent_kernel", "bias"] as const;

/** The tensors under their names; where two would have the same one, as the file has them. */
export function renamed(placed: readonly Placed[]): Tensor[] {
  const counts = new Map<string, number>();
  const names = placed.map(({ keys }) => keys.join("/"));
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return placed.map(({ tensor }, k) => (counts.get(names[k]) === 1 ? { ...tensor, name: names[k] } : tensor));
}

/** `lstm_10` → 10, `lstm` → 0: the order in which Keras named them. */
export function numberOf(name: string): number {
  return Number(/_(\d{1,9})$/.exec(name)?.[1] ?? 0);
}
