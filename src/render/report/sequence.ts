/** A whole sequence: where the gradient grows or vanishes, and what the gates do meanwhile. */

import { gate, PREVIOUS } from "../../lstm/letters.ts";
import { GATES, type Gate } from "../../lstm/names.ts";
import { forgetTimeScales, type SequencePicture } from "../../lstm/results/sequence-picture.ts";
import { inputNormSymbol } from "../input-sections.ts";
import { productBlocks, sequenceCaptions, sequenceSections } from "../sequence-sections.ts";
import { stateNormSymbol, textOf } from "../symbols.ts";
import { scaleOf } from "../tint.ts";
import { along, MOST_POINTS, type Spread, sharesAlong, spread } from "./along-steps.ts";
import { areaChart } from "./area-chart.ts";
import { figureHtml } from "./figure-html.ts";
import { flowFigure } from "./figures/flow.ts";
import { fold } from "./fold.ts";
import { heatTable, legend } from "./heat-table.ts";
import { histogram } from "./histogram.ts";
import { type LineChart, lineChart } from "./line-chart.ts";
import { powerName } from "./power-axis.ts";
import { sectionTable } from "./section-table.ts";
import { chartHtml } from "./svg.ts";
import { symbolHtml } from "./symbol-html.ts";

/** Rows and columns of a block at most; more are gathered, or four blocks of H = 32 would be a quarter of the page. */
const MOST_OF_BLOCK = 16;

export function sequenceHtml(result: SequencePicture, digits: number): string {
  const { to_step: end, from_step: start, jacobian_log10 } = result;
  const [flowTable, saturation, ...rest] = sequenceSections(result);
  const each = jacobian_log10 === null ? "" : `, ${powerName(jacobian_log10 / (end - start))} a step on average`;
  const captions = sequenceCaptions(result).map(
    (text) => `<p>${symbolHtml(`${text}: the gradient over all of these steps${each}`)}.</p>`,
  );
  const states = `Step t leads from the state s_{t-1} to s_t, with s = (h, c); s_${start} is the state before the first step. What is left at the end of a change of the state after step t is ${textOf(stateNormSymbol(end, "t"))}.`;
  return `<p>${symbolHtml(states)}</p>
<div class=beside>${figureHtml(flowFigure(result))}<div>${captions.join("")}${timeScaleChart(result)}</div></div>
<div class=two>${flowCharts(result).join("")}</div>
${fold("The flow by step", sectionTable(flowTable, digits))}
<h3>What is left of each input</h3>
${inputHtml(result)}
<h3>The gates along the sequence</h3>
<div class=two>${gateCharts(result).join("")}</div>
<h3>Saturated units</h3>
${saturatedHtml(result)}
${fold("Saturated units by step", sectionTable(saturation, digits))}
<h3>The state after step ${end} by the state after step ${start}</h3>
${productHtml(result, digits)}
${fold("Lyapunov exponents, nats a step", sectionTable(rest[rest.length - 1], digits))}`;
}

/** What is left of a change of the states 0 … T, and what each of the steps 1 … T does to it. */
function flowCharts({ flow, jacobian_log10, from_step, to_step: end }: SequencePicture): string[] {
  const gathered = flow.length > MOST_POINTS ? " (line: mean, band: range of the steps at a place)" : "";
  const spreads = (values: readonly (number | null)[]) =>
    values.map((value) => (value === null ? null : spread([value])));
  const left = [jacobian_log10, ...flow.map(({ to_end_log10 }) => to_end_log10)];
  const toEnd: LineChart = {
    title: textOf(stateNormSymbol(end, "t")),
    xLabel: `after step t${gathered}`,
    points: along([{ t: from_step }, ...flow], spreads(left)),
    isPower: true,
  };
  const bySteps: LineChart = {
    title: textOf(stateNormSymbol("t", PREVIOUS)),
    xLabel: `step t${gathered}`,
    points: along(flow, spreads(flow.map(({ step_norm }) => step_norm))),
  };
  return [toEnd, bySteps].map((chart) => chartHtml(lineChart(chart)));
}

