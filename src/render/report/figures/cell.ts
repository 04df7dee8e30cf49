/** The cell as a diagram: one unit's numbers on its lines, which are as thick as what they carry of ∂h_t/∂h_{t-1}. */
import type { State } from "../../../lstm/cell.ts";
import { c_prev, c_t, gate, h_prev, h_t, stepDerivative, x_t, z } from "../../../lstm/letters.ts";
import { GATES, type Gate } from "../../../lstm/names.ts";
import type { UnitFlow } from "../../../lstm/results/unit-flow.ts";
import { textOf } from "../../symbols.ts";
import { element, type Figure, label, percent, text } from "../svg.ts";
import { symbolSvg } from "../symbol-html.ts";
import { edgeLines, mostCarried, thickness } from "./cell-edges.ts";

const WIDTH = 820;
/** Where the gates stand. */
const COLUMNS: Record<Gate, number> = { f: 230, i: 350, u: 450, o: 560 };
/** So many components of a vector are written. */
const WRITTEN = 2;

/** h_{t-1} and x_t, as far as they are given. */
export type CellInputs = Pick<State, "h_prev" | "x_t">;

export function cellFigure(flow: UnitFlow, inputs: CellInputs): Figure {
  const width = thickness(mostCarried([flow]));
  const { carried } = flow;
  const lines = edgeLines((edge) => (carried ? width(carried.norm[edge]).toFixed(1) : null));
  const h = inputs.h_prev && `${textOf(h_prev)} = ${vector(inputs.h_prev)}`;
  const x = inputs.x_t && `${textOf(x_t)} = ${vector(inputs.x_t)}`;
  const body = [
    lines,
    arrow(790, 70),
    arrow(790, 330),
    ...GATES.map((g) => gateBox(g, flow)),
    box(670, 125, "tanh"),
    ...[operator(230, 70, "×"), operator(450, 150, "×"), operator(450, 70, "+"), operator(670, 190, "×")],
    ...numbers(flow),
    written(30, 312, h ?? `${textOf(h_prev)} = 0`),
    x ? written(118, 372, x) : "",
    carried ? legend(flow, width) : "",
  ].join("");
  return { width: WIDTH, height: carried ? 450 : 390, words: inWords(flow), body };
}

function numbers({
  unit,
  c_prev: memory,
  kept,
  written: input,
  c_t: state,
  tanh_c_t,
  h_t: output,
}: UnitFlow): string[] {
  const [before, after] = [textOf(c_prev), textOf(c_t)];
  return [
    text(30, 22, `Unit ${unit}`, { class: "title" }),
    written(30, 54, equation(before, memory)),
    written(340, 54, equation(`f_t ${before}`, kept), "middle"),
    written(560, 54, equation(after, state), "middle"),
    written(460, 116, equation("i_t u_t", input)),
    // on two lines, for on one a small number sticks out of the picture
    ...(tanh_c_t === null ? [] : [written(706, 122, `tanh ${after}`), written(706, 138, `= ${label(tanh_c_t)}`)]),
    written(686, 312, equation(textOf(h_t), output)),
  ];
}

/** The gate's box, z below and its value above. */
function gateBox(g: Gate, { z: sums, gates, carried }: UnitFlow): string {
  const [x, side] = [COLUMNS[g], g === "f" || g === "i" ? -1 : 1];
  const anchor = side < 0 ? "end" : "start";
  const share = carried
    ? text(x + 10 * side, 227, percent(carried.share[g]), { class: `path-${g}`, "text-anchor": anchor })
    : "";
  return [
    box(x, 250, g === "u" ? "tanh" : "σ", gates[g] === undefined ? "node absent" : "node"),
    written(x + 10, 300, equation(textOf(z(g)), sums[g] ?? null)),
    written(x + 10 * side, 212, equation(textOf(gate(g)), gates[g] ?? null), anchor),
    share,
  ].join("");
}

function box(x: number, y: number, name: string, style = "node"): string {
  return (
    element("rect", { class: style, x: x - 28, y: y - 17, width: 56, height: 34, rx: 6 }) +
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

function written(x: number, y: number, symbols: string, anchor = "start"): string {
  return symbols === "" ? "" : text(x, y, symbolSvg(symbols), { "text-anchor": anchor });
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
function legend({ unit, carried }: UnitFlow, width: (carried: number) => number): string {
  const row = `row ${unit} of ${textOf(stepDerivative("h_t", "h_prev"))}`;
  const entries = [...GATES, "all" as const].map((edge, k) => {
    const x = 30 + 148 * k;
    const size = carried!.norm[edge];
    const name = edge === "all" ? "together" : `via ${textOf(gate(edge))}`;
    const line = {
      class: edge === "all" ? "edge" : `edge path-${edge}`,
      style: `stroke-width:${width(size).toFixed(1)}`,
    };
    return element("path", { ...line, d: `M${x} 432h22` }) + written(x + 28, 436, `${name}: ${label(size)}`);
  });
  return written(30, 410, `Thick is what carries much: the length of ${row}, path by path`) + entries.join("");
}

function inWords({ unit, gates, c_prev: memory, c_t: state, h_t: output, carried }: UnitFlow): string {
  const values = GATES.flatMap((g) => (gates[g] === undefined ? [] : [`${g} = ${label(gates[g])}`]));
  const rest = [equation("c before the step", memory), equation("c after it", state), equation("h after it", output)];
  const shares = carried ? GATES.map((g) => `${percent(carried.share[g])} through ${g}`).join(", ") : "";
  const flow = carried ? `; of its row of the derivative of h by the previous h, ${shares}` : "";
  return `Diagram of the cell, unit ${unit}: ${[...values, ...rest.filter((part) => part !== "")].join(", ")}${flow}`;
}
