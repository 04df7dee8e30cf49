/** The frame of a chart: grid lines, the numbers at them, and what the axes are. */
import type { ScaleLinear } from "d3-scale";
import { element, place, text } from "./svg.ts";

export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Whether values from low to high are as good as equal: no axis tells them apart, nor do doubles have marks between them. */
export function areAsGoodAsEqual(low: number, high: number): boolean {
  return high - low <= Math.max(1e-9 * Math.max(Math.abs(low), Math.abs(high)), 1e-300);
}

/** Four digits at most. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(4)) + 0).replace("-", "−");
}

export function yAxis(scale: ScaleLinear<number, number>, ticks: readonly number[], { left, right }: Plot): string {
  return ticks
    .map((value) => {
      const y = scale(value);
      const line = element("path", { class: "grid", d: `M${place(left)} ${place(y)}H${place(right)}` });
      return line + text(left - 6, y + 4, rounded(value), { "text-anchor": "end" });
    })
    .join("");
}

/** @param title what the axis is, as markup */
export function xAxis(
  scale: ScaleLinear<number, number>,
  ticks: readonly number[],
  { left, right, bottom }: Plot,
  title: string,
): string {
  const numbers = ticks.map((value) => text(scale(value), bottom + 16, rounded(value), { "text-anchor": "middle" }));
  return numbers.join("") + text((left + right) / 2, bottom + 33, title, { "text-anchor": "middle" });
}
