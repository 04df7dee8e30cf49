/** Files that are open for reading by position, and are closed together. */

import { closeSync, openSync, readSync } from "node:fs";
import { failure } from "../errors.ts";
import type { ByteSource } from "../input/weights/tensor.ts";

export class OpenFiles {
  readonly #descriptors: number[] = [];

  /** The descriptor of a file; throws what the operating system says. */
  open(path: string, flags: string | number = "r"): number {
    const descriptor = openSync(path, flags);
    this.#descriptors.push(descriptor);
    return descriptor;
  }

  close(): void {
    for (const descriptor of this.#descriptors.splice(0)) closeSync(descriptor);
  }
}

/** An open regular file as something to read from. */
export function fileSource(descriptor: number, file: string, size: number): ByteSource {
  return { file, size, read: (start, length, room) => readAt(descriptor, start, length, file, room) };
}

function readAt(descriptor: number, start: number, length: number, file: string, room?: Uint8Array): Uint8Array {
  const buffer = room?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
  for (let done = 0; done < length; ) {
    const count = readSync(descriptor, buffer, done, length - done, start + done);
    if (count === 0) throw failure("io", "became shorter while it was read", { file, place: `byte ${start + done}` });
    done += count;
  }
  return buffer;
}
