import type { Tensor } from "./tensor.ts";

/** Anything in a file that is no number: `recurrent_activation`, an attribute of a node. */
export interface Setting {
  readonly name: string;
  readonly value: unknown;
}

/** What a file of weights holds. */
export interface Weights {
  /** How messages name it. */
  readonly file: string | null;
  readonly tensors: readonly Tensor[];
  readonly settings: readonly Setting[];
}
