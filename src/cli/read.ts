import { closeSync, createReadStream, openSync, ReadStream, readSync, statSync } from "node:fs";
import { failure } from "../errors.ts";
import type { Context } from "./context.ts";
import { systemFailure } from "./system-error.ts";
import { isUnread } from "./write.ts";

/** What messages call standard input. */
export const STDIN = "stdin";

/** Small enough that what becomes of a piece is garbage before the next one comes, and is collected at little cost. */
const CHUNK = 1 << 17;

/** How many bytes may come, by the first of them. */
type LimitOf = (first: Uint8Array) => number;

/**
 * A stream's bytes.
 * @throws {DlstmError} io, or too-large as soon as it exceeds its limit.
 */
export async function readStream(stdin: Context["stdin"], limitOf: LimitOf): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stdin) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limitOf(chunks[0])) throw tooLarge(STDIN, limitOf(chunks[0]));
    }
  } catch (error) {
    throw systemFailure(error, STDIN);
  }
  return Buffer.concat(chunks, length);
}

/** The bytes of an open pipe or device, which has no size beforehand; throws as {@link readStream}. */
export function readOpened(descriptor: number, path: string, limitOf: LimitOf): Uint8Array {
  let buffer = Buffer.allocUnsafe(CHUNK);
  let length = 0;
  for (;;) {
    if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (count === 0) return buffer.subarray(0, length);
    length += count;
    const limit = limitOf(buffer.subarray(0, length));
    if (length > limit) throw tooLarge(path, limit);
  }
}

/**
 * A file, or standard input for "-", piece by piece as it comes, each to be used before the next; of a pipe, which may have
 * no end, null in the place of what comes after the reader of standard output has left.
 * @throws {DlstmError} not-found or io.
 */
export async function* readChunks(path: string, context: Context): AsyncGenerator<Uint8Array | null> {
  try {
    if (path !== "-" && statSync(path).isFile()) {
      yield* chunksOfFile(path);
      return;
    }
    const stream = path === "-" ? context.stdin : createReadStream(path, { highWaterMark: CHUNK });
    // standard input that is a file is read as one
    const isFile = path === "-" && stream instanceof ReadStream;
    for await (const chunk of stream) {
      yield chunk;
      if (isUnread(context.stdout) && !isFile) {
        yield null;
        return;
      }
    }
  } catch (error) {
    throw systemFailure(error, path === "-" ? STDIN : path);
  }
}

/** Without a stream, of which each piece takes as long as some lines do. */
function* chunksOfFile(path: string): Generator<Uint8Array> {
  const descriptor = openSync(path, "r");
  try {
    const chunk = Buffer.allocUnsafeSlow(CHUNK);
    for (;;) {
      const count = readSync(descriptor, chunk, 0, CHUNK, null);
      if (count === 0) return;
      yield chunk.subarray(0, count);
    }
  } finally {
    closeSync(descriptor);
  }
}

export function tooLarge(file: string, maxBytes: number) {
  return failure("too-large", `more than ${maxBytes} bytes, expected at most as many as --max-bytes allows`, { file });
}
