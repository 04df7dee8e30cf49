/** Opens the files that a file names beside it, for `besideOf`: regular ones, reached through no link. */

import { constants, fstatSync, lstatSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import { failure } from "../errors.ts";
import type { ByteSource } from "../input/weights/tensor.ts";
import { fileSource, type OpenFiles } from "./open-files.ts";
import { tooLarge } from "./read.ts";
import { systemFailure } from "./system-error.ts";

/** A link that takes the file's place meanwhile is not followed, a pipe not waited for; Windows has neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export class Neighbours {
  readonly #files: OpenFiles;
  readonly #path: string;
  readonly #limit: number;
  readonly #opened = new Map<string, ByteSource>();
  #bytes: number;

  /**
   * @param files closes them
   * @param source the file beside which they stand
   * @param limit how many bytes it and all of them may have
   */
  constructor(files: OpenFiles, source: ByteSource, limit: number) {
    this.#files = files;
    this.#path = source.file;
    this.#bytes = source.size;
    this.#limit = limit;
  }

  /**
   * @param parts the names of folders, then of the file: none of them empty, `.` or `..`
   * @throws {DlstmError} not-found, unsupported (a link, no regular file), too-large, io.
   */
  open(parts: readonly string[]): ByteSource {
    const paths = parts.map((_, k) => join(dirname(this.#path), ...parts.slice(0, k + 1)));
    const file = paths.at(-1) ?? "";
    const known = this.#opened.get(file);
    if (known !== undefined) return known;
    try {
      for (const path of paths) rejectOther(lstatSync(path), path, path !== file);
      const descriptor = this.#files.open(file, FLAGS);
      const status = fstatSync(descriptor);
      rejectOther(status, file, false);
      this.#bytes += status.size;
      if (this.#bytes > this.#limit) throw tooLarge(file, this.#limit);
      const source = fileSource(descriptor, file, status.size);
      this.#opened.set(file, source);
      return source;
    } catch (error) {
      const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
      throw isMissing ? missing(file, this.#path) : systemFailure(error, file);
    }
  }
}

function rejectOther(status: Stats, file: string, isFolder: boolean): void {
  if (isFolder ? status.isDirectory() : status.isFile()) return;
  const found = status.isSymbolicLink() ? "a symbolic link, which is not followed" : "another kind of file";
  throw failure("unsupported", `${found}, expected a regular ${isFolder ? "folder" : "file"}`, { file });
}

function missing(file: string, path: string) {
  return failure("not-found", `no such file, expected it beside ${path}, which names it`, { file });
}
