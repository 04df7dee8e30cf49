/** Ratios of interleaved runs: how often B's time A's took, pair by pair. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function spread(values: readonly number[]): Spread {
  return { min: Math.min(...values), median: median(values), max: Math.max(...values) };
}

/** `1.33 (1.28 … 1.40)` */
export function show({ min, median: middle, max }: Spread, digits = 2): string {
  return `${middle.toFixed(digits)} (${min.toFixed(digits)} … ${max.toFixed(digits)})`;
}

/** The exponent p of the power law y = a·xᵖ that fits best, by least squares on the logarithms. */
export function growthExponent(xs: readonly number[], ys: readonly number[]): number {
  const lx = xs.map(Math.log);
  const ly = ys.map(Math.log);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(lx), mean(ly)];
  const covariance = lx.reduce((sum, value, k) => sum + (value - mx) * (ly[k] - my), 0);
  return covariance / lx.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}
