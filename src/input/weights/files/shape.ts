/** Is it a length, a count or an offset: an integer from 0 to 2⁵³ − 1? */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The number of entries, 1 for the empty shape of a single number; null where a product on the way exceeds 2⁵³ − 1. */
export function entryCount(shape: readonly number[]): number | null {
  let count = 1;
  for (const length of shape) {
    count *= length;
    if (!Number.isSafeInteger(count)) return null;
  }
  return count;
}
