import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { failure } from "../errors.ts";
import type { Context } from "./context.ts";
import { systemFailure } from "./system-error.ts";

/** What messages call standard input. */
export const STDIN = "stdin";

const CHUNK = 1 << 20;

/**
 * A file's bytes, or standard input's for "-".
 * @throws {DlstmError} not-found, io, or too-large: a regular file before it is read, a stream as soon as it exceeds.
 */
export async function readBytes(path: string, maxBytes: number, context: Context): Promise<Uint8Array> {
  // context.stdin only where it is read: looking at it opens a stream, a tenth of the whole start
  return path === "-" ? readStream(context.stdin, maxBytes) : readFile(path, maxBytes);
}

async function readStream(stdin: Context["stdin"], maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stdin) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxBytes) throw tooLarge(STDIN, maxBytes);
    }
  } catch (error) {
    throw systemFailure(error, STDIN);
  }
  return Buffer.concat(chunks, length);
}

/**
 * A file, or standard input for "-", piece by piece as it comes.
 * @throws {DlstmError} not-found or io.
 */
export async function* readChunks(path: string, context: Context): AsyncGenerator<Uint8Array> {
  try {
    if (path === "-") yield* context.stdin;
    else yield* createReadStream(path, { highWaterMark: CHUNK });
  } catch (error) {
    throw systemFailure(error, path === "-" ? STDIN : path);
  }
}

function readFile(path: string, maxBytes: number): Uint8Array {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, "r");
    const { size } = fstatSync(descriptor);
    if (size > maxBytes) throw tooLarge(path, maxBytes);
    return readAll(descriptor, size, path, maxBytes);
  } catch (error) {
    throw systemFailure(error, path);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Reads to the end; a pipe or a device has no size beforehand. */
function readAll(descriptor: number, size: number, path: string, maxBytes: number): Uint8Array {
  let buffer = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2 + CHUNK);
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (count === 0) return buffer.subarray(0, length);
    length += count;
    if (length > maxBytes) throw tooLarge(path, maxBytes);
  }
}

function tooLarge(file: string, maxBytes: number) {
  return failure("too-large", `more than ${maxBytes} bytes, expected at most as many as --max-bytes allows`, { file });
}
