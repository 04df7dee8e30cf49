import { transpose } from "../linalg/matrix.ts";
import { fromDoubles, type RealVector, sigmoid, tanh } from "../linalg/real-vector.ts";
import type { Cell, GateWeights } from "../lstm/cell.ts";
import { GATES, type Gate, isGate } from "../lstm/names.ts";
import type { Quantity } from "../lstm/quantities.ts";
import type { ChangedStep } from "./changed-values.ts";
import { type Entries, mapEntries, transposed } from "./entries.ts";
import { sibling } from "./sibling.ts";

/** One way to make a mistake: what it changes of the right numbers, or of the step from which they follow. */
export interface Change {
  /** Absent: a mistake in the numbers alone, which is known also by a key without a cell. */
  readonly step?: ChangedStep;
  /** The quantities whose numbers are given for this one, its own where absent; none where the mistake says nothing of it. */
  readonly from?: (quantity: Quantity) => readonly Quantity[];
  /** What becomes of the numbers in the end. */
  readonly last?: (entries: Entries) => Entries | null;
}

/** One way to be wrong. */
export interface Misconception {
  /** Several where it can be made in several ways. */
  readonly changes: readonly Change[];
  /** For the student, in a teacher's words: where to look, not what the answer is. */
  readonly hint: string;
}

const inSigmoids = <T>(change: T) => ({ f: change, i: change, o: change });
const one = ({ length }: RealVector) => fromDoubles(new Float64Array(length).fill(1));
const zero = ({ length }: RealVector) => fromDoubles(new Float64Array(length));
const slopeOf = (fn: typeof sigmoid) => (value: RealVector) => fn(value).derivative;
const turnedU = (cell: Cell) => withWeights(cell, (right) => ({ ...right, U: transpose(right.U) }));
const withoutBias = (cell: Cell) => withWeights(cell, ({ W, U }) => ({ W, U, b: null }));
/** An optimum's pre-activation is then the norm alone. */
const NORM_ALONE = {
  cell: (cell: Cell) => ({ ...withoutBias(cell), state: { ...cell.state, x_t: null } }),
};

/** The mistakes by the names that a diagnosis gives them, each with what it changes: every quantity follows from that. */
export const MISCONCEPTIONS = {
  transposed: {
    changes: [{ last: (entries) => (entries.kind === "matrix" ? transposed(entries) : null) }],
    hint: "Which index is the output and which the input? Each row belongs to one output unit.",
  },
  "columns-scaled": {
    // U diag(w) is the transpose of diag(w) Uᵀ
    changes: [{ step: { chain: turnedU }, from: (q) => (isThroughU(q) ? [q] : []), last: transposed }],
    hint: "A diagonal matrix scales rows when it stands on one side of a matrix and columns on the other. Which unit's derivative belongs to which entry?",
  },
  "missing-tanh-prime": {
    changes: [{ step: { slope: { c_t: one } } }],
    hint: "What stands between c_t and h_t is a function. Has the chain rule been applied to it?",
  },
  "wrong-sign": {
    changes: [{ last: (entries) => mapEntries(entries, (entry) => -entry) }, { from: ofOtherGoal }],
    hint: "Check the sign: in which direction does this grow?",
  },
  "column-of-U": {
    changes: [{ step: { cell: turnedU }, from: (q) => (q.family === "optimum" ? [q] : []) }],
    hint: "Which entries of U multiply h_{t-1} in the pre-activation of this one unit?",
  },
  "gates-swapped": {
    changes: [{ from: ofOtherGates }],
    hint: "These are right numbers of another gate. Check in which order the gates stand in the weights.",
  },
  "sigmoid-for-tanh": {
    changes: [{ u: sigmoid }, { c_t: sigmoid }, { u: sigmoid, c_t: sigmoid }].map((activation) => ({
      step: { activation },
    })),
    hint: "The cell has two activation functions. Which of them belongs here?",
  },
  "missing-sigma-prime": {
    changes: [{ ...inSigmoids(one), u: one }, inSigmoids(one)].map((slope) => ({ step: { slope } })),
    hint: "A gate is a function of its pre-activation. Has the chain rule been applied to that function?",
  },
  "sigma-prime-of-activation": {
    // in the σ gates alone too: 1 − u² is known by heart
    changes: [{ ...inSigmoids(slopeOf(sigmoid)), u: slopeOf(tanh) }, inSigmoids(slopeOf(sigmoid))].map((slope) => ({
      step: { slope },
    })),
    hint: "At which point is the derivative of the activation function taken?",
  },
  "missing-term-o": missingTerm("o"),
  "missing-term-f": missingTerm("f"),
  "missing-term-i": missingTerm("i"),
  "missing-term-u": missingTerm("u"),
  "not-normalised": {
    changes: [{ step: { direction: (row, goal) => row.map((entry) => (goal === "max" ? entry : -entry)) } }],
    hint: "What was asked about the length of h_{t-1}, and by which norm is it measured?",
  },
  "norm-not-activation": {
    changes: [
      { from: beforeActivation },
      { step: NORM_ALONE, from: beforeActivationOfOptimum },
      { step: NORM_ALONE, from: beforeActivationOfOptimum, last: (entries) => mapEntries(entries, Math.abs) },
    ],
    hint: "Between the pre-activation and the gate there is one more function.",
  },
  "missing-bias": {
    changes: [{ step: { cell: withoutBias } }],
    hint: "Does every summand of the pre-activation take part?",
  },
  "tanh-for-sigmoid": {
    changes: [inSigmoids(tanh), { f: tanh }, { i: tanh }, { o: tanh }].map((activation) => ({ step: { activation } })),
    hint: "The cell has two activation functions. Which of them belongs to which gate?",
  },
} as const satisfies Readonly<Record<string, Misconception>>;

