import { createReadStream, ReadStream, readSync, statSync } from "node:fs";
import type { Readable } from "node:stream";
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
 * A file, or standard input for "-", piece by piece as it comes; of a pipe, which may have no end, none that comes after
 * the reader of standard output has left.
 * @throws {DlstmError} not-found or io.
 */
export async function* readChunks(path: string, context: Context): AsyncGenerator<Uint8Array> {
  try {
    const stream = path === "-" ? context.stdin : createReadStream(path, { highWaterMark: CHUNK });
    for await (const chunk of stream) {
      yield chunk;
      if (isUnread(context.stdout) && !isFile(path, stream)) return;
    }
  } catch (error) {
    throw systemFailure(error, path === "-" ? STDIN : path);
  }
}

/** Standard input that is a file is read as one. */
function isFile(path: string, stream: Readable): boolean {
  return stream instanceof ReadStream && (path === "-" || statSync(path).isFile());
}

export function tooLarge(file: string, maxBytes: number) {
  return failure("too-large", `more than ${maxBytes} bytes, expected at most as many as --max-bytes allows`, { file });
}
