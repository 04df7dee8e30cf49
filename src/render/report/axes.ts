/** The frame of a chart: grid lines, the numbers at them, and what the axes are. */
import { ticks } from "d3-array";
import type { ScaleLinear } from "d3-scale";
import type { Tick } from "./power-axis.ts";
import { element, place, shortNumber, text } from "./svg.ts";
import { symbolPlain } from "./symbol-html.ts";

export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

type Scale = ScaleLinear<number, number>;

/** So far a number may stand out at the right, half a character's width, and between two steps. */
const [OVERHANG, HALF, APART] = [10, 3.4, 0.08];

/** Whether values from low to high are as good as equal: no axis tells them apart, nor do doubles have marks between them. */
export function areAsGoodAsEqual(low: number, high: number): boolean {
  return high - low <= Math.max(1e-9 * Math.max(Math.abs(low), Math.abs(high)), 1e-300);
}

/** A number at an axis. */
export const tick = (value: number): string => shortNumber(value, 4);

/** Numbers named as they are. */
export const named = (values: readonly number[]): Tick[] => values.map((at) => ({ at, name: tick(at) }));

/** The first and the last step, and round ones between. */
export function stepTicks(first: number, last: number): Tick[] {
  const room = APART * (last - first);
  const between = ticks(first, last, INTERVALS).filter(
    (step) => Number.isInteger(step) && step - first > room && last - step > room,
  );
  return named([...new Set([first, ...between, last])]);
}

const INTERVALS = 5;

export function yAxis(scale: Scale, places: readonly Tick[], { left, right }: Plot): string {
  return places
    .map(({ at, name }) => {
      const y = scale(at);
      const line = element("path", { class: "grid", d: `M${place(left)} ${place(y)}H${place(right)}` });
      return line + text(left - 6, y + 4, name, { "text-anchor": "end" });
    })
    .join("");
}

/** @param title what the axis is */
export function xAxis(scale: Scale, places: readonly Tick[], { left, right, bottom }: Plot, title: string): string {
  const numbers = places.map(({ at, name }) => {
    const x = Math.min(scale(at), right + OVERHANG - HALF * symbolPlain(name).length);
    return text(x, bottom + 16, name, { "text-anchor": "middle" });
  });
  return numbers.join("") + text((left + right) / 2, bottom + 33, title, { "text-anchor": "middle" });
}
