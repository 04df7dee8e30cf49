import { DlstmError, failure, type Problem } from "../../src/errors.ts";
import type { ByteSource, Tensor } from "../../src/input/weights/tensor.ts";
import { weightsIn } from "../../src/input/weights/weights.ts";

/** Bytes in memory; a read beyond them is a bug of the reader's and no DlstmError. Counts what is read. */
export interface MemorySource extends ByteSource {
  bytesRead: number;
}

/** @param beside files of the same folder and of folders below, by their names */
export function byteSource(
  bytes: Uint8Array,
  file = "weights",
  beside: Readonly<Record<string, Uint8Array>> = {},
): MemorySource {
  return {
    file,
    beside(parts) {
      const name = parts.join("/");
      if (!Object.hasOwn(beside, name)) throw failure("not-found", "no such file", { file: name });
      return byteSource(beside[name], name);
    },
    size: bytes.length,
    bytesRead: 0,
    read(start, length) {
      const inside = Number.isInteger(start) && Number.isInteger(length) && start >= 0 && length >= 0;
      if (!inside || start + length > bytes.length) {
        throw new RangeError(`read ${length} bytes from ${start} of ${bytes.length}`);
      }
      this.bytesRead += length;
      return bytes.subarray(start, start + length);
    },
  };
}

/** The first problem of the error that a run ends with; null where it ends well. */
export function problemOf(run: () => unknown): Problem | null {
  try {
    run();
  } catch (error) {
    if (error instanceof DlstmError) return error.problems[0];
    throw error;
  }
  return null;
}

/** The same of what takes a while. */
export async function laterProblemOf(run: Promise<unknown>): Promise<Problem | null> {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return problemOf(() => {
    if (error !== null) throw error;
  });
}

/** What a reader of files makes of bytes, as it goes through the door: problems have the file's name. */
export function readTensors(source: ByteSource, read: (source: ByteSource) => readonly Tensor[]): readonly Tensor[] {
  return weightsIn(source.file, () => ({ tensors: read(source), settings: [], notes: [] })).tensors;
}
