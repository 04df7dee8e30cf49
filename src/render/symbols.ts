/** The quantities' names as people write them, in one place for every format that people read. */
import type { Gate, Goal, Norm, Output, Wrt } from "../lstm/names.ts";
import type { GradientKey } from "../lstm/results/records.ts";

export const OUTPUT_SYMBOLS: Record<Output, string> = {
  f: "f_t",
  i: "i_t",
  o: "o_t",
  u: "u_t",
  c_t: "c_t",
  tanh_c_t: "tanh(c_t)",
  h_t: "h_t",
};

export const WRT_SYMBOLS: Record<Wrt, string> = { h_prev: "h_{t-1}", c_prev: "c_{t-1}", x_t: "x_t" };

/** The unit sphere of each norm. */
const SPHERES: Record<Norm, string> = { "1": "‖h‖₁ = 1", "2": "‖h‖₂ = 1", inf: "‖h‖∞ = 1" };

/** `∂f_t/∂h_{t-1}` */
export function derivativeSymbol(of: Output, wrt: Wrt): string {
  return `∂${OUTPUT_SYMBOLS[of]}/∂${WRT_SYMBOLS[wrt]}`;
}

/** `h_{t-1}`; of a sequence, h_prev and c_prev are the state before its first step, `h_0`. */
export function stateSymbol(key: Wrt, isSequence: boolean): string {
  return isSequence && key !== "x_t" ? `${key[0]}_0` : WRT_SYMBOLS[key];
}

/** `∂L/∂U_f` */
export function gradientSymbol(key: GradientKey, isSequence: boolean): string {
  return `∂L/∂${key === "h_prev" || key === "c_prev" ? stateSymbol(key, isSequence) : key}`;
}

/** `∂f_t/∂h_{t-1}`, `T_o`, `∂L/∂W_f`, `∂h_T/∂c_0`: a derivative by the names that a check has for it. */
export function quantitySymbol(of: string, wrt: string, isSequence: boolean): string {
  if (of.startsWith("terms.")) return of.replace("terms.", "T_");
  if (of === "loss") return gradientSymbol(wrt as GradientKey, isSequence);
  return `∂${OUTPUT_SYMBOLS[of as Output] ?? of}/∂${WRT_SYMBOLS[wrt as Wrt] ?? wrt}`;
}

/** `T_f = ∂h_t/∂h_{t-1} via f_t`, one of the four paths */
export function termSymbol(gate: Gate): string {
  return `T_${gate} (via ${OUTPUT_SYMBOLS[gate]})`;
}

/** `max f_t, ‖h‖₂ = 1` */
export function optimumSymbol(gate: Gate, goal: Goal, norm: Norm): string {
  return `${goal} ${OUTPUT_SYMBOLS[gate]}, ${SPHERES[norm]}`;
}

const PLAIN: Record<string, string> = {
  "∂": "d",
  σ: "sigma",
  "‖": "|",
  "₁": "_1",
  "₂": "_2",
  "∞": "_inf",
  "…": "...",
  "×": "x",
  "±": "+/-",
  "−": "-",
  "─": "-",
  "⋮": ":",
  "⋱": "...",
  "–": "-",
  "∘": ".*",
  "·": "*",
  "≤": "<=",
  Σ: "sum",
  Π: "prod",
  ᵀ: "^T",
  "²": "^2",
  // a sparkline's heights
  "▁": "1",
  "▂": "2",
  "▃": "3",
  "▄": "4",
  "▅": "5",
  "▆": "6",
  "▇": "7",
  "█": "8",
};

/** The same text for a terminal that shows only ASCII. Other characters, which stem from names, become ?. */
export function toAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the complement of ASCII
  return text.replace(/[^\u0000-\u007f]/gu, (character) => PLAIN[character] ?? "?");
}
