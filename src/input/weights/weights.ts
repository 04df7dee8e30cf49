import { inFile } from "../../errors.ts";
import type { Taker, Tensor } from "./tensor.ts";

/** Anything in a file that is no number: `recurrent_activation`, an attribute of a node. */
export interface Setting {
  readonly name: string;
  readonly value: unknown;
}

/** What a reader finds in a file, whose name it does not know. */
export interface Contents {
  readonly tensors: readonly Tensor[];
  readonly settings: readonly Setting[];
  /** What people have to know of the file beside what is read of it, a sentence each; none of it is an error. */
  readonly notes: readonly string[];
}

/** What a file of weights holds. */
export interface Weights extends Contents {
  /** How messages name it. */
  readonly file: string | null;
}

/**
 * What a file holds, by a reader that knows no file's name: its problems get it here, and those of numbers that are read
 * later too.
 * @throws {DlstmError} what `read` throws
 */
export function weightsIn(file: string | null, read: () => Contents): Weights {
  const { tensors, ...rest } = inFile(file, read);
  const named = tensors.map((tensor) => ({
    ...tensor,
    values: (taker?: Taker) => inFile(file, () => tensor.values(taker)),
  }));
  return { ...rest, file, tensors: named };
}

/** The same by a reader that may have to wait. */
export async function weightsFrom(file: string | null, read: () => Contents | Promise<Contents>): Promise<Weights> {
  let found: () => Contents;
  try {
    const contents = await read();
    found = () => contents;
  } catch (error) {
    found = () => {
      throw error;
    };
  }
  return weightsIn(file, found);
}

/** Tensors of a file that says nothing else. */
export function onlyTensors(tensors: readonly Tensor[]): Contents {
  return { tensors, settings: [], notes: [] };
}
