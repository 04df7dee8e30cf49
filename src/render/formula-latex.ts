/**
 * Formulas as LaTeX with amsmath. No backslash stands before punctuation except at line breaks: Markdown would take it for
 * an escape of its own before the mathematics is read.
 */
import type { Formula, Operator, Relation } from "../notation/formula-tree.ts";
import { grouped, isHigh, parenthesised, type Spelling, spelled, type WriteNumber } from "./formula-spelling.ts";
import { isOneLine } from "./formula-text.ts";

const SYMBOLS: Record<string, string> = {
  σ: "\\sigma",
  λ: "\\lambda",
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
const DIFFERENTIALS = { "∂": "\\partial ", "∂²": "\\partial^{2}", d: "\\mathrm{d}" } as const;
const FENCES = { "()": ["(", ")"], "||": ["|", "|"], "‖‖": ["\\lVert ", "\\rVert "] } as const;

/** Displayed, or in a line of text, where fractions are written with a slash. */
export type Style = "display" | "inline";

const DISPLAY: Spelling = {
  symbol: ({ name }) => SYMBOLS[name] ?? name,
  word: ({ text }) => WORDS[text] ?? `\\operatorname{${text}}`,
  number: ({ text }) => numberLatex(text),
  scripts({ base, sub, sup }, tex) {
    const text = base.kind === "prime" ? `{${tex(base)}}` : tex(base);
    return text + (sub === null ? "" : `_{${tex(sub)}}`) + (sup === null ? "" : `^{${tex(sup)}}`);
  },
  prime: ({ base }, tex) => `${tex(base)}'`,
  differential: ({ sign, of }, tex) => DIFFERENTIALS[sign] + tex(of),
  fraction: ({ over, under }, tex) => `\\frac{${tex(over)}}{${tex(under)}}`,
  row: ({ parts, comma }, tex) => parts.map(tex).join(comma ? ", " : "\\thinspace "),
  infix: ({ parts, operator }, tex) => parts.map(tex).join(` ${OPERATORS[operator]} `),
  negative: ({ of }, tex) => `-${tex(of)}`,
  // only what is high needs fences that grow
  fence({ fence, of }, tex) {
    const [open, close] = FENCES[fence];
    return isHigh(of) ? `\\left${open}${tex(of)}\\right${close}` : `${open}${tex(of)}${close}`;
  },
  apply: ({ fn, argument }, tex) => tex(fn) + tex(parenthesised(argument)),
  large: ({ operator, under, of }, tex) => `${LARGE[operator]}_{${tex(under)}} ${tex(of)}`,
  matrix({ rows }, tex) {
    // a fraction as large as one beside the matrix
    const displayed = (cell: Formula) => (cell.kind === "fraction" ? `\\displaystyle ${tex(cell)}` : tex(cell));
    const lines = rows.map((row) => row.map(displayed).join(" & "));
    return `\\begin{bmatrix} ${lines.join(` ${lineBreak(rows.flat())} `)} \\end{bmatrix}`;
  },
  chain(formula, tex) {
    const { first, links } = formula;
    const parts = links.map(({ relation, side }) => [RELATIONS[relation], tex(side)]);
    if (isOneLine(formula) || links.length === 1) return [tex(first), ...parts.flat()].join(" ");
    const lines = parts.map(([relation, side], k) => `${k === 0 ? tex(first) : ""} &${relation} ${side}`);
    return `\\begin{aligned} ${lines.join(" \\\\ ")} \\end{aligned}`;
  },
};

const INLINE: Spelling = {
  ...DISPLAY,
  fraction: ({ over, under }, tex) => `${tex(grouped(over, false))}/${tex(grouped(under, true))}`,
};

/** The formula as it stands between dollars; a chain of several links in an aligned environment. */
export function formulaLatex(formula: Formula, write: WriteNumber, style: Style = "display"): string {
  return spelled(formula, style === "display" ? DISPLAY : INLINE, write);
}

/** How derivations have formulas, in a line of text and displayed. */
export function latexPen(write: WriteNumber) {
  return {
    inline: (formula: Formula) => `$${formulaLatex(formula, write, "inline")}$`,
    display: (formula: Formula) => formulaLatex(formula, write),
  };
}

/** High cells want room between their rows. */
function lineBreak(cells: readonly Formula[]): string {
  const areHigh = cells.some((cell) => isHigh(cell) || cell.kind === "row");
  return areHigh ? "\\\\[8pt]" : "\\\\";
}

/** 4.24835e-18 as 4.24835·10⁻¹⁸ */
export function numberLatex(text: string): string {
  const [, mantissa, exponent] = /^(.*?)e\+?(-?\d+)$/.exec(text.trim()) ?? [];
  return exponent === undefined ? text.trim() : `${mantissa}\\cdot 10^{${exponent}}`;
}
