/** An axis of magnitudes: values stand at their logarithms, and are named as themselves. */
import { nice, ticks } from "d3-array";
import { label } from "./svg.ts";

/** A place on an axis, and what it is called. */
export interface Tick {
  readonly at: number;
  readonly name: string;
}

/** Whole powers of ten within these are written out. */
const [WRITTEN_FROM, WRITTEN_TO] = [-3, 4];
/** About so many intervals. */
const INTERVALS = 4;
/** Up to this span in powers of ten the values themselves are evenly spaced, up to the next they are 1, 2 and 5. */
const [EVEN, DECADES] = [0.5, 2];
const PARTS = [1, 2, 5, 10].map(Math.log10);

/** 10^exponent, also beyond the doubles: `0.001`, `10^{−8}`, `3.2·10^{−221}`. */
export function powerName(exponent: number): string {
  const whole = Math.floor(exponent);
  if (exponent === whole && (whole < WRITTEN_FROM || whole > WRITTEN_TO)) return `10^{${whole}}`.replace("{-", "{−");
  if (Math.abs(exponent) < 300) return label(10 ** exponent);
  return `${label(10 ** (exponent - whole))}·10^{${whole}}`.replace("{-", "{−");
}

/** Round values from the one below 10^low to the one above 10^high. */
export function powerTicks(low: number, high: number): readonly Tick[] {
  if (high - low < 1e-9) return powerTicks(low - 0.5, high + 0.5);
  return placesAround(low, high).map((at) => ({ at, name: powerName(at) }));
}

function placesAround(low: number, high: number): readonly number[] {
  const whole = Math.floor(low);
  if (high - low < EVEN) {
    const [from, to] = [low, high].map((end) => 10 ** (end - whole));
    const ends = nice(from, to, INTERVALS);
    return ticks(...ends, INTERVALS).map((value) => whole + Math.log10(value));
  }
  if (high - low < DECADES) {
    const powers = Array.from({ length: Math.ceil(high) - whole }, (_, k) => whole + k);
    const places = [...new Set(powers.flatMap((power) => PARTS.map((part) => power + part)))];
    const first = places.findLastIndex((place) => place <= low);
    return places.slice(first, places.findIndex((place) => place >= high) + 1);
  }
  return ticks(...nice(low, high, INTERVALS), INTERVALS).filter(Number.isInteger);
}
