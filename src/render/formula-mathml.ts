/** Formulas as MathML Core, without scripts, fonts or styles. */
import type { Formula } from "../notation/formula-tree.ts";
import { escapeHtml } from "./escape.ts";
import { isHigh } from "./formula-latex.ts";
import { grouped, isOneLine, type WriteNumber } from "./formula-text.ts";

const FENCES = { "()": ["(", ")"], "||": ["|", "|"], "‖‖": ["‖", "‖"] } as const;
const OPERATOR_SYMBOLS = new Set(["∂", "…", "⋮", "⋱", "⊤", "∗", "∘"]);

/** The formula as a whole math element, displayed or in a line of text. */
export function formulaMathml(formula: Formula, write: WriteNumber, display: "block" | "inline"): string {
  const attribute = display === "block" ? ' display="block"' : "";
  return `<math${attribute}>${markup(formula, write, display === "inline")}</math>`;
}

function markup(formula: Formula, write: WriteNumber, inline: boolean): string {
  const ml = (part: Formula) => markup(part, write, inline);
  switch (formula.kind) {
    case "symbol":
      return OPERATOR_SYMBOLS.has(formula.name) ? operator(formula.name) : `<mi>${escapeHtml(formula.name)}</mi>`;
    case "word":
      return `<mi>${escapeHtml(formula.text)}</mi>`;
    case "number":
      return number(formula.text);
    case "value":
      return number(write(formula.value));
    case "quantity":
      return ml(formula.symbol);
    case "scripts":
      return scripts(formula, ml);
    case "prime":
      return `<msup>${one(ml(formula.base))}<mo>′</mo></msup>`;
    case "differential":
      return row(formula.sign === "∂" ? operator("∂", true) : "<mi>d</mi>", ml(formula.of));
    case "fraction":
      return inline
        ? row(ml(grouped(formula.over, false)), operator("/", true), ml(grouped(formula.under, true)))
        : `<mfrac>${one(ml(formula.over))}${one(ml(formula.under))}</mfrac>`;
    case "row":
      return row(formula.parts.map(ml).join(formula.comma ? operator(",") : '<mspace width="0.167em"/>'));
    case "infix":
      return row(formula.parts.map(ml).join(operator(formula.operator === "·" ? "⋅" : formula.operator)));
    case "negative":
      return row(`<mo form="prefix">−</mo>`, ml(formula.of));
    case "fence":
      return fenced(formula.fence, ml(formula.of), !inline && isHigh(formula.of));
    case "apply":
      return row(
        ml(formula.fn),
        "<mo>&#x2061;</mo>",
        fenced("()", ml(formula.argument), !inline && isHigh(formula.argument)),
      );
    case "large":
      return row(`<munder>${largeOperator(formula.operator)}${row(ml(formula.under))}</munder>`, ml(formula.of));
    case "matrix":
      return row(fence("["), table(formula.rows.map((cells) => cells.map(ml))), fence("]"));
    case "chain":
      return chain(formula, ml);
  }
}

type Markup = (part: Formula) => string;

const row = (...parts: string[]) => `<mrow>${parts.join("")}</mrow>`;
/** As one argument of an element; a single token is one already. */
const one = (part: string) => (/^<(mi|mn)>[^<]*<\/\1>$/.test(part) ? part : row(part));
const fence = (text: string) => `<mo stretchy="true" lspace="0" rspace="0">${text}</mo>`;
const operator = (text: string, tight = false) =>
  `<mo${tight ? ' lspace="0" rspace="0"' : ""}>${escapeHtml(text)}</mo>`;

function scripts({ base, sub, sup }: Formula & { kind: "scripts" }, ml: Markup): string {
  const parts = [base, sub, sup].filter((part) => part !== null).map((part) => one(ml(part)));
  const name = sub !== null && sup !== null ? "msubsup" : sub !== null ? "msub" : "msup";
  return `<${name}>${parts.join("")}</${name}>`;
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

function table(rows: readonly (readonly string[])[], attributes = ""): string {
  const cells = (parts: readonly string[]) => parts.map((part) => `<mtd>${part}</mtd>`).join("");
  return `<mtable${attributes}>${rows.map((parts) => `<mtr>${cells(parts)}</mtr>`).join("")}</mtable>`;
}

/** Several links below each other, aligned at the relation. */
function chain({ first, links }: Formula & { kind: "chain" }, ml: Markup): string {
  const parts = links.map(({ relation, side }) => [operator(relation), ml(side)]);
  if (isOneLine({ kind: "chain", first, links }) || links.length === 1) return row(ml(first), ...parts.flat());
  const align = (side: string, text: string) => `<mtd style="text-align:${side};padding:0.2em 0">${text}</mtd>`;
  const rows = parts.map(([relation, side], k) => {
    return `<mtr>${align("right", k === 0 ? ml(first) : "")}${align("left", row("<mrow></mrow>", relation, side))}</mtr>`;
  });
  return `<mtable displaystyle="true">${rows.join("")}</mtable>`;
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
