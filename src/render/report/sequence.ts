/** A whole sequence: where the gradient grows or vanishes, and what the gates do meanwhile. */

import { gate, PREVIOUS } from "../../lstm/letters.ts";
import { GATES } from "../../lstm/names.ts";
import type { Flow, SequenceResult } from "../../lstm/results/records.ts";
import { productBlocks, sequenceCaptions, sequenceSections } from "../sequence-sections.ts";
import { stateNormSymbol, textOf } from "../symbols.ts";
import { scaleOf } from "../tint.ts";
import { heatTable, legend } from "./heat-table.ts";
import { type LineChart, lineChart, type Point } from "./line-chart.ts";
import { sectionTable } from "./section-table.ts";
import { symbolHtml } from "./symbol-html.ts";

/** As many places as a chart has at most; more steps are gathered. */
const MOST_POINTS = 240;
/** Rows and columns of a block at most; more are gathered, or four blocks of H = 32 would be a quarter of the page. */
const MOST_OF_BLOCK = 16;

export function sequenceHtml(result: SequenceResult, digits: number): string {
  const { flow, steps, to_step: end, from_step: start } = result;
  const chart = (title: string, note: string, spreads: readonly (Spread | null)[], range?: LineChart["range"]) =>
    lineChart({ title, xLabel: `step t${note}`, points: along(flow, spreads), range });
  const gathered = flow.length > MOST_POINTS ? " (line: mean, band: range of the steps at a place)" : "";
  const flowChart = (title: string, values: readonly (number | null)[]) => {
    const spreads = values.map((value) => (value === null ? null : spread([value])));
    return chart(title, gathered, spreads);
  };
  const toEnd = flow.map(({ to_end_log10 }) => to_end_log10);
  const ofStep = flow.map(({ step_norm }) => step_norm);
  const flows = [
    flowChart(`log₁₀ ${textOf(stateNormSymbol(end, "t"))}`, toEnd),
    flowChart(textOf(stateNormSymbol("t", PREVIOUS)), ofStep),
  ];
  const gates = GATES.map((g) => {
    const spreads = steps.map((step) => spread(step.gates[g]));
    return chart(textOf(gate(g)), " (line: mean, band: range over the units)", spreads, g === "u" ? [-1, 1] : [0, 1]);
  });
  const [flowTable, saturation, ...rest] = sequenceSections(result);
  const captions = sequenceCaptions(result).map(
    (text) => `<p>${symbolHtml(text)}, the gradient over all of these steps.</p>`,
  );
  return `<p>With the state <i>s</i> = (<i>h</i>, <i>c</i>): how much of a change of the state after step <i>t</i> reaches the state after step ${end}.</p>
${captions.join("")}<div class=two>${flows.join("")}</div>
<details><summary>The flow by step</summary>${sectionTable(flowTable, digits)}</details>
<h3>The gates along the sequence</h3>
<div class=two>${gates.join("")}</div>
<details><summary>Saturated units by step</summary>${sectionTable(saturation, digits)}</details>
<h3>The state after step ${end} by the state after step ${start}</h3>
${productHtml(result, digits)}
<details><summary>Lyapunov exponents, nats a step</summary>${sectionTable(rest[rest.length - 1], digits)}</details>`;
}

function productHtml(result: SequenceResult, digits: number): string {
  const { exponent2 } = result;
  const blocks = productBlocks(result);
  const scale = scaleOf(blocks.map(({ matrix }) => matrix));
  const power = exponent2 === 0 ? "" : ` <small>in units of 2<sup>${exponent2}</sup></small>`;
  const tables = blocks.map(({ symbol, matrix }) =>
    heatTable({ caption: symbolHtml(symbol) + power, matrix, scale, digits, annotated: 3, most: MOST_OF_BLOCK }),
  );
  return `${legend(scale, "one scale for the four blocks")}<div class=four>${tables.join("\n")}</div>`;
}

/** The mean of some values and their range. */
type Spread = Omit<Point, "x">;

function spread(values: ArrayLike<number>): Spread {
  let [sum, low, high] = [0, Infinity, -Infinity];
  for (let k = 0; k < values.length; k++) {
    sum += values[k] / values.length;
    low = Math.min(low, values[k]);
    high = Math.max(high, values[k]);
  }
  return { y: Math.min(high, Math.max(low, sum)), low, high };
}

/** A point a step, or a step and its neighbours where there are too many. */
function along(flow: readonly Flow[], spreads: readonly (Spread | null)[]): (Point | null)[] {
  const size = Math.ceil(flow.length / MOST_POINTS);
  const count = Math.ceil(flow.length / size);
  return Array.from({ length: count }, (_, k) => {
    const own = spreads.slice(k * size, (k + 1) * size).filter((one) => one !== null);
    if (own.length === 0) return null;
    const y = spread(own.map((one) => one.y)).y;
    const ends = spread(own.flatMap(({ low, high }) => [low, high]));
    // the chart ends with the last step
    return { x: flow[k === count - 1 ? flow.length - 1 : k * size].t, y, low: ends.low, high: ends.high };
  });
}
