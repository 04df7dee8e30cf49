import {
  closeSync,
  fchmodSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { failure } from "../errors.ts";
import type { Context } from "./context.ts";
import { systemFailure } from "./system-error.ts";

/**
 * Writes a result: to standard output, or to the file of -o.
 * @throws {DlstmError} io. A closed pipe is no error: nobody is reading any more.
 */
export async function writeResult(chunks: Iterable<string>, path: string | undefined, context: Context): Promise<void> {
  if (path === undefined || path === "-") await writeStream(chunks, context.stdout);
  else writeFile(chunks, path);
}

/** Writes to a stream, piece by piece as it takes them; the same as {@link writeResult} about closed pipes. */
export async function writeStream(chunks: Iterable<string>, stdout: Context["stdout"]): Promise<void> {
  let error: (Error & { code?: string }) | null = null;
  // The handler stays: a late EPIPE must not become an uncaught exception.
  stdout.on("error", (reason) => {
    error ??= reason;
  });
  for (const chunk of chunks) {
    await new Promise<void>((done) => stdout.write(chunk, () => done()));
    if (error !== null) break;
  }
  const { code } = (error ?? {}) as { code?: string };
  if (code !== undefined && code !== "EPIPE") throw systemFailure(error, "stdout");
}

/** A regular file is written whole or not at all, through a temporary file beside it; anything else directly. */
function writeFile(chunks: Iterable<string>, path: string): void {
  try {
    const target = linkTarget(path);
    const status = statSync(target, { throwIfNoEntry: false });
    if (status?.isDirectory()) throw failure("io", "a directory, expected a file", { file: path });
    if (status && !status.isFile()) writeTo(openSync(target, "w"), chunks);
    else replaceFile(target, status?.mode, chunks);
  } catch (error) {
    if ((error as { code?: string }).code === "EPIPE") return;
    if ((error as { code?: string }).code === "ENOENT") throw failure("io", "no such directory", { file: path });
    throw systemFailure(error, path);
  }
}

function replaceFile(target: string, mode: number | undefined, chunks: Iterable<string>): void {
  const temporary = join(dirname(target), `.dlstm-${process.pid}.tmp`);
  const descriptor = openSync(temporary, "wx");
  try {
    if (mode !== undefined) fchmodSync(descriptor, mode);
    writeTo(descriptor, chunks);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeTo(descriptor: number, chunks: Iterable<string>): void {
  try {
    for (const chunk of chunks) {
      const bytes = Buffer.from(chunk);
      for (let start = 0; start < bytes.length; ) start += writeSync(descriptor, bytes, start);
    }
  } finally {
    closeSync(descriptor);
  }
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
