/**
 * Formulas as LaTeX with amsmath. No backslash stands before punctuation except at line breaks: Markdown would take it for
 * an escape of its own before the mathematics is read.
 */
import type { Formula, Operator, Relation } from "../notation/formula-tree.ts";
import { grouped, isOneLine, type WriteNumber } from "./formula-text.ts";

const SYMBOLS: Record<string, string> = {
  σ: "\\sigma",
  "∂": "\\partial ",
  "∞": "\\infty",
  "∘": "\\circ",
  "×": "\\times",
  "⊤": "\\top",
  "∗": "\\ast",
  "…": "\\cdots",
  "⋱": "\\ddots",
  "⋮": "\\vdots",
};

const WORDS: Record<string, string> = {
  ...{ tanh: "\\tanh", log: "\\log", log10: "\\log_{10}", max: "\\max", min: "\\min" },
};

const OPERATORS: Record<Operator, string> = { "+": "+", "−": "-", "∘": "\\circ", "·": "\\cdot" };
const RELATIONS: Record<Relation, string> = { "=": "=", "≤": "\\le", "<": "<" };
const LARGE = {
  Σ: "\\sum",
  Π: "\\prod",
  max: "\\max",
  min: "\\min",
  argmax: "\\operatorname*{arg\\thinspace max}",
} as const;
const FENCES = { "()": ["(", ")"], "||": ["|", "|"], "‖‖": ["\\lVert ", "\\rVert "] } as const;

/** Displayed, or in a line of text, where fractions are written with a slash. */
export type Style = "display" | "inline";

/** The formula as it stands between dollars; a chain of several links in an aligned environment. */
export function formulaLatex(formula: Formula, write: WriteNumber, style: Style = "display"): string {
  const tex = (part: Formula) => formulaLatex(part, write, style);
  switch (formula.kind) {
    case "symbol":
      return SYMBOLS[formula.name] ?? formula.name;
    case "word":
      return WORDS[formula.text] ?? `\\operatorname{${formula.text}}`;
    case "number":
      return numberLatex(formula.text);
    case "value":
      return numberLatex(write(formula.value));
    case "quantity":
      return tex(formula.symbol);
    case "scripts":
      return scripts(formula, tex);
    case "prime":
      return `${tex(formula.base)}'`;
    case "differential":
      return formula.sign === "∂" ? `\\partial ${tex(formula.of)}` : `\\mathrm{d}${tex(formula.of)}`;
    case "fraction":
      return style === "display"
        ? `\\frac{${tex(formula.over)}}{${tex(formula.under)}}`
        : `${tex(grouped(formula.over, false))}/${tex(grouped(formula.under, true))}`;
    case "row":
      return formula.parts.map(tex).join(formula.comma ? ", " : "\\thinspace ");
    case "infix":
      return formula.parts.map(tex).join(` ${OPERATORS[formula.operator]} `);
    case "negative":
      return `-${tex(formula.of)}`;
    case "fence":
      return fenced(formula.fence, formula.of, tex);
    case "apply":
      return tex(formula.fn) + fenced("()", formula.argument, tex);
    case "large":
      return `${LARGE[formula.operator]}_{${tex(formula.under)}} ${tex(formula.of)}`;
    case "matrix":
      return `\\begin{bmatrix} ${formula.rows.map((row) => row.map((cell) => displayed(cell, tex)).join(" & ")).join(` ${lineBreak(formula.rows.flat())} `)} \\end{bmatrix}`;
    case "chain":
      return chain(formula, tex);
  }
}

/** High cells want room between their rows. */
function lineBreak(cells: readonly Formula[]): string {
  const areHigh = cells.some((cell) => isHigh(cell) || cell.kind === "row");
  return areHigh ? "\\\\[8pt]" : "\\\\";
}

/** A fraction in a matrix, as large as one beside it. */
function displayed(cell: Formula, tex: Tex): string {
  return cell.kind === "fraction" ? `\\displaystyle ${tex(cell)}` : tex(cell);
}

type Tex = (part: Formula) => string;

function scripts({ base, sub, sup }: Formula & { kind: "scripts" }, tex: Tex): string {
  const text = base.kind === "prime" ? `{${tex(base)}}` : tex(base);
  return text + (sub === null ? "" : `_{${tex(sub)}}`) + (sup === null ? "" : `^{${tex(sup)}}`);
}

/** Only what is high needs fences that grow. */
function fenced(fence: keyof typeof FENCES, of: Formula, tex: Tex): string {
  const [open, close] = FENCES[fence];
  return isHigh(of) ? `\\left${open}${tex(of)}\\right${close}` : `${open}${tex(of)}${close}`;
}

export function isHigh(formula: Formula): boolean {
  switch (formula.kind) {
    case "fraction":
    case "matrix":
      return true;
    case "large":
      return formula.operator === "Σ" || formula.operator === "Π";
    case "row":
    case "infix":
      return formula.parts.some(isHigh);
    case "scripts":
      return isHigh(formula.base);
    case "fence":
    case "negative":
      return isHigh(formula.of);
    case "apply":
      return isHigh(formula.argument);
    default:
      return false;
  }
}

function chain({ first, links }: Formula & { kind: "chain" }, tex: Tex): string {
  const parts = links.map(({ relation, side }) => [RELATIONS[relation], tex(side)]);
  if (isOneLine({ kind: "chain", first, links }) || links.length === 1) {
    return [tex(first), ...parts.flat()].join(" ");
  }
  const lines = parts.map(([relation, side], k) => `${k === 0 ? tex(first) : ""} &${relation} ${side}`);
  return `\\begin{aligned} ${lines.join(" \\\\ ")} \\end{aligned}`;
}

/** 4.24835e-18 as 4.24835·10⁻¹⁸ */
export function numberLatex(text: string): string {
  const [, mantissa, exponent] = /^(.*?)e\+?(-?\d+)$/.exec(text.trim()) ?? [];
  return exponent === undefined ? text.trim() : `${mantissa}\\cdot 10^{${exponent}}`;
}