/** The ways to be wrong that have a formula. */
export type FormulaId = keyof typeof MISCONCEPTIONS;

/** ∂·/∂z_g taken as 0: the path through that gate is left out. */
function missingTerm(gate: Gate): Misconception {
  return {
    changes: [{ step: { slope: { [gate]: zero } } }],
    hint: "Through how many gates does the input reach this output? Count the summands.",
  };
}

function withWeights(cell: Cell, change: (right: GateWeights) => GateWeights): Cell {
  const gates: Partial<Record<Gate, GateWeights>> = {};
  for (const g of GATES) if (cell.gates[g]) gates[g] = change(cell.gates[g]);
  return { ...cell, gates };
}

function isThroughU(q: Quantity): boolean {
  return q.family === "terms" || (q.family === "jacobian" && q.wrt === "h_prev");
}

/** The minimum for the maximum. */
function ofOtherGoal(q: Quantity): Quantity[] {
  return q.family === "optimum" ? [sibling(q, { goal: q.goal === "max" ? "min" : "max" })] : [];
}

/** z for σ(z) */
function beforeActivation(q: Quantity): Quantity[] {
  return q.family === "gates" ? [sibling(q, { family: "preactivations" })] : beforeActivationOfOptimum(q);
}

/** The same of an optimum, of which the norm is only a part of z. */
function beforeActivationOfOptimum(q: Quantity): Quantity[] {
  return q.family === "optimum" && q.part === "activation" ? [sibling(q, { part: "preactivation" })] : [];
}

/** The same quantity of the other gates: `gates.i`, `gates.o`, `gates.u` for `gates.f`; none for what is of no gate. */
function ofOtherGates(quantity: Quantity): Quantity[] {
  return GATES.map((gate) => sibling(quantity, changeOfGate(quantity, gate))).filter((other) => other !== quantity);
}

function changeOfGate(quantity: Quantity, gate: Gate) {
  if (quantity.family === "jacobian") return isGate(quantity.of) ? { of: gate } : {};
  if (quantity.family !== "gradient") return "gate" in quantity ? { gate } : {};
  return /^[WUb]_/.test(quantity.key) ? { key: `${quantity.key[0]}_${gate}` } : {};
}
