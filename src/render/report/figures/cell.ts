/** The cell as a diagram: one unit's numbers on its lines, which are as thick as what they carry of ∂h_t/∂h_{t-1}. */
import type { State } from "../../../lstm/cell.ts";
import { c_prev, c_t, gate, h_prev, h_t, stepDerivative, x_t, z } from "../../../lstm/letters.ts";
import { GATES, type Gate } from "../../../lstm/names.ts";
import type { UnitFlow } from "../../../lstm/results/unit-flow.ts";
import { textOf } from "../../symbols.ts";
import type { Figure } from "../figure-html.ts";
import { element, label, type Panel, percent, text } from "../svg.ts";
import { edgeLines, mostCarried, thickness } from "./cell-edges.ts";
import { type CellLayout, NARROW, type Place, WIDE } from "./cell-layout.ts";

/** So many components of a vector are written. */
const WRITTEN = 2;
/** Above it stands nothing. */
const TOP = 30;

/** h_{t-1} and x_t, as far as they are given. */
export type CellInputs = Pick<State, "h_prev" | "x_t">;

export function cellFigure(flow: UnitFlow, inputs: CellInputs): Figure {
  const [wide, narrow] = [WIDE, NARROW].map((layout) => diagram(flow, inputs, layout));
  return { title: `Unit ${flow.unit}`, notes: [], words: wide.words, panels: [wide], narrow };
}

function diagram(flow: UnitFlow, inputs: CellInputs, layout: CellLayout): Panel {
  const width = thickness(mostCarried([flow]));
  const { carried } = flow;
  const { columns, right, end, meets, below } = layout;
  const body = [
    edgeLines(layout, (edge) => (carried ? width(carried.norm[edge]).toFixed(1) : null)),
    arrow(right, 70),
    arrow(right, 330),
    ...GATES.map((g) => gateBox(g, flow, layout)),
    box(end, 125, "tanh", layout),
    ...[operator(columns.f, 70, "×"), operator(columns.u, 150, "×"), operator(columns.u, 70, "+")],
    operator(end, meets, "×"),
    ...numbers(flow, inputs, layout.labels),
    carried ? legend(flow, width, layout) : "",
  ].join("");
  const height = carried ? legendLine(GATES.length, layout) + 18 : below + 18;
  const moved = element("g", { transform: `translate(0 ${-TOP})` }, body);
  return { width: layout.width, height: height - TOP, words: inWords(flow), body: moved };
}

function numbers(flow: UnitFlow, { h_prev: h, x_t: x }: CellInputs, labels: CellLayout["labels"]): string[] {
  const { c_prev: memory, kept, written: input, c_t: state, tanh_c_t, h_t: output } = flow;
  const [before, after] = [textOf(c_prev), textOf(c_t)];
  // on two lines, for on one a small number sticks out of the picture
  const { tanh } = labels;
  const second = { ...tanh, y: tanh.y + 16 };
  return [
    written(labels.c_prev, equation(before, memory)),
    written(labels.kept, equation(`f_t ${before}`, kept)),
    written(labels.c_t, equation(after, state)),
    written(labels.written, equation("i_t u_t", input)),
    ...(tanh_c_t === null ? [] : [written(tanh, `tanh ${after}`), written(second, `= ${label(tanh_c_t)}`)]),
    written(labels.h_prev, `${textOf(h_prev)} = ${h ? vector(h) : "0"}`),
    x ? written(labels.x_t, `${textOf(x_t)} = ${vector(x)}`) : "",
    written(labels.h_t, equation(textOf(h_t), output)),
  ];
}

