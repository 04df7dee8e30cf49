/** Fletcher's checksum of 16-bit words as HDF5 has it: the words in big-endian order, the sums modulo 2^16 − 1. */
export function fletcher32(bytes: Uint8Array): number {
  let sum1 = 0;
  let sum2 = 0;
  const even = bytes.length - (bytes.length % 2);
  for (let at = 0; at < even; ) {
    // as many words as leave the sums below 2^32
    for (const end = Math.min(even, at + 720); at < end; at += 2) {
      sum1 += (bytes[at] << 8) | bytes[at + 1];
      sum2 += sum1;
    }
    sum1 = fold(sum1);
    sum2 = fold(sum2);
  }
  if (even < bytes.length) {
    sum1 = fold(sum1 + (bytes[even] << 8));
    sum2 = fold(sum2 + sum1);
  }
  return ((fold(sum2) << 16) | fold(sum1)) >>> 0;
}

/** Modulo 2^16 − 1, where 2^16 − 1 itself stays. */
function fold(sum: number): number {
  return (sum & 0xffff) + (sum >>> 16);
}
