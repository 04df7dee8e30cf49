import type { Formula } from "../notation/formula-tree.ts";

/** The formula with every quantity replaced; null where one of them has no number. Negative numbers within get parentheses. */
export function substitute(formula: Formula, numberOf: (path: string) => number | null): Formula | null {
  let isWhole = true;
  const replaced = mapQuantities(formula, (path) => {
    const value = numberOf(path);
    isWhole &&= value !== null;
    return { kind: "value", value: value ?? 0 };
  });
  return isWhole ? replaced : null;
}

function mapQuantities(formula: Formula, replace: (path: string) => Formula): Formula {
  const map = (part: Formula) => mapQuantities(part, replace);
  switch (formula.kind) {
    case "quantity":
      return replace(formula.path);
    case "infix":
    case "row":
      return { ...formula, parts: formula.parts.map((part) => inParentheses(map(part))) };
    case "negative":
    case "fence":
      return { ...formula, of: map(formula.of) };
    case "apply":
      return { ...formula, argument: map(formula.argument) };
    case "fraction":
      return { ...formula, over: map(formula.over), under: map(formula.under) };
    case "scripts":
      return { ...formula, base: map(formula.base), sup: formula.sup && map(formula.sup) };
    default:
      return formula;
  }
}

function inParentheses(formula: Formula): Formula {
  return formula.kind === "value" && formula.value < 0 ? { kind: "fence", fence: "()", of: formula } : formula;
}
