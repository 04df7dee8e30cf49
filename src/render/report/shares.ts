/** From an entry to its place on a colour scale, −1 … 1. */
import { scaleLog } from "d3-scale";
import type { Matrix } from "../../linalg/matrix.ts";

export type Share = (entry: number) => number;

/** Beyond this ratio of the largest to the smallest entry most of a linear scale looks like zero. */
const SPAN = 1e6;
/** The place of the smallest entry on a logarithmic scale, which tells it from zero. */
const LEAST = 0.2;

export function linearShare(end: number): Share {
  // no scale from −end to end: that is 2·end long, which may be beyond the doubles
  return end === 0 ? () => 0 : (entry) => entry / end;
}

/** A logarithmic scale by sign, and the magnitudes at its ends; null where a linear one shows everything. */
export function logarithmicShare({ data }: Matrix) {
  let [least, largest] = [Infinity, 0];
  for (const entry of data) {
    if (entry === 0) continue;
    least = Math.min(least, Math.abs(entry));
    largest = Math.max(largest, Math.abs(entry));
  }
  if (largest === 0 || largest / least <= SPAN) return null;
  const place = scaleLog([least, largest], [LEAST, 1]);
  const share: Share = (entry) => (entry === 0 ? 0 : Math.sign(entry) * place(Math.abs(entry)));
  return { share, least, largest };
}
