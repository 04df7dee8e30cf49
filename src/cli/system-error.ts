import { DlstmError, failure } from "../errors.ts";

const SENTENCES: Record<string, string> = {
  EBADF: "closed, expected it to be open",
  EISDIR: "a directory, expected a file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of the path is not a directory",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
};

/** What the operating system said about a file, as an error of ours; errors that are not its own come back as they are. */
export function systemFailure(error: unknown, file: string): unknown {
  if (error instanceof DlstmError || !(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  if (code === "ENOENT") return failure("not-found", "no such file", { file });
  return failure("io", SENTENCES[code] ?? `the operating system says ${code}`, { file });
}
