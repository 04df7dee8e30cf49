import type { ByteSource } from "../../tensor.ts";

/** What an HDF5 file begins with, one character a byte. */
export const SIGNATURE = "\x89HDF\r\n\x1a\n";

/** Where the signature stands: at byte 0, or behind a user block of 512 bytes or twice, four times … as many; null: nowhere. */
export function findSuperblock(source: ByteSource): number | null {
  for (let at = 0; at + SIGNATURE.length <= source.size; at = at === 0 ? 512 : 2 * at) {
    const found = Buffer.from(source.read(at, SIGNATURE.length)).toString("latin1");
    if (found === SIGNATURE) return at;
  }
  return null;
}
