/** A block on its way to another thread: its bytes are copied once, and then handed over. */
import type { Block } from "./part.ts";

export interface Packed {
  readonly before: number;
  /** One line behind the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** −1 for a line that is longer than allowed. */
  readonly lengths: Int32Array;
}

export function packed({ before, lines }: Block): Packed {
  const lengths = Int32Array.from(lines, (line) => line?.length ?? -1);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + Math.max(0, length), 0));
  let at = 0;
  for (const line of lines) {
    if (line === null) continue;
    bytes.set(line, at);
    at += line.length;
  }
  return { before, bytes, lengths };
}

export function unpacked({ before, bytes, lengths }: Packed): Block {
  let at = 0;
  const lines = Array.from(lengths, (length) => {
    if (length < 0) return null;
    at += length;
    return bytes.subarray(at - length, at);
  });
  return { before, lines };
}