/** How much of each input is still there at the end: what the network remembers. */
function inputHtml({ inputs, to_step: end }: SequencePicture): string {
  if (inputs === null) return "<p>So many entries are for <code>dlstm sequence --wrt x --norms</code>.</p>";
  const chart = (of: "h" | "c", values: readonly (number | null)[]) =>
    chartHtml(
      lineChart({
        title: textOf(inputNormSymbol(of, end)),
        xLabel: "step t",
        points: along(
          inputs,
          values.map((value) => (value === null ? null : spread([value]))),
        ),
        isPower: true,
      }),
    );
  const charts = [
    chart(
      "h",
      inputs.map(({ h_T_log10 }) => h_T_log10),
    ),
    chart(
      "c",
      inputs.map(({ c_T_log10 }) => c_T_log10),
    ),
  ];
  return `<div class=two>${charts.join("")}</div>`;
}

function gateCharts({ flow, steps }: SequencePicture): string[] {
  const chart = (g: Gate, spreads: readonly Spread[], range: LineChart["range"]) => {
    const xLabel = "step t (line: mean, band: range over the units)";
    return chartHtml(lineChart({ title: textOf(gate(g)), xLabel, points: along(flow, spreads), range }));
  };
  return GATES.map((g) =>
    chart(
      g,
      steps.map((step) => spread(step.gates[g])),
      g === "u" ? [-1, 1] : [0, 1],
    ),
  );
}

/** A chart a gate; a sentence for the gates of which it would be empty. */
function saturatedHtml({ flow }: SequencePicture): string {
  const isEmpty = (g: Gate) => flow.every(({ saturated }) => saturated[g].low === 0 && saturated[g].high === 0);
  const charts = GATES.filter((g) => !isEmpty(g)).map((g) =>
    chartHtml(
      areaChart(
        saturatedTitle(g),
        "step t",
        sharesAlong(flow, (step) => step.saturated[g]),
      ),
    ),
  );
  const sentences = GATES.filter(isEmpty).map((g) => {
    const bounds = g === "u" ? "below −0.9 or above 0.9" : "below 0.1 or above 0.9";
    return `<li>${symbolHtml(gate(g))}: at no step a unit ${bounds}.`;
  });
  const never = sentences.length === 0 ? "" : `<ul>${sentences.join("")}</ul>`;
  return `${charts.length === 0 ? "" : `<div class=small>${charts.join("")}</div>`}${never}`;
}

function saturatedTitle(g: Gate): string {
  return g === "u" ? "u_t: below −0.9, above 0.9" : `${textOf(gate(g))}: below 0.1, above 0.9`;
}

/** By magnitude, for a gate of 0.999 keeps a thousand steps. */
function timeScaleChart(result: SequencePicture): string {
  const values = forgetTimeScales(result);
  const beyond = values.filter((value) => value === Infinity).length;
  const note = beyond === 0 ? "" : `; ${beyond} beyond 10^16`;
  const title = "Time scales 1/(1 − f_t)";
  return chartHtml(
    histogram({ title, xLabel: `units and steps by time scale, in steps${note}`, values, isPower: true }),
  );
}

function productHtml(result: SequencePicture, digits: number): string {
  const { exponent2 } = result;
  const blocks = productBlocks(result);
  const scale = scaleOf(blocks.map(({ matrix }) => matrix));
  const power = exponent2 === 0 ? "" : ` <small>in units of 2<sup>${exponent2}</sup></small>`;
  const tables = blocks.map(({ symbol, matrix }) =>
    heatTable({ caption: symbolHtml(symbol) + power, matrix, scale, digits, annotated: 3, most: MOST_OF_BLOCK }),
  );
  return `${legend(scale, "one scale for the four blocks")}<div class=four>${tables.join("\n")}</div>`;
}
