/** Formulas as MathML Core, without scripts, fonts or styles. */
import type { Formula } from "../notation/formula-tree.ts";
import { escapeHtml } from "./escape.ts";
import { grouped, isHigh, parenthesised, type Spelling, spelled, type WriteNumber } from "./formula-spelling.ts";
import { isOneLine } from "./formula-text.ts";

const FENCES = { "()": ["(", ")"], "||": ["|", "|"], "‖‖": ["‖", "‖"] } as const;
const APPLY = "<mo>&#x2061;</mo>";
const OPERATOR_SYMBOLS = new Set(["∂", "…", "⋮", "⋱", "⊤", "∗", "∘"]);

const row = (...parts: string[]) => `<mrow>${parts.join("")}</mrow>`;
/** What is a row by itself. */
const ROWS: ReadonlySet<Formula["kind"]> = new Set([
  "differential",
  "row",
  "infix",
  "negative",
  "fence",
  "apply",
  "matrix",
]);

/** As one argument of an element; a single token is one already. */
function one(part: Formula, ml: (part: Formula) => string): string {
  const text = ml(part);
  return ROWS.has(part.kind) || /^<(mi|mn)>[^<]*<\/\1>$/.test(text) ? text : row(text);
}

const fence = (text: string) => `<mo stretchy="true" lspace="0" rspace="0">${text}</mo>`;
const operator = (text: string, tight = false) =>
  `<mo${tight ? ' lspace="0" rspace="0"' : ""}>${escapeHtml(text)}</mo>`;

const DIFFERENTIALS = {
  "∂": operator("∂", true),
  "∂²": `<msup>${operator("∂", true)}<mn>2</mn></msup>`,
  d: "<mi>d</mi>",
} as const;

const BLOCK: Spelling = {
  symbol: ({ name }) => (OPERATOR_SYMBOLS.has(name) ? operator(name) : `<mi>${escapeHtml(name)}</mi>`),
  word: ({ text }) => `<mi>${escapeHtml(text)}</mi>`,
  number: ({ text }) => number(text),
  scripts({ base, sub, sup }, ml) {
    const parts = [base, sub, sup].filter((part) => part !== null).map((part) => one(part, ml));
    const name = sub !== null && sup !== null ? "msubsup" : sub !== null ? "msub" : "msup";
    return `<${name}>${parts.join("")}</${name}>`;
  },
  prime: ({ base }, ml) => `<msup>${one(base, ml)}<mo>′</mo></msup>`,
  differential: ({ sign, of }, ml) => row(DIFFERENTIALS[sign], ml(of)),
  fraction: ({ over, under }, ml) => `<mfrac>${one(over, ml)}${one(under, ml)}</mfrac>`,
  row: ({ parts, comma }, ml) => row(parts.map(ml).join(comma ? operator(",") : '<mspace width="0.167em"/>')),
  infix: ({ parts, operator: sign }, ml) => row(parts.map(ml).join(operator(sign === "·" ? "⋅" : sign))),
  negative: ({ of }, ml) => row(`<mo form="prefix">−</mo>`, ml(of)),
  fence: ({ fence, of }, ml) => fenced(fence, ml(of), isHigh(of)),
  apply: ({ fn, argument }, ml) => row(ml(fn), APPLY, ml(parenthesised(argument))),
  large: ({ operator, under, of }, ml) => row(`<munder>${largeOperator(operator)}${row(ml(under))}</munder>`, ml(of)),
  matrix({ rows }, ml) {
    const lines = rows.map((cells) => `<mtr>${cells.map((cell) => `<mtd>${ml(cell)}</mtd>`).join("")}</mtr>`);
    return row(fence("["), `<mtable>${lines.join("")}</mtable>`, fence("]"));
  },
  // several links below each other, aligned at the relation
  chain(formula, ml) {
    const { first, links } = formula;
    const parts = links.map(({ relation, side }) => [operator(relation), ml(side)]);
    if (isOneLine(formula) || links.length === 1) return row(ml(first), ...parts.flat());
    const align = (side: string, text: string) => `<mtd style="text-align:${side};padding:0.2em 0">${text}</mtd>`;
    const rows = parts.map(([relation, side], k) => {
      return `<mtr>${align("right", k === 0 ? ml(first) : "")}${align("left", row("<mrow></mrow>", relation, side))}</mtr>`;
    });
    return `<mtable displaystyle="true">${rows.join("")}</mtable>`;
  },
};

/** Nothing is high in a line of text. */
const INLINE: Spelling = {
  ...BLOCK,
  fraction: ({ over, under }, ml) => row(ml(grouped(over, false)), operator("/", true), ml(grouped(under, true))),
  fence: ({ fence, of }, ml) => fenced(fence, ml(of), false),
};

/** The formula as a whole math element, displayed or in a line of text. */
export function formulaMathml(formula: Formula, write: WriteNumber, display: "block" | "inline"): string {
  const attribute = display === "block" ? ' display="block"' : "";
  return `<math${attribute}>${spelled(formula, display === "block" ? BLOCK : INLINE, write)}</math>`;
}

/** Only what is high needs fences that grow. First and last of their row, they open and close it. */
function fenced(kind: keyof typeof FENCES, inner: string, stretchy: boolean): string {
  const [before, after] = FENCES[kind];
  const mark = (text: string) => `<mo stretchy="${stretchy}">${text}</mo>`;
  return row(mark(before), inner, mark(after));
}

function largeOperator(name: string): string {
  if (name === "Σ") return '<mo movablelimits="false">∑</mo>';
  if (name === "Π") return '<mo movablelimits="false">∏</mo>';
  return `<mo movablelimits="false" form="prefix">${name === "argmax" ? "arg max" : name}</mo>`;
}

/** 4.24835e-18 as 4.24835 · 10⁻¹⁸ */
function number(text: string): string {
  const [, sign, digits, exponent] = /^\s*(-?)([^e]*)(?:e\+?(-?\d+))?\s*$/.exec(text) ?? ["", "", text];
  const value = `<mn>${escapeHtml(digits)}</mn>`;
  const signed = sign ? `<mo form="prefix">−</mo>${value}` : value;
  if (exponent === undefined) return sign ? row(signed) : value;
  const power = exponent.startsWith("-") ? row("<mo>−</mo>", `<mn>${exponent.slice(1)}</mn>`) : `<mn>${exponent}</mn>`;
  return row(signed, "<mo>⋅</mo>", `<msup><mn>10</mn>${power}</msup>`);
}
