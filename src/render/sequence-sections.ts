import { PREVIOUS } from "../lstm/letters.ts";
import { GATES } from "../lstm/names.ts";
import type { Flow, SequenceResult, SequenceSummary } from "../lstm/results/records.ts";
import type { StepLabel } from "../lstm/unroll.ts";
import { derivative, product, sub, sup } from "../notation/formula.ts";
import { type Column, column, matrixSection, type Section, tableSection } from "./section.ts";
import { sparkline } from "./sparkline.ts";
import { logarithmSymbol, type Name, stateNormSymbol, textOf } from "./symbols.ts";

/** How the gradient flows along the steps, which gates saturate, and the Jacobian of the end by the start. */
export function sequenceSections(result: SequenceResult): Section[] {
  const { flow, to_step } = result;
  return [flowSection(flow, to_step), saturationSection(flow), ...productSections(result), lyapunovSection(result)];
}

function flowSection(flow: readonly Flow[], end: number): Section {
  const logarithms = flow.map(({ to_end_log10 }) => to_end_log10);
  const columns = [
    column(stateNormSymbol("t", PREVIOUS), (row) => flow[row].step_norm, ">1e308"),
    column(logarithmSymbol(stateNormSymbol(end, "t")), (row) => logarithms[row], "zero"),
    column("1/(1-f) median", (row) => flow[row].forget_time_scale.median, ">1e308"),
    column("1/(1-f) max", (row) => flow[row].forget_time_scale.largest, ">1e308"),
  ];
  return { ...stepSection("s = (h, c)", flow, columns), captions: flowCharts(flow, end) };
}

/** Where the gradient vanishes or explodes and what the forget gates do meanwhile, at a glance. */
function flowCharts(flow: readonly Flow[], end: number): string[] {
  const logarithms = flow.map(({ to_end_log10 }) => to_end_log10);
  return [
    ...chart(textOf(logarithmSymbol(stateNormSymbol(end, "t"))), flow, logarithms),
    ...chart(
      textOf(stateNormSymbol("t", PREVIOUS)),
      flow,
      flow.map(({ step_norm }) => step_norm),
    ),
    ...chart(
      "1/(1-f) median",
      flow,
      flow.map(({ forget_time_scale }) => forget_time_scale.median),
    ),
  ];
}

/** What it shows, and the chart on a line of its own, which it nearly fills. */
export function chart(name: string, flow: readonly StepLabel[], values: readonly (number | null)[]): string[] {
  const { line, from, to, size } = sparkline(values);
  if (flow.length === 1 || line === "") return [];
  const steps = `t = ${flow[0].t} … ${flow[flow.length - 1].t}`;
  const ends = `lowest ▁ ${short(from)}, highest █ ${short(to)}:`;
  return [`${name}, ${steps}, ${ends}`, size === 1 ? line : `${line}  ${size} steps a bar`];
}

/** Two decimals, or of what is large or small three digits. */
function short(value: number): string {
  const size = Math.abs(value);
  return value === 0 || (size >= 0.01 && size < 1e6) ? value.toFixed(2) : value.toExponential(2);
}

/** The columns are labelled by where a gate counts as saturated. */
function saturationSection(flow: readonly Flow[]): Section {
  const columns = GATES.flatMap((g) => [
    column(g === "u" ? "u<-0.9" : `${g}<0.1`, (row) => percent(flow[row].saturated[g].low)),
    column(`${g}>0.9`, (row) => percent(flow[row].saturated[g].high)),
  ]);
  return stepSection("saturated, %", flow, columns);
}

const percent = (share: number) => Math.round(100 * share);

export function stepSection(title: Name, flow: readonly StepLabel[], columns: readonly Column[]): Section {
  return { ...tableSection(title, flow.length, columns), rowNoun: "step", rowLabel: (row) => `t = ${flow[row].t}` };
}

function productSections(summary: SequenceSummary): Section[] {
  const { exponent2 } = summary;
  return productBlocks(summary).map(({ symbol, matrix }) => {
    return matrixSection(exponent2 === 0 ? symbol : product(symbol, "×", sup(2, -exponent2)), matrix);
  });
}

/** The Jacobian of the last state by the first, a block a pair of h and c. */
export function productBlocks({ jacobian, from_step, to_step }: SequenceSummary) {
  return (["h", "c"] as const).flatMap((of) =>
    (["h", "c"] as const).map((wrt) => ({
      symbol: derivative(sub(of, to_step), sub(wrt, from_step)),
      matrix: jacobian[`${of}_T`][`${wrt}_0`],
    })),
  );
}

function lyapunovSection({ lyapunov, lyapunov_steps }: SequenceSummary): Section {
  const columns = [column("nats a step", (row) => lyapunov[row], "-inf")];
  const steps = `${lyapunov_steps} ${lyapunov_steps === 1 ? "step" : "steps"}`;
  return {
    ...tableSection("Lyapunov exponents", lyapunov.length, columns),
    rowNoun: "exponent",
    captions: [`over ${steps}, from the identity; -inf: none, or not known to within 1e-6`],
  };
}

/** The size of the whole product. */
export function sequenceCaptions({ from_step, to_step, jacobian_norm, jacobian_log10 }: SequenceSummary): string[] {
  const norm = textOf(stateNormSymbol(to_step, from_step));
  if (jacobian_norm !== null) return [`${norm} = ${Number(jacobian_norm.toPrecision(6))}`];
  return jacobian_log10 === null ? [] : [`${norm} = 10^${jacobian_log10.toFixed(4)}`];
}
