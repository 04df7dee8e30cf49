import { WORDS } from "../../src/linalg/bounded.ts";
import type { RealVector } from "../../src/linalg/real-vector.ts";
import { exact, Real } from "../promise/exact.ts";

/** Digits for sums and products of two doubles, whatever their exponents. */
export const Wide = Real.clone({ precision: 1700 });

/** A number with a bound as what it stands for: its middle, and how far the true number may be from it, relatively. */
export function boundedAt({ data, start }: Pick<RealVector, "data" | "start">, k = 0): { middle: Real; q: number } {
  const [h, l, x, q] = data.subarray(start + WORDS * k, start + WORDS * (k + 1));
  return { middle: Wide.mul(Wide.add(exact(h), exact(l)), Wide.pow(2, x)), q };
}

/** Whether the bound holds for the true number; one that says nothing does. */
export function isWithin({ middle, q }: { middle: Real; q: number }, truth: Real): boolean {
  if (Number.isNaN(q) || q === Number.POSITIVE_INFINITY) return true;
  const allowed = Wide.mul(middle.abs(), Wide.add(exact(q), "1e-1500"));
  return Wide.sub(truth, middle).abs().lte(allowed);
}
