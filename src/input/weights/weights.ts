import { inFile } from "../../errors.ts";
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

/**
 * What a file holds, by a reader that knows no file's name: its problems get it here, and those of numbers that are read
 * later too.
 * @throws {DlstmError} what `read` throws
 */
export function weightsIn(file: string | null, read: () => Omit<Weights, "file">): Weights {
  const { tensors, settings } = inFile(file, read);
  const named = tensors.map((tensor) => ({ ...tensor, values: () => inFile(file, () => tensor.values()) }));
  return { file, tensors: named, settings };
}
