import type { Contents } from "../weights.ts";
import type { OpenedFile } from "./opened.ts";

/** Reads a file that is of its kind: tensors, whose numbers are read by position when they are asked for, settings, notes. */
export type Reader = (file: OpenedFile) => Contents | Promise<Contents>;

interface Told {
  /** As messages name it: `safetensors`, `a GGUF file`. */
  readonly name: string;
  /** Whether a file is of this kind where it is of none above it in the table. */
  readonly is: (file: OpenedFile) => boolean;
}

/** A kind of file that is read. */
export interface ReadKind extends Told {
  /** Its reader, which is loaded only where there is such a file. */
  readonly reader: () => Promise<Reader>;
}

/** A kind of file that is told and not read. */
export interface RefusedKind extends Told {
  /** How to write a file that is read; FILE stands for this one's name in a line of Python. */
  readonly remedy: string;
}

export type Kind = ReadKind | RefusedKind;

/** The name of JSON that is nested tensors and nothing else: the cells in it are read as those of a stream are. */
export const PLAIN_JSON = "JSON";
