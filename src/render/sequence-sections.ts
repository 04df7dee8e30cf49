import { GATES, type Gate } from "../lstm/names.ts";
import type { Flow, SequenceResult, SequenceSummary } from "../lstm/results/records.ts";
import { type Column, matrixSection, type Section } from "./section.ts";
import { sparkline } from "./sparkline.ts";

/** How the gradient flows along the steps, which gates saturate, and the Jacobian of the end by the start. */
export function sequenceSections(result: SequenceResult): Section[] {
  const { flow, to_step } = result;
  return [flowSection(flow, to_step), saturationSection(flow), ...productSections(result), lyapunovSection(result)];
}

function flowSection(flow: readonly Flow[], end: number): Section {
  const logarithms = flow.map(({ to_end_log10 }) => to_end_log10);
  const columns: Column[] = [
    { label: "‖∂s_t/∂s_{t-1}‖", at: (row) => flow[row].step_norm },
    { label: `log10 ‖∂s_${end}/∂s_t‖`, at: (row) => logarithms[row], absent: "zero" },
    { label: "1/(1-f) median", at: (row) => flow[row].forget_time_scale.median, absent: ">1e308" },
    { label: "1/(1-f) max", at: (row) => flow[row].forget_time_scale.largest, absent: ">1e308" },
  ];
  return { ...stepSection("s = (h, c)", flow, columns), captions: flowChart(flow, end) };
}

/** Where the gradient vanishes or explodes, at a glance: the chart on a line of its own, which it nearly fills. */
function flowChart(flow: readonly Flow[], end: number): string[] {
  const { line, from, to, size } = sparkline(flow.map(({ to_end_log10 }) => to_end_log10));
  if (flow.length === 1 || line === "") return [];
  const steps = `t = ${flow[0].t} … ${end}`;
  const range = `lowest ▁ ${from.toFixed(2)}, highest █ ${to.toFixed(2)}:`;
  return [`log10 ‖∂s_${end}/∂s_t‖, ${steps}, ${range}`, size === 1 ? line : `${line}  ${size} steps a bar`];
}

/** Where a gate counts as saturated, as the columns' labels. */
const LIMITS: Record<Gate, readonly [low: string, high: string]> = {
  f: ["f<0.1", "f>0.9"],
  i: ["i<0.1", "i>0.9"],
  o: ["o<0.1", "o>0.9"],
  u: ["u<-0.9", "u>0.9"],
};

function saturationSection(flow: readonly Flow[]): Section {
  const columns = GATES.flatMap((g): Column[] => [
    { label: LIMITS[g][0], at: (row) => percent(flow[row].saturated[g].low) },
    { label: LIMITS[g][1], at: (row) => percent(flow[row].saturated[g].high) },
  ]);
  return stepSection("saturated, %", flow, columns);
}

const percent = (share: number) => Math.round(100 * share);

function stepSection(title: string, flow: readonly Flow[], columns: readonly Column[]): Section {
  return {
    title,
    rows: flow.length,
    rowNoun: "steps",
    columns,
    rowLabel: (row) => `t = ${flow[row].t}`,
    firstComponent: columns.length,
    comparable: false,
    captions: [],
  };
}

function productSections({ jacobian, exponent2, from_step, to_step }: SequenceSummary): Section[] {
  const scale = exponent2 === 0 ? "" : ` × 2^${-exponent2}`;
  return (["h", "c"] as const).flatMap((of) =>
    (["h", "c"] as const).map((wrt) =>
      matrixSection(`∂${of}_${to_step}/∂${wrt}_${from_step}${scale}`, jacobian[`${of}_T`][`${wrt}_0`]),
    ),
  );
}

function lyapunovSection({ lyapunov, lyapunov_steps }: SequenceSummary): Section {
  return {
    title: "Lyapunov exponents",
    rows: lyapunov.length,
    rowNoun: "exponents",
    columns: [{ label: "nats a step", at: (row) => lyapunov[row], absent: "-inf" }],
    rowLabel: (row) => `[${row}]`,
    firstComponent: 1,
    comparable: false,
    captions: [
      `over ${lyapunov_steps} ${lyapunov_steps === 1 ? "step" : "steps"}, from the identity; -inf: below what rounding lets through`,
    ],
  };
}

/** The size of the whole product. */
export function sequenceCaptions({ from_step, to_step, jacobian_norm, jacobian_log10 }: SequenceSummary): string[] {
  const norm = `‖∂s_${to_step}/∂s_${from_step}‖`;
  if (jacobian_norm !== null) return [`${norm} = ${Number(jacobian_norm.toPrecision(6))}`];
  return jacobian_log10 === null ? [] : [`${norm} = 10^${jacobian_log10.toFixed(4)}`];
}
