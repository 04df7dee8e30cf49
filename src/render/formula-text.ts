/** Formulas as one line of Unicode text, as people type them; chains as lines aligned at their relations. */
import type { Formula } from "../notation/formula-tree.ts";
import { grouped, type Spelling, spelled, type WriteNumber } from "./formula-spelling.ts";

export interface LinesOptions {
  readonly width: number;
  readonly write: WriteNumber;
  /** The text as it is, or in the characters that the terminal has. */
  readonly spell: (text: string) => string;
}

const SUBSCRIPTS: Record<string, string> = { "1": "₁", "2": "₂", "∞": "∞" };
const SUPERSCRIPTS: Record<string, string> = { "2": "²", "⊤": "ᵀ", "∗": "*" };

const LINE: Spelling = {
  symbol: ({ name }) => name,
  word: ({ text }) => text,
  number: ({ text }) => text,
  scripts({ base, sub, sup }, line) {
    let text = line(base);
    const below = sub === null ? "" : compact(line(sub));
    if (sub !== null) text += (base.kind === "fence" && SUBSCRIPTS[below]) || `_${braced(below)}`;
    if (sup === null) return text;
    const above = compact(line(sup));
    if (sup.kind === "fence") return `${text}^${above}`;
    return text + (SUPERSCRIPTS[above] ?? `^${braced(above)}`);
  },
  prime: ({ base }, line) => `${line(base)}'`,
  differential: ({ sign, of }, line) => sign + line(of),
  fraction: ({ over, under }, line) => `${line(grouped(over, false))}/${line(grouped(under, true))}`,
  // two fractions side by side get a dot between them: ∂f_t/∂z_f · ∂z_f/∂h_{t-1}
  row({ parts, comma }, line) {
    if (comma) return parts.map(line).join(", ");
    const isFraction = (k: number) => parts[k]?.kind === "fraction";
    return parts.map((part, k) => line(part) + (isFraction(k) && isFraction(k + 1) ? " ·" : "")).join(" ");
  },
  infix: ({ parts, operator }, line) => parts.map(line).join(` ${operator} `),
  negative: ({ of }, line) => `−${line(of)}`,
  fence: ({ fence, of }, line) => fence[0] + line(of) + fence[1],
  apply: ({ fn, argument }, line) => `${line(fn)}(${line(argument)})`,
  large: ({ operator, under, of }, line) => `${operator}_${braced(compact(line(under)))} ${line(of)}`,
  matrix: ({ rows }, line) => `[${rows.map((row) => row.map(line).join(", ")).join("; ")}]`,
  chain: ({ first, links }, line) =>
    [line(first), ...links.map(({ relation, side }) => `${relation} ${line(side)}`)].join(" "),
};

/** The formula on one line: `∂f_t/∂h_{t-1} = diag(σ'(z_f)) U_f`. */
export function formulaLine(formula: Formula, write: WriteNumber): string {
  return spelled(formula, LINE, write);
}

/** t − 1 as t-1, t + 1 as t+1 */
function compact(text: string): string {
  return text.replaceAll(" − ", "-").replaceAll("−", "-").replaceAll(" + ", "+").replaceAll(", ", ",");
}

function braced(text: string): string {
  return [...text].length === 1 ? text : `{${text}}`;
}

/** Displayed: a chain of more than one link, or one too wide for a line, has its links on lines of their own. */
export function formulaLines(formula: Formula, { width, write, spell }: LinesOptions): string[] {
  const toLine = (part: Formula) => spell(formulaLine(part, write));
  const line = toLine(formula);
  if (isOneLine(formula) && line.length <= width) return [line];
  if (formula.kind !== "chain") return broken(line, width, 0);
  const first = toLine(formula.first);
  const sides = formula.links.map(({ side }) =>
    side.kind === "matrix" ? matrixLines(side.rows.map((row) => row.map(toLine))) : null,
  );
  const widest = Math.max(0, ...sides.flatMap((lines) => lines ?? []).map((text) => text.length));
  // a long left side, or a wide matrix, pushes the right sides to the next line
  const isNarrow = first.length <= width / 2 && first.length + 3 + widest <= width;
  const indent = isNarrow ? first.length : 1;
  const lines = isNarrow ? [] : broken(first, width, 2);
  for (const [k, { relation, side }] of formula.links.entries()) {
    const lead = `${lines.length === 0 ? first : " ".repeat(indent)} ${spell(relation)} `;
    const [head, ...rest] = sides[k] ?? broken(toLine(side), width - lead.length, 0);
    lines.push(lead + head, ...rest.map((part) => " ".repeat(lead.length) + part));
  }
  return lines;
}

const SHORT_CHAIN = 40;

/** Whether a formula stands on one line: not a matrix, nor a chain of several links unless it is short. */
export function isOneLine(formula: Formula): boolean {
  if (formula.kind !== "chain") return formula.kind !== "matrix";
  if (formula.links.some(({ side }) => side.kind === "matrix")) return false;
  return formula.links.length < 2 || formulaLine(formula, String).length <= SHORT_CHAIN;
}

/** A row a line, the columns aligned. */
function matrixLines(cells: readonly (readonly string[])[]): string[] {
  const widths = cells[0].map((_, k) => Math.max(...cells.map((row) => row[k].length)));
  return cells.map((row) => `[ ${row.map((text, k) => text.padEnd(widths[k])).join("  ")} ]`);
}

/** Lines of at most `width`, broken at the outermost spaces, before an operator where possible; later ones indented. */
function broken(text: string, width: number, indent: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const at = breakingPoint(rest, width);
    if (at <= 0) break;
    lines.push(rest.slice(0, at));
    rest = " ".repeat(indent) + rest.slice(at + 1);
  }
  return [...lines, rest];
}

/** What may begin a line, also as ASCII. */
const OPERATORS = "+−∘·=≤-*.<";

/** The last space up to `width` before an operator outside of brackets; else outside of brackets; else any. */
function breakingPoint(text: string, width: number): number {
  const best = [0, 0, 0];
  let depth = 0;
  for (let k = 0; k <= width && k < text.length; k++) {
    if ("([{".includes(text[k])) depth += 1;
    if (")]}".includes(text[k])) depth -= 1;
    if (text[k] !== " " || text.slice(0, k).trim() === "") continue;
    if (depth === 0 && OPERATORS.includes(text[k + 1])) best[0] = k;
    if (depth === 0 && !OPERATORS.includes(text[k - 1])) best[1] = k;
    best[2] = k;
  }
  return best.find((at) => at > width / 3) ?? best[2];
}
