import { fchmodSync, fchownSync, fstatSync, openSync, renameSync, rmSync, type Stats } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";

/**
 * Writes a file whole or not at all, through a temporary file beside it that is gone afterwards, whether the writing succeeds,
 * fails, or is ended by a signal.
 * @param replaced the file that is there already, whose owner and mode the new one gets as far as the system lets it
 * @param write writes what is in it, and closes it
 */
export async function replaceFile(
  target: string,
  replaced: Stats | null,
  write: (descriptor: number) => Promise<void>,
): Promise<void> {
  let temporary: string | null = null;
  const cleanUp = () => {
    if (temporary !== null) rmSync(temporary, { force: true });
  };
  const stopListening = onSignals(cleanUp);
  try {
    const { path, descriptor } = openTemporary(dirname(target), replaced === null ? 0o666 : 0o600);
    temporary = path;
    if (replaced !== null) keepOwnerAndMode(descriptor, replaced);
    await write(descriptor);
    renameSync(path, target);
  } catch (error) {
    cleanUp();
    throw error;
  } finally {
    stopListening();
  }
}

/** A new file under a name that is nobody else's, in this process, another container, or a run that was killed. */
function openTemporary(folder: string, mode: number): { path: string; descriptor: number } {
  for (let attempts = 1; ; attempts++) {
    const path = join(folder, `.dlstm-${Math.random().toString(36).slice(2)}.tmp`);
    try {
      return { path, descriptor: openSync(path, "wx", mode) };
    } catch (error) {
      if ((error as { code?: string }).code !== "EEXIST" || attempts === 100) throw error;
    }
  }
}

/** Only root gives files away, and some file systems know neither owners nor modes: what is refused stays as it is. */
function keepOwnerAndMode(descriptor: number, { uid, gid, mode }: Stats): void {
  const own = fstatSync(descriptor);
  const isOwner = own.uid === uid || attempt(() => fchownSync(descriptor, uid, own.gid));
  const isGroup = own.gid === gid || attempt(() => fchownSync(descriptor, isOwner ? uid : own.uid, gid));
  // another group gets what everybody has, and the bits that set user and group speak of those that were
  const bits = isGroup ? mode & 0o777 : (mode & 0o707) | ((mode & 0o007) << 3);
  attempt(() => fchmodSync(descriptor, isOwner && isGroup ? mode & 0o7777 : bits));
}

function attempt(change: () => void): boolean {
  try {
    change();
    return true;
  } catch {
    return false;
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Cleans up when a signal comes that ends the program, and then lets it: the shell sees 130, 143 or 129.
 * @returns what ends this
 */
function onSignals(cleanUp: () => void): () => void {
  const handle = (signal: (typeof SIGNALS)[number]) => {
    cleanUp();
    stopListening();
    process.kill(process.pid, signal);
    // the first process of a container has no default for signals: it would go on
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    process.exit(128 + constants.signals[signal]);
  };
  const stopListening = () => {
    for (const signal of SIGNALS) process.off(signal, handle);
  };
  for (const signal of SIGNALS) process.on(signal, handle);
  return stopListening;
}
