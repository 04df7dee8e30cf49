/** The constructors of formulas: they put parentheses where a product or an exponent would tear a sum apart. */
import type { Formula, Large, Operator, Relation } from "./formula-tree.ts";

/** A letter or digit as it stands, or a formula. */
export type Part = Formula | string | number;

/** "x" a symbol, "diag" a word, 4 a number. */
export function toFormula(part: Part): Formula {
  if (typeof part === "number") return { kind: "number", text: String(part) };
  if (typeof part !== "string") return part;
  return [...part].length === 1 ? { kind: "symbol", name: part } : { kind: "word", text: part };
}

export function sub(base: Part, below: Part): Formula {
  return { kind: "scripts", base: toFormula(base), sub: toFormula(below), sup: null };
}

/** base^above; an index that the base has already stands below the exponent. */
export function sup(base: Part, above: Part): Formula {
  if (typeof base === "object" && base.kind === "scripts" && base.sup === null)
    return { ...base, sup: toFormula(above) };
  return { kind: "scripts", base: asBase(toFormula(base)), sub: null, sup: toFormula(above) };
}

export function subSup(base: Part, below: Part, above: Part): Formula {
  return { kind: "scripts", base: toFormula(base), sub: toFormula(below), sup: toFormula(above) };
}

export function prime(base: Part): Formula {
  return { kind: "prime", base: toFormula(base) };
}

export function fraction(over: Part, under: Part): Formula {
  return { kind: "fraction", over: toFormula(over), under: toFormula(under) };
}

/** ∂of/∂wrt */
export function derivative(of: Part, wrt: Part): Formula {
  return fraction(differential("∂", of), differential("∂", wrt));
}

/** ∂²of/(∂a ∂b) */
export function secondDerivative(of: Part, a: Part, b: Part): Formula {
  return fraction(differential("∂²", of), product(differential("∂", a), differential("∂", b)));
}

export function differential(sign: "∂" | "∂²" | "d", of: Part): Formula {
  return { kind: "differential", sign, of: toFormula(of) };
}

/** a b c, sums in parentheses */
export function product(...parts: Part[]): Formula {
  return { kind: "row", parts: parts.map(asFactor), comma: false };
}

/** a, b, c */
export function list(...parts: Part[]): Formula {
  return { kind: "row", parts: parts.map(toFormula), comma: true };
}

/** a ∘ b ∘ c, by components */
export function hadamard(...parts: Part[]): Formula {
  return infix("∘", parts.map(asFactor));
}

/** a · b · c */
export function dot(...parts: Part[]): Formula {
  return infix("·", parts.map(asFactor));
}

export function sum(...parts: Part[]): Formula {
  return infix("+", parts.map(toFormula));
}

/** first − second; a sum that is taken away gets parentheses */
export function minus(first: Part, second: Part): Formula {
  return infix("−", [toFormula(first), asFactor(second)]);
}

function infix(operator: Operator, parts: readonly Formula[]): Formula {
  return { kind: "infix", operator, parts };
}

export function negative(of: Part): Formula {
  return { kind: "negative", of: asFactor(of) };
}

export function parentheses(of: Part): Formula {
  return { kind: "fence", fence: "()", of: toFormula(of) };
}

export function absolute(of: Part): Formula {
  return { kind: "fence", fence: "||", of: toFormula(of) };
}

/** ‖of‖_p */
export function norm(of: Part, p: Part): Formula {
  return sub({ kind: "fence", fence: "‖‖", of: toFormula(of) }, p);
}

export function apply(fn: Part, argument: Part): Formula {
  return { kind: "apply", fn: toFormula(fn), argument: toFormula(argument) };
}

export function large(operator: Large, under: Part, of: Part, over: Part | null = null): Formula {
  return {
    kind: "large",
    operator,
    under: toFormula(under),
    over: over === null ? null : toFormula(over),
    of: asFactor(of),
  };
}

export function matrix(rows: readonly (readonly Part[])[]): Formula {
  return { kind: "matrix", rows: rows.map((row) => row.map(toFormula)) };
}

/** equals(a, b, c): a = b = c, a line each */
export function equals(first: Part, ...sides: Part[]): Formula {
  return chain(first, ...sides.map((side) => ["=", side] as const));
}

/** A number of the cell. */
export function cellNumber(value: number): Formula {
  return { kind: "value", value };
}

/** The symbol of a number of the cell. */
export function quantity(path: string, symbol: Formula): Formula {
  return { kind: "quantity", path, symbol };
}

export function chain(first: Part, ...links: (readonly [Relation, Part])[]): Formula {
  return {
    kind: "chain",
    first: toFormula(first),
    links: links.map(([relation, side]) => ({ relation, side: toFormula(side) })),
  };
}

function isSum(formula: Formula): boolean {
  if (formula.kind === "infix") return formula.operator === "+" || formula.operator === "−";
  if (formula.kind === "value") return formula.value < 0;
  return formula.kind === "negative" || formula.kind === "chain";
}

/** In parentheses where an exponent would seem to belong to a part of it. */
function asBase(formula: Formula): Formula {
  const isWhole = formula.kind !== "fraction" && formula.kind !== "row" && formula.kind !== "infix";
  return isWhole ? formula : parentheses(formula);
}

/** In parentheses where a product would tear it apart. */
function asFactor(part: Part): Formula {
  const formula = toFormula(part);
  return isSum(formula) ? parentheses(formula) : formula;
}
