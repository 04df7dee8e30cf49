import { constants, fstatSync, readFileSync, type Stats, statSync } from "node:fs";
import process from "node:process";
import { Writable } from "node:stream";

const SHELL = /^(ba|z|fi|da|a|k|mk|ya)?sh$|^busybox$/;

/**
 * Whether a shell has closed standard output, as `>&-` does. Node opens /dev/null for reading and writing in its place before
 * a line of ours runs, and all that is written succeeds. Programs that want no output hand over the same (Python's DEVNULL,
 * Node's "ignore"), so only a shell whose own output goes elsewhere is taken to have closed it; and only Linux tells.
 */
export function isOutputClosed(): boolean {
  try {
    const own = fstatSync(1);
    if (!own.isCharacterDevice() || !isSameDevice(own, statSync("/dev/null"))) return false;
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

/** What a closed descriptor is: every write fails. */
export function closedOutput(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error("write EBADF"), { code: "EBADF" })),
  });
}
