/** How the points of a class are spread. */

/** So many answers earned a share of the points from `from` up to `to`, which is counted in the last bin alone. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly answers: number;
}

const BINS = 10;
/** Of a bin: a share that ought to lie on an edge and was rounded below it is that of the edge. */
const ROUNDING = 1e-9;

export function histogramOf(shares: readonly number[]): Bin[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const share of shares) counts[Math.min(BINS - 1, Math.floor(BINS * share + ROUNDING))] += 1;
  return counts.map((answers, k) => ({ from: k / BINS, to: (k + 1) / BINS, answers }));
}

/** The middle one, or the mean of the two that are in the middle; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[half];
  return sorted.length === 0 ? 0 : (sorted[half - 1] + sorted[half]) / 2;
}
