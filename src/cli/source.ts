import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { failure } from "../errors.ts";
import { beginsAsJson, FIRST_BYTES } from "../input/json-file.ts";
import type { ByteSource } from "../input/weights/tensor.ts";
import type { Context } from "./context.ts";
import { readOpened, readStream, STDIN, tooLarge } from "./read.ts";
import { systemFailure } from "./system-error.ts";

/** Unless --max-bytes says otherwise. A JSON text of more characters does not fit a string. */
export const MOST_JSON = 512_000_000;
const MOST_BINARY = 2 ** 30;

/**
 * Opens a file for reading by position, so that a large one costs what is used of it, and closes it after use. Standard
 * input ("-"), pipes and devices are read whole.
 * @throws {DlstmError} not-found, io, or too-large: a regular file before it is read, a stream as soon as it exceeds.
 */
export async function withSource<T>(
  path: string,
  maxBytes: number | undefined,
  context: Context,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const limitOf = (first: Uint8Array) => maxBytes ?? (beginsAsJson(first) ? MOST_JSON : MOST_BINARY);
  // context.stdin only where it is read: looking at it opens a stream, a tenth of the whole start
  if (path === "-") return use(wholeSource(await readStream(context.stdin, limitOf), STDIN));
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, "r");
    return await use(sourceOf(descriptor, path, limitOf));
  } catch (error) {
    throw systemFailure(error, path);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

function sourceOf(descriptor: number, file: string, limitOf: (first: Uint8Array) => number): ByteSource {
  const status = fstatSync(descriptor);
  if (!status.isFile()) return wholeSource(readOpened(descriptor, file, limitOf), file);
  const { size } = status;
  const read = (start: number, length: number, room?: Uint8Array) => {
    const buffer = room?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
    for (let done = 0; done < length; ) {
      const count = readSync(descriptor, buffer, done, length - done, start + done);
      if (count === 0) throw failure("io", "became shorter while it was read", { file, place: `byte ${start + done}` });
      done += count;
    }
    return buffer;
  };
  const limit = limitOf(read(0, Math.min(FIRST_BYTES, size)));
  if (size > limit) throw tooLarge(file, limit);
  return { file, size, read };
}

function wholeSource(bytes: Uint8Array, file: string): ByteSource {
  return { file, size: bytes.length, read: (start, length) => bytes.subarray(start, start + length) };
}
