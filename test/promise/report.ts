/** The promise in numbers, for a page about accuracy: how far src is from the exact values over many cells. */
import type { Deviations } from "./measure.ts";

/** One quantity's errors in ε of the scale that its bound refers to. */
export interface Row {
  readonly quantity: string;
  readonly bound: number;
  readonly median: number;
  readonly percentile99: number;
  readonly max: number;
  /** Where the largest error is. */
  readonly worst: { readonly seed: number; readonly row: number; readonly column: number };
  readonly entries: number;
  readonly skipped: number;
}

/** The figures of each quantity. */
export function rowsOf(deviations: Deviations): Row[] {
  return [...deviations].map(([quantity, { bound, errors, worst, skipped }]) => {
    const sorted = Float64Array.from(errors).sort();
    const quantile = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
    const { error: max, ...place } = worst;
    const [median, percentile99] = [quantile(0.5), quantile(0.99)];
    return { quantity, bound, median, percentile99, max, worst: place, entries: errors.length, skipped };
  });
}
