/** The product of step Jacobians whose entries lie so far apart that no scale keeps them all in the doubles. */
import type { BlockRow, StateJacobian } from "../lstm/state-jacobian.ts";
import { arithmetic, type Decimal, exact, toDouble } from "./arithmetic.ts";
import { boundOfProduct, SMALLEST_NORMAL } from "./promise.ts";
import type { Expected } from "./step-reference.ts";

const P = arithmetic(60);

/** What lies 2^−1500 below the largest entry of its column is lost in doubles. */
const KEPT = 1500;

/** An entry with the same product of absolute values. */
interface Entry {
  readonly value: Decimal;
  readonly size: Decimal;
}

/** As `productColumn`, in 60 digits and without a limit to the exponents: many times as slow. */
export function wideProductColumn(steps: readonly StateJacobian[], k: number, exponent2: number): Expected[] {
  const n = steps[0].h_t.c_prev.length;
  const zero: Entry = { value: new P(0), size: new P(0) };
  const one: Entry = { value: new P(1), size: new P(1) };
  let column = Array.from({ length: 2 * n }, (_, r) => (r === k ? one : zero));
  for (const { h_t, c_t } of steps) column = [...blockRow(h_t, column), ...blockRow(c_t, column)];
  const scale = P.pow(2, -exponent2);
  const largest = P.max(...column.map(({ size }) => size));
  const underflow = P.max(SMALLEST_NORMAL, P.mul(P.mul(largest, scale), P.pow(2, -KEPT)));
  const bound = exact(boundOfProduct(steps.length, n));
  return column.map(({ value, size }) => ({
    value: P.mul(value, scale),
    allowed: size.isZero() ? 0 : toDouble(P.mul(P.mul(size, bound), scale).plus(underflow)),
  }));
}

/** Σ_k h_prev[r][k]·h[k] + c_prev[r]·c[r] for each r, and the same of absolute values. */
function blockRow({ h_prev, c_prev }: BlockRow, column: readonly Entry[]): Entry[] {
  const n = c_prev.length;
  return Array.from(c_prev, (own, r) => {
    const factors = [...h_prev.data.subarray(r * n, (r + 1) * n), own];
    let value = new P(0);
    let size = new P(0);
    for (const [k, factor] of factors.entries()) {
      const entry = column[k < n ? k : n + r];
      if (factor === 0 || entry.size.isZero()) continue;
      value = P.add(value, P.mul(entry.value, exact(factor)));
      size = P.add(size, P.mul(entry.size, exact(Math.abs(factor))));
    }
    return { value, size };
  });
}
