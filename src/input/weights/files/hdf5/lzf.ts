/** LZF as h5py's filter has it (liblzf): runs of bytes, and copies of what stands up to 8192 bytes before. */

import { damaged } from "./damaged.ts";

/** @param most how many bytes it may unpack to @throws {DlstmError} syntax. */
export function unpackLzf(packed: Uint8Array, most: number): Uint8Array {
  const out = new Uint8Array(most);
  let [from, to] = [0, 0];
  while (from < packed.length) {
    const control = packed[from++];
    if (control < 32) {
      const length = control + 1;
      if (from + length > packed.length || to + length > most) throw wrong();
      out.set(packed.subarray(from, from + length), to);
      from += length;
      to += length;
      continue;
    }
    const isLong = control >> 5 === 7;
    if (from + (isLong ? 2 : 1) > packed.length) throw wrong();
    const length = 2 + (isLong ? 7 + packed[from++] : control >> 5);
    const distance = 1 + ((control & 31) << 8) + packed[from++];
    if (distance > to || to + length > most) throw wrong();
    // byte by byte: a copy may reach into itself
    for (let k = 0; k < length; k++, to++) out[to] = out[to - distance];
  }
  return out.subarray(0, to);
}

function wrong() {
  return damaged("a chunk that is no LZF");
}
