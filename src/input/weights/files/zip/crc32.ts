/** CRC-32 as zip has it: polynomial 0x04C11DB7, reflected (ISO 3309). node:zlib has its own only from Node 20.15 on. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

export function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (let k = 0; k < bytes.length; k++) rest = (rest >>> 8) ^ TABLE[(rest ^ bytes[k]) & 255];
  return (rest ^ 0xffffffff) >>> 0;
}
