import type { Cell } from "../lstm/cell.ts";
import { GATES, type Gate, isGate } from "../lstm/names.ts";
import type { Quantity } from "../lstm/quantities.ts";
import { mapEntries, transposed } from "./entries.ts";
import type { Misconception } from "./mistake.ts";
import { BACKWARD } from "./mistakes-backward.ts";
import { DERIVATIVE } from "./mistakes-derivative.ts";
import { FORWARD } from "./mistakes-forward.ts";
import { OPTIMUM } from "./mistakes-optimum.ts";
import { sibling } from "./sibling.ts";

const PAIRS = GATES.flatMap((a, k) => GATES.slice(k + 1).map((b) => [a, b] as const));

/** Mistakes of form, in the numbers alone. */
const FORM = {
  transposed: {
    changes: [{ last: (entries) => (entries.kind === "matrix" ? transposed(entries) : null) }],
    hint: "What does a row stand for, and what a column? A row belongs to one unit, a column to one of the numbers that go into it.",
  },
  "wrong-sign": {
    changes: [{ last: (entries) => mapEntries(entries, (entry) => -entry) }, { from: ofOtherGoal }],
    hint: "Check each sign. If it is an optimum: is the largest value asked for here, or the smallest?",
  },
  "gates-swapped": {
    changes: [
      ...GATES.map((gate) => ({ from: (quantity: Quantity) => ofGate(quantity, gate) })),
      ...PAIRS.map((pair) => ({ changed: { cell: (cell: Cell) => exchanged(cell, pair) } })),
    ],
    hint: "Two gates are mixed up. Which weights belong to which gate?",
  },
} as const satisfies Readonly<Record<string, Misconception>>;

/** The mistakes by the names that a diagnosis gives them, each with what it changes: every quantity follows from that. */
export const MISCONCEPTIONS = {
  ...FORM,
  ...FORWARD,
  ...DERIVATIVE,
  ...OPTIMUM,
  ...BACKWARD,
} as const satisfies Readonly<Record<string, Misconception>>;

/** The ways to be wrong that have a formula. */
export type FormulaId = keyof typeof MISCONCEPTIONS;

/** The names that were there first: of two that give the same numbers on every cell these are told. */
const FIRST: readonly FormulaId[] = [
  ...(["transposed", "columns-scaled", "missing-tanh-prime", "wrong-sign", "column-of-U", "gates-swapped"] as const),
  ...([
    "sigmoid-for-tanh",
    "missing-sigma-prime",
    "sigma-prime-of-activation",
    "missing-term-o",
    "missing-term-f",
  ] as const),
  ...(["missing-term-i", "missing-term-u", "not-normalised", "norm-not-activation", "missing-bias"] as const),
  "tanh-for-sigmoid",
];

/** The ids, those that are told before others with the same numbers first: the oldest, then the kind nearest to the quantity. */
export function idsFor({ family }: Quantity): readonly FormulaId[] {
  const near =
    family === "gradient" ? BACKWARD : family === "optimum" ? OPTIMUM : isDerivative(family) ? DERIVATIVE : FORWARD;
  return [...new Set([...FIRST, ...Object.keys(near), ...Object.keys(MISCONCEPTIONS)])] as FormulaId[];
}

const isDerivative = (family: Quantity["family"]) => family === "jacobian" || family === "terms";

/** With the weights of two gates exchanged. */
function exchanged(cell: Cell, [a, b]: readonly [Gate, Gate]): Cell {
  const { [a]: own, [b]: other, ...rest } = cell.gates;
  return { ...cell, gates: own && other ? { ...rest, [a]: other, [b]: own } : cell.gates };
}

/** The minimum for the maximum. */
function ofOtherGoal(q: Quantity): Quantity[] {
  return q.family === "optimum" ? [sibling(q, { goal: q.goal === "max" ? "min" : "max" })] : [];
}

/** The same quantity of another gate: `gates.i` for `gates.f`; itself, which is no mistake, for what is of no gate. */
function ofGate(quantity: Quantity, gate: Gate): Quantity[] {
  return [sibling(quantity, changeOfGate(quantity, gate))];
}

function changeOfGate(quantity: Quantity, gate: Gate) {
  if (quantity.family === "jacobian") return isGate(quantity.of) ? { of: gate } : {};
  if (quantity.family !== "gradient") return "gate" in quantity ? { gate } : {};
  return /^[WUb]_/.test(quantity.key) ? { key: `${quantity.key[0]}_${gate}` } : {};
}
