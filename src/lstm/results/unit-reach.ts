/** How much of a change of one unit's state still reaches the end of a sequence. */
import { isScaled } from "../../linalg/scaled-matrix.ts";
import type { StateProduct } from "../state-product.ts";

/**
 * log₁₀ ‖∂s_T/∂(h_t^(d), c_t^(d))‖₂ for each unit d [H]; −∞ where nothing arrives.
 *
 * Of two columns a and b of the product, the largest eigenvalue of [aᵀa aᵀb; aᵀb bᵀb]: (p + r)/2 + √(((p − r)/2)² + q²).
 */
export function unitReach(product: StateProduct): Float64Array {
  const { rows, cols } = isScaled(product) ? product.scaled : product;
  const units = cols / 2;
  return Float64Array.from({ length: units }, (_, d) => {
    const indices = [d, units + d].map((column) => Array.from({ length: rows }, (_, r) => r * cols + column));
    const { columns, log10 } = scaledColumns(product, indices);
    const [a, b] = columns;
    const [p, q, r] = [inner(a, a), inner(a, b), inner(b, b)];
    return Math.log10((p + r) / 2 + Math.hypot((p - r) / 2, q)) / 2 + log10;
  });
}

/** Columns divided by about their largest entry, and the logarithm of that. */
function scaledColumns(product: StateProduct, indices: readonly (readonly number[])[]) {
  if (isScaled(product)) {
    const { data } = product.scaled;
    const largest = indices.flat().reduce((most, k) => Math.max(most, Math.abs(data[k])), 0) || 1;
    const columns = indices.map((column) => column.map((k) => data[k] / largest));
    return { columns, log10: Math.log10(largest) + product.exponent * Math.log10(2) };
  }
  const { significand, exponent } = product;
  const largest = indices.flat().reduce((most, k) => Math.max(most, exponent[k]), Number.NEGATIVE_INFINITY);
  const columns = indices.map((column) =>
    column.map((k) => (significand[k] === 0 ? 0 : significand[k] * 2 ** (exponent[k] - largest))),
  );
  return { columns, log10: largest === Number.NEGATIVE_INFINITY ? 0 : largest * Math.log10(2) };
}

function inner(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, entry, k) => sum + entry * b[k], 0);
}
