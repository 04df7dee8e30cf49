const word = new DataView(new ArrayBuffer(8));
/** More bits than a number can have. */
const MOST_BITS = 2 ** 30;

/** The number of bits of n ≥ 0: the least t with n < 2^t. */
export function bitLength(n: bigint): number {
  if (n === 0n) return 0;
  const rough = Number(n);
  if (rough === Number.POSITIVE_INFINITY) return 1000 + bitLength(n >> 1000n);
  word.setFloat64(0, rough);
  const high = word.getUint32(0);
  const length = (high >>> 20) - 1022;
  // just below a power of two, the double is that power
  const mayBeLess = length > 53 && (high & 0xfffff) === 0 && word.getUint32(4) === 0;
  return mayBeLess && n >> BigInt(length - 1) === 0n ? length - 1 : length;
}

export function absolute(n: bigint): bigint {
  return n < 0n ? -n : n;
}

/** ⌊n·2^k⌋ */
export function shifted(n: bigint, k: number): bigint {
  if (k >= 0) return n << BigInt(k);
  // what is shifted far away leaves nothing, or −1
  return n >> BigInt(Math.min(-k, MOST_BITS));
}
