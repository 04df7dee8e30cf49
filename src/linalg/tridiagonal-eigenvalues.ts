/**
 * The `count` largest eigenvalues of a symmetric tridiagonal matrix, descending, by bisection: it always ends. A count of
 * negative pivots of T − x is exact for a T whose entries are off by a few ε, so that each value is within 4ε‖T‖.
 * Source: W. Givens (1954); B. N. Parlett, The Symmetric Eigenvalue Problem (1998), §3.3, §7.
 * @param diagonal [n], scaled so that squares neither over- nor underflow
 * @param beside [n − 1], above and below the diagonal
 */
export function tridiagonalEigenvalues(
  diagonal: Float64Array,
  beside: Float64Array,
  count = diagonal.length,
): Float64Array {
  const squares = beside.map((entry) => entry * entry);
  let bound = 0;
  for (let k = 0; k < diagonal.length; k++) {
    bound = Math.max(bound, Math.abs(diagonal[k]) + Math.abs(beside[k - 1] ?? 0) + Math.abs(beside[k] ?? 0));
  }
  const end = bound * (1 + 2 ** -50);
  const values = new Float64Array(count);
  // largest value that is known to lie above no more than k others; the counts for one value bound the others too
  const lows = new Float64Array(count).fill(-end);
  let high = end;
  for (let k = 0; k < count; k++) {
    let low = lows[k];
    high = Math.max(low, high);
    while (high - low > 2 ** -54 * bound) {
      const middle = low + (high - low) / 2;
      if (!(low < middle && middle < high)) break;
      const above = diagonal.length - below(middle, diagonal, squares);
      for (let j = k; j < Math.min(above, count); j++) lows[j] = Math.max(lows[j], middle);
      if (above > k) low = middle;
      else high = middle;
    }
    values[k] = low + (high - low) / 2;
  }
  return values;
}

/** How many eigenvalues lie below x. */
function below(x: number, diagonal: Float64Array, squares: Float64Array): number {
  let pivot = 1;
  let count = 0;
  for (let k = 0; k < diagonal.length; k++) {
    pivot = diagonal[k] - x - (k === 0 ? 0 : squares[k - 1] / pivot);
    if (pivot === 0) pivot = 2 ** -1000;
    if (pivot < 0) count += 1;
  }
  return count;
}
