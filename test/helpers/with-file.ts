import { Readable, Writable } from "node:stream";
import { withSource } from "../../src/cli/source.ts";
import type { ByteSource } from "../../src/input/weights/tensor.ts";

/** What is read of a file on disk, and of those beside it. */
export function withFile<T>(path: string, use: (source: ByteSource) => Promise<T>, maxBytes?: number): Promise<T> {
  const context = { stdin: Readable.from([]), stdout: new Writable(), stderr: new Writable(), env: {} };
  return withSource(path, maxBytes, context, use);
}
