/** Numbers in [0, 1) that look random, the same for the same seed (xorshift, Marsaglia 2003). */
export function randomIn(seed: number): () => number {
  let state = seed * 2654435761;
  const word = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let k = 0; k < 8; k++) word();
  return () => (word() * 2 ** 21 + (word() >>> 11)) / 2 ** 53;
}

/** ± a double in [1, 2) with 53 random bits. */
export function bits53(next: () => number): number {
  return (next() < 0.5 ? -1 : 1) * (1 + next());
}