/** The gate's box, z below and its value above. */
function gateBox(g: Gate, { z: sums, gates, carried }: UnitFlow, layout: CellLayout): string {
  const x = layout.columns[g];
  const at = (y: number, side = 1): Place => ({ x: x + 10 * side, y, ...(side < 0 ? { anchor: "end" } : {}) });
  const side = layout.onLeft?.includes(g) ? -1 : 1;
  const share = carried ? percent(carried.share[g]) : "";
  const value = equation(textOf(gate(g)), gates[g] ?? null);
  const sum = equation(textOf(z(g)), sums[g] ?? null);
  return [
    box(x, 250, g === "u" ? "tanh" : "σ", layout, gates[g] === undefined ? "node absent" : "node"),
    ...(layout.onLeft === null
      ? [...stacked(value, at(195)), ...stacked(sum, at(286))]
      : [written(at(212, side), value), written(at(300), sum)]),
    written(at(layout.onLeft === null ? 225 : 227, side), share, `path-${g}`),
  ].join("");
}

/** The symbol, and its value below it. */
function stacked(words: string, { x, y }: Place): string[] {
  return words.split(" = ").map((line, k) => written({ x, y: y + 15 * k }, line));
}

function box(x: number, y: number, name: string, { half }: CellLayout, style = "node"): string {
  return (
    element("rect", { class: style, x: x - half, y: y - 17, width: 2 * half, height: 34, rx: 6 }) +
    text(x, y + 5, name, { class: "letter", "text-anchor": "middle" })
  );
}

function operator(x: number, y: number, sign: string): string {
  return (
    element("circle", { class: "node", cx: x, cy: y, r: 14 }) +
    text(x, y + 6, sign, { class: "sign", "text-anchor": "middle" })
  );
}

function arrow(x: number, y: number): string {
  return element("path", { class: "head", d: `M${x - 2} ${y - 9}l16 9l-16 9z` });
}

function written({ x, y, anchor }: Place, symbols: string, style?: string): string {
  return symbols === "" ? "" : text(x, y, symbols, { class: style, "text-anchor": anchor });
}

/** Empty where there is no number. */
function equation(symbol: string, value: number | null): string {
  return value === null ? "" : `${symbol} = ${label(value)}`;
}

function vector(values: Float64Array): string {
  const shown = Array.from(values.subarray(0, WRITTEN), label);
  return `(${[...shown, ...(values.length > WRITTEN ? ["…"] : [])].join(", ")})`;
}

/** What the thickness stands for: the row of each path and of their sum. */
function legend({ unit, carried }: UnitFlow, width: (carried: number) => number, layout: CellLayout): string {
  const row = `row ${unit} of ${textOf(stepDerivative("h_t", "h_prev"))}`;
  const { left, legend } = layout;
  const entries = [...GATES, "all" as const].map((edge, k) => {
    const x = left + legend.apart * (k % legend.each);
    const y = legendLine(k, layout);
    const size = carried!.norm[edge];
    const name = edge === "all" ? "together" : `via ${textOf(gate(edge))}`;
    const line = {
      class: edge === "all" ? "edge" : `edge path-${edge}`,
      style: `stroke-width:${width(size).toFixed(1)}`,
    };
    return element("path", { ...line, d: `M${x} ${y - 4}h22` }) + written({ x: x + 28, y }, `${name}: ${label(size)}`);
  });
  return written({ x: left, y: legend.y }, `Line width: the length of ${row}, path by path`) + entries.join("");
}

/** How far down the legend's entry k stands. */
function legendLine(k: number, { legend }: CellLayout): number {
  return legend.y + 26 + 20 * Math.floor(k / legend.each);
}

function inWords({ unit, gates, c_prev: memory, c_t: state, h_t: output, carried }: UnitFlow): string {
  const values = GATES.flatMap((g) => (gates[g] === undefined ? [] : [`${g} = ${label(gates[g])}`]));
  const rest = [equation("c before the step", memory), equation("c after it", state), equation("h after it", output)];
  const shares = carried ? GATES.map((g) => `${percent(carried.share[g])} through ${g}`).join(", ") : "";
  const flow = carried ? `; of its row of the derivative of h by the previous h, ${shares}` : "";
  return `Diagram of the cell, unit ${unit}: ${[...values, ...rest.filter((part) => part !== "")].join(", ")}${flow}`;
}
