/** Formulas as one line of Unicode text, as people type them; chains as lines aligned at their relations. */
import type { Formula } from "../notation/formula-tree.ts";

/** How a number of the cell is written. */
export type WriteNumber = (value: number) => string;

export interface LinesOptions {
  readonly width: number;
  readonly write: WriteNumber;
  /** The text as it is, or in the characters that the terminal has. */
  readonly spell: (text: string) => string;
}

const SUBSCRIPTS: Record<string, string> = { "1": "₁", "2": "₂", "∞": "∞" };
const SUPERSCRIPTS: Record<string, string> = { "2": "²", "⊤": "ᵀ", "∗": "*" };

/** The formula on one line: `∂f_t/∂h_{t-1} = diag(σ'(z_f)) U_f`. */
export function formulaLine(formula: Formula, write: WriteNumber): string {
  const line = (part: Formula) => formulaLine(part, write);
  switch (formula.kind) {
    case "symbol":
      return formula.name;
    case "word":
    case "number":
      return formula.text;
    case "value":
      return write(formula.value);
    case "quantity":
      return line(formula.symbol);
    case "scripts":
      return scripts(formula, line);
    case "prime":
      return `${line(formula.base)}'`;
    case "differential":
      return formula.sign + line(formula.of);
    case "fraction":
      return `${line(grouped(formula.over, false))}/${line(grouped(formula.under, true))}`;
    case "row":
      return row(formula, line);
    case "infix":
      return formula.parts.map(line).join(` ${formula.operator} `);
    case "negative":
      return `−${line(formula.of)}`;
    case "fence":
      return formula.fence[0] + line(formula.of) + formula.fence[1];
    case "apply":
      return `${line(formula.fn)}(${line(formula.argument)})`;
    case "large":
      return large(formula, line);
    case "matrix":
      return `[${formula.rows.map((row) => row.map(line).join(", ")).join("; ")}]`;
    case "chain":
      return [line(formula.first), ...formula.links.map(({ relation, side }) => `${relation} ${line(side)}`)].join(" ");
  }
}

type Line = (part: Formula) => string;

/** Two fractions side by side get a dot between them: `∂f_t/∂z_f · ∂z_f/∂h_{t-1}`. */
function row({ parts, comma }: Formula & { kind: "row" }, line: Line): string {
  if (comma) return parts.map(line).join(", ");
  const isFraction = (k: number) => parts[k]?.kind === "fraction";
  return parts.map((part, k) => line(part) + (isFraction(k) && isFraction(k + 1) ? " ·" : "")).join(" ");
}

function scripts({ base, sub, sup }: Formula & { kind: "scripts" }, line: Line): string {
  let text = line(base);
  const below = sub === null ? "" : compact(line(sub));
  if (sub !== null) text += (base.kind === "fence" && SUBSCRIPTS[below]) || `_${braced(below)}`;
  if (sup === null) return text;
  const above = compact(line(sup));
  if (sup.kind === "fence") return `${text}^${above}`;
  return text + (SUPERSCRIPTS[above] ?? `^${braced(above)}`);
}

/** t − 1 as t-1 */
function compact(text: string): string {
  return text.replaceAll(" − ", "-").replaceAll("−", "-").replaceAll(", ", ",");
}

function braced(text: string): string {
  return [...text].length === 1 ? text : `{${text}}`;
}

/** Beside a slash: in parentheses where it would fall apart. */
export function grouped(part: Formula, below: boolean): Formula {
  const isLoose = part.kind === "infix" || part.kind === "negative" || part.kind === "fraction";
  const isList = part.kind === "row" && below;
  return isLoose || isList ? { kind: "fence", fence: "()", of: part } : part;
}

function large({ operator, under, of }: Formula & { kind: "large" }, line: Line): string {
  const range = line(under);
  return `${operator}_${braced(compact(range))} ${line(of)}`;
}

/** Displayed: a chain of more than one link, or one too wide for a line, has its links on lines of their own. */
export function formulaLines(formula: Formula, { width, write, spell }: LinesOptions): string[] {
  const toLine = (part: Formula) => spell(formulaLine(part, write));
  const line = toLine(formula);
  if (isOneLine(formula) && line.length <= width) return [line];
  if (formula.kind !== "chain") return broken(line, width, 0);
  const first = toLine(formula.first);
  const sides = formula.links.map(({ side }) => (side.kind === "matrix" ? matrixLines(side, toLine) : null));
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
function matrixLines({ rows }: Formula & { kind: "matrix" }, toLine: Line): string[] {
  const cells = rows.map((row) => row.map(toLine));
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
