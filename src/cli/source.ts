import { fstatSync } from "node:fs";
import { beginsAsJson, FIRST_BYTES } from "../input/json-file.ts";
import type { ByteSource } from "../input/weights/tensor.ts";
import type { Context } from "./context.ts";
import { Neighbours } from "./neighbours.ts";
import { fileSource, OpenFiles } from "./open-files.ts";
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
  // context.stdin only where it is read: looking at it opens a stream, a tenth of the whole start
  if (path === "-") {
    const bytes = await readStream(context.stdin, (first) => maxBytes ?? limitFor(first));
    return use(wholeSource(bytes, STDIN));
  }
  const files = new OpenFiles();
  try {
    return await use(sourceOf(files, path, maxBytes));
  } catch (error) {
    throw systemFailure(error, path);
  } finally {
    files.close();
  }
}

function limitFor(first: Uint8Array): number {
  return beginsAsJson(first) ? MOST_JSON : MOST_BINARY;
}

function sourceOf(files: OpenFiles, path: string, maxBytes: number | undefined): ByteSource {
  const limitOf = (first: Uint8Array) => maxBytes ?? limitFor(first);
  const descriptor = files.open(path);
  const status = fstatSync(descriptor);
  if (!status.isFile()) return wholeSource(readOpened(descriptor, path, limitOf), path);
  const source = fileSource(descriptor, path, status.size);
  const limit = limitOf(source.read(0, Math.min(FIRST_BYTES, source.size)));
  if (source.size > limit) throw tooLarge(path, limit);
  const neighbours = new Neighbours(files, source, maxBytes ?? MOST_BINARY);
  return { ...source, beside: (parts) => neighbours.open(parts) };
}

function wholeSource(bytes: Uint8Array, file: string): ByteSource {
  return { file, size: bytes.length, read: (start, length) => bytes.subarray(start, start + length) };
}
