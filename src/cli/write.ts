import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { failure } from "../errors.ts";
import type { Context } from "./context.ts";
import { replaceFile } from "./replace-file.ts";
import { systemFailure } from "./system-error.ts";

/** Text or bytes piece by piece, all there or still being computed. */
type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a result: to standard output, or to the file of -o.
 * @param toTheEnd whether the pieces are gone through also where nobody reads any more, as the exit code is that of them all
 * @throws {DlstmError} io. A closed pipe is no error: nobody is reading any more.
 */
export async function writeResult(
  chunks: Chunks,
  path: string | undefined,
  context: Context,
  toTheEnd = false,
): Promise<void> {
  // of several jobs it is the run that writes to the file
  if (path === undefined || path === "-" || context.part) await writeStream(chunks, context.stdout, toTheEnd);
  else await writeFile(chunks, path);
}

/** Streams whose reader has left. */
const left = new WeakSet<object>();

/** Whether what is written to a stream is read by nobody any more. */
export function isUnread(stream: Context["stdout"]): boolean {
  return left.has(stream);
}

/** Writes to a stream, piece by piece as it takes them; the same as {@link writeResult} about closed pipes. */
export async function writeStream(chunks: Chunks, stdout: Context["stdout"], toTheEnd = false): Promise<void> {
  let error: (Error & { code?: string }) | null = null;
  // The handler stays: a late EPIPE must not become an uncaught exception.
  stdout.on("error", (reason) => {
    error ??= reason;
    left.add(stdout);
  });
  for await (const chunk of chunks) {
    if (error === null) await new Promise<void>((done) => stdout.write(chunk, () => done()));
    if (error !== null && !toTheEnd) break;
  }
  const { code } = (error ?? {}) as { code?: string };
  if (code !== undefined && code !== "EPIPE") throw systemFailure(error, "stdout");
}

/** A regular file is written whole or not at all, through a temporary file beside it; anything else directly. */
async function writeFile(chunks: Chunks, path: string): Promise<void> {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory()) throw failure("io", "a directory, expected a file", { file: path });
    // the link /dev/stdout may lead to a pipe, which has no name of its own to be opened by
    if (status && !status.isFile()) await writeTo(openSync(path, "w"), chunks);
    else {
      const target = linkTarget(path);
      if (status) requireWritable(target, status, path);
      await replaceFile(target, status ?? null, (descriptor) => writeTo(descriptor, chunks));
    }
  } catch (error) {
    if ((error as { code?: string }).code === "EPIPE") return;
    if ((error as { code?: string }).code === "ENOENT") throw failure("io", "no such directory", { file: path });
    throw systemFailure(error, path);
  }
}

/** Writes the pieces as they come, and closes the file. */
async function writeTo(descriptor: number, chunks: Chunks): Promise<void> {
  try {
    for await (const chunk of chunks) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      for (let start = 0; start < bytes.length; ) start += writeSync(descriptor, bytes, start);
      // a signal is heard only between two turns of the loop
      await new Promise(setImmediate);
    }
  } finally {
    closeSync(descriptor);
  }
}

const ANY_WRITE = 0o222;

/** A folder that may be written to lets a file in it be replaced, whose own mode forbids that; root is let write anything. */
function requireWritable(target: string, { mode }: Stats, path: string): void {
  if ((mode & ANY_WRITE) === 0)
    throw failure("io", "may not be written to, expected a file with write permission", { file: path });
  accessSync(target, constants.W_OK);
}

/** Where a chain of symbolic links ends, also where nothing is there yet. */
function linkTarget(path: string): string {
  let target = path;
  for (let links = 0; links < 40; links++) {
    try {
      target = resolve(realpathSync(dirname(target)), readlinkSync(target));
    } catch {
      return target;
    }
  }
  return target;
}
