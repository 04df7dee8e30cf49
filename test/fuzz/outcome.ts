import { DlstmError } from "../../src/errors.ts";
import { entryCount } from "../../src/input/weights/files/shape.ts";
import { byteSource } from "../helpers/byte-source.ts";
import { Dice } from "./mutate.ts";
import type { Reader } from "./readers.ts";

/** A second is what a hang costs; 16 MiB is what zlib and a few arrays of small files cost. */
const MOST_MILLISECONDS = 1000;
const MOST_BYTES = 1 << 24;

export interface Outcome {
  /** `read`, or the code of the one error. */
  readonly kind: string;
  /** What must never be; null if all is well. */
  readonly violation: string | null;
  readonly milliseconds: number;
}

/** What becomes of the reader's file of this seed. */
export async function outcomeOf(reader: Reader, seed: number): Promise<Outcome> {
  const bytes = reader.file(new Dice(seed));
  const before = process.memoryUsage().arrayBuffers;
  const start = performance.now();
  let kind = "read";
  let violation: string | null = null;
  try {
    violation = await readAll(reader, bytes);
  } catch (error) {
    if (error instanceof DlstmError) kind = error.problems[0].code;
    else violation = String(error);
  }
  const milliseconds = performance.now() - start;
  const allocated = process.memoryUsage().arrayBuffers - before;
  if (milliseconds > MOST_MILLISECONDS) violation ??= `${milliseconds.toFixed(0)} ms`;
  if (allocated > MOST_BYTES) violation ??= `${allocated} bytes allocated for a file of ${bytes.length}`;
  return { kind, violation, milliseconds };
}

/** Every value of every tensor; one that is refused does not keep the others from being read. */
async function readAll(reader: Reader, bytes: Uint8Array): Promise<string | null> {
  let refused: unknown = null;
  for (const tensor of await reader.read(byteSource(bytes))) {
    try {
      const values = tensor.values();
      if (values.length !== entryCount(tensor.shape)) return `${values.length} values for [${tensor.shape}]`;
      if (!values.every(Number.isFinite)) return "a value that is not finite";
    } catch (error) {
      if (!(error instanceof DlstmError)) throw error;
      refused ??= error;
    }
  }
  if (refused !== null) throw refused;
  return null;
}
