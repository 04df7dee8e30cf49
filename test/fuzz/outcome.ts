import { DlstmError } from "../../src/errors.ts";
import { entryCount } from "../../src/input/weights/files/shape.ts";
import type { ByteSource } from "../../src/input/weights/tensor.ts";
import { byteSource } from "../helpers/byte-source.ts";
import { Dice } from "./mutate.ts";
import type { Reader } from "./readers.ts";

/** What zlib and a few arrays of small files cost. */
const MOST_BYTES = 1 << 24;
/** How often a file may be read in all: its directory, its headers and its values overlap. */
const MOST_READINGS = 8;

export interface Outcome {
  /** `read`, or the code of the one error. */
  readonly kind: string;
  /** What must never be; null if all is well. */
  readonly violation: string | null;
  /** How long it took, for who measures; no verdict depends on it. */
  readonly milliseconds: number;
  /** How often the file was read, its length being once. */
  readonly readings: number;
}

/** What becomes of the reader's file of this seed. */
export async function outcomeOf(reader: Reader, seed: number): Promise<Outcome> {
  const bytes = reader.file(new Dice(seed));
  const before = process.memoryUsage().arrayBuffers;
  const start = performance.now();
  let kind = "read";
  let violation: string | null = null;
  const source = byteSource(bytes);
  try {
    violation = await readAll(reader, source);
  } catch (error) {
    if (error instanceof DlstmError) kind = error.problems[0].code;
    else violation = String(error);
  }
  const milliseconds = performance.now() - start;
  const allocated = process.memoryUsage().arrayBuffers - before;
  const readings = source.bytesRead / Math.max(1, bytes.length);
  if (readings > MOST_READINGS) violation ??= `${source.bytesRead} bytes read of a file of ${bytes.length}`;
  if (allocated > MOST_BYTES) violation ??= `${allocated} bytes allocated for a file of ${bytes.length}`;
  return { kind, violation, milliseconds, readings };
}

/** Every value of every tensor; one that is refused does not keep the others from being read. */
async function readAll(reader: Reader, source: ByteSource): Promise<string | null> {
  let refused: unknown = null;
  for (const tensor of await reader.read(source)) {
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
