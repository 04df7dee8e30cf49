/** The walk of a formula that its formats share: each says how a kind of formula is written, given how its parts are. */
import type { Formula } from "../notation/formula-tree.ts";

/** How a number of the cell is written. */
export type WriteNumber = (value: number) => string;

/** Writes a part of a formula. */
type WritePart = (part: Formula) => string;

/** Formulas of one kind. */
type Of<K extends Formula["kind"]> = Formula & { readonly kind: K };

/** A rule a kind: one that is missing does not compile. Numbers of the cell are numbers, their symbols what they stand for. */
export type Spelling = {
  readonly [K in Exclude<Formula["kind"], "value" | "quantity">]: (formula: Of<K>, write: WritePart) => string;
};

export function spelled(formula: Formula, spelling: Spelling, writeNumber: WriteNumber): string {
  const write = (part: Formula): string => {
    if (part.kind === "quantity") return write(part.symbol);
    if (part.kind === "value") return write({ kind: "number", text: writeNumber(part.value) });
    return (spelling[part.kind] as (part: Formula, write: WritePart) => string)(part, write);
  };
  return write(formula);
}

export function parenthesised(of: Formula): Formula {
  return { kind: "fence", fence: "()", of };
}

/** Beside a slash: in parentheses where it would fall apart. */
export function grouped(part: Formula, below: boolean): Formula {
  const isLoose = part.kind === "infix" || part.kind === "negative" || part.kind === "fraction";
  const isList = part.kind === "row" && below;
  return isLoose || isList ? parenthesised(part) : part;
}

/** Whether fences around it have to grow. */
export function isHigh(formula: Formula): boolean {
  const { kind } = formula;
  if (kind === "fraction" || kind === "matrix") return true;
  if (kind === "large") return formula.operator === "Σ" || formula.operator === "Π";
  if (kind === "row" || kind === "infix") return formula.parts.some(isHigh);
  if (kind === "fence" || kind === "negative") return isHigh(formula.of);
  if (kind === "scripts") return isHigh(formula.base);
  return kind === "apply" && isHigh(formula.argument);
}
