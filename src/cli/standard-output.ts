/** Standard output, without the streams of Node where they can be spared: to load them takes as long as a small cell does. */
import { constants, fstatSync, readFileSync, type Stats, statSync, writeSync } from "node:fs";
import process from "node:process";
import type { Output } from "./context.ts";

/** What standard output is written by; null where it has to be the stream that Node has for it, as for a terminal. */
export function standardOutput(): Output | null {
  // elsewhere than on POSIX a pipe is not written to at once
  if (process.platform === "win32") return null;
  try {
    const own = fstatSync(1);
    if (own.isFile() || own.isFIFO() || own.isSocket()) return new DirectOutput();
    if (!own.isCharacterDevice() || !isSameDevice(own, statSync("/dev/null"))) return null;
    return isClosedByShell(own) ? new ClosedOutput() : new DirectOutput();
  } catch {
    return null;
  }
}

type Hearer = (error: Error) => void;
type Done = (error?: Error | null) => void;

/** What a closed descriptor is: every write fails. */
class ClosedOutput implements Output {
  #hearer: Hearer = () => undefined;

  on(_event: "error", hearer: Hearer): void {
    this.#hearer = hearer;
  }

  write(_chunk: string | Uint8Array, done: Done = () => undefined): void {
    const error = Object.assign(new Error("write EBADF"), { code: "EBADF" });
    this.#hearer(error);
    done(error);
  }
}

/** A file, a pipe or /dev/null, written to by the call of the system itself, as Node's stream for it does in the end. */
class DirectOutput implements Output {
  #hearer: Hearer = () => undefined;
  /** Node's own stream, once it is needed. */
  #stream: NodeJS.WriteStream | null = null;

  on(_event: "error", hearer: Hearer): void {
    this.#hearer = hearer;
    this.#stream?.on("error", hearer);
  }

  write(chunk: string | Uint8Array, done: Done = () => undefined): void {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    let start = 0;
    try {
      while (this.#stream === null && start < bytes.length) start += writeSync(1, bytes, start);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== "EAGAIN") {
        this.#hearer(error as Error);
        done(error as Error);
        return;
      }
      // a pipe that does not wait for its reader: the stream does
      this.#stream = process.stdout.on("error", this.#hearer);
    }
    if (this.#stream === null) done();
    else this.#stream.write(bytes.subarray(start), done);
  }
}

const SHELL = /^(ba|z|fi|da|a|k|mk|ya)?sh$|^busybox$/;

/**
 * Whether a shell has closed standard output, as `>&-` does. Node opens /dev/null for reading and writing in its place before
 * a line of ours runs, and all that is written succeeds. Programs that want no output hand over the same (Python's DEVNULL,
 * Node's "ignore"), so only a shell whose own output goes elsewhere is taken to have closed it; and only Linux tells.
 */
function isClosedByShell(own: Stats): boolean {
  try {
    const flags = /^flags:\s*(\d+)$/m.exec(readFileSync("/proc/self/fdinfo/1", "utf8"))?.[1] ?? "0";
    if ((Number.parseInt(flags, 8) & 3) !== constants.O_RDWR) return false;
    if (!SHELL.test(readFileSync(`/proc/${process.ppid}/comm`, "utf8").trim())) return false;
    const ofShell = statSync(`/proc/${process.ppid}/fd/1`, { throwIfNoEntry: false });
    return ofShell === undefined || !isSameDevice(own, ofShell);
  } catch {
    return false;
  }
}

function isSameDevice(a: Stats, b: Stats): boolean {
  return b.isCharacterDevice() && a.rdev === b.rdev;
}
