import { groupsOf } from "./groups.ts";

/** The heights of bars, lowest first. */
export const BARS = "▁▂▃▄▅▆▇█";
const MOST = 48;

export interface Sparkline {
  /** One character a value, or a mean of neighbours where there are many; empty where there is no value. */
  readonly line: string;
  readonly from: number;
  readonly to: number;
  /** How many values a character stands for at most. */
  readonly size: number;
}

/** A row of bars whose heights run from the smallest value to the largest; a missing value leaves a gap. */
export function sparkline(values: readonly (number | null)[]): Sparkline {
  const size = Math.ceil(values.length / MOST);
  const groups = groupsOf(values, size).map(mean);
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { line: "", from: 0, to: 0, size: 0 };
  const from = known.reduce((a, b) => Math.min(a, b));
  const to = known.reduce((a, b) => Math.max(a, b));
  const level = (value: number) => (to === from ? 0 : Math.round(((value - from) / (to - from)) * (BARS.length - 1)));
  return { line: groups.map((value) => (value === null ? " " : BARS[level(value)])).join(""), from, to, size };
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
