import type { Gate } from "../lstm/names.ts";
import type { Quantity } from "../lstm/quantities.ts";
import type { Facts, Wrong } from "./facts.ts";
import { ofOtherGates } from "./quantities.ts";
import {
  atActivation,
  beforeActivation,
  columnsScaled,
  isDerivative,
  negatives,
  rowsOfU,
  sigmoidForTanh,
  tanhForSigmoid,
  transposes,
  withoutDerivative,
  withoutPath,
} from "./wrong-formulas.ts";

/** One way to be wrong. */
export interface Misconception {
  /** What the wrong formula gives for a quantity: none where it says nothing of it, several where it can be read in several ways. */
  readonly wrong: (quantity: Quantity, facts: Facts) => readonly Wrong[];
  /** For the student, in a teacher's words: where to look, not what the answer is. */
  readonly hint: string;
}

/** The wrong formulas, by the names that a diagnosis gives them. */
export const MISCONCEPTIONS = {
  transposed: {
    wrong: (q, { expected }) => [transposes(expected(q))],
    hint: "Which index is the output and which the input? Each row belongs to one output unit.",
  },
  "columns-scaled": {
    wrong: (q, { cell }) => [cell && columnsScaled(q, cell.right)],
    hint: "A diagonal matrix scales rows when it stands on one side of a matrix and columns on the other. Which unit's derivative belongs to which entry?",
  },
  "missing-tanh-prime": {
    wrong: (q, { cell }) => [isDerivative(q) && cell?.wrong.withoutTanhPrime().of(q)],
    hint: "What stands between c_t and h_t is a function. Has the chain rule been applied to it?",
  },
  "wrong-sign": {
    wrong: (q, facts) => negatives(q, facts),
    hint: "Check the sign: in which direction does this grow?",
  },
  "column-of-U": {
    wrong: (q, { cell }) => [q.family === "optimum" && cell?.wrong.columnsOfU().of(q)],
    hint: "Which entries of U multiply h_{t-1} in the pre-activation of this one unit?",
  },
  "gates-swapped": {
    wrong: (q, { expected }) => ofOtherGates(q).map(expected),
    hint: "These are right numbers of another gate. Check in which order the gates stand in the weights.",
  },
  "sigmoid-for-tanh": {
    wrong: (q, { cell }) => (cell ? sigmoidForTanh(q, cell) : []),
    hint: "The cell has two activation functions. Which of them belongs here?",
  },
  "missing-sigma-prime": {
    wrong: (q, { cell }) => (cell ? withoutDerivative(q, cell.wrong) : []),
    hint: "A gate is a function of its pre-activation. Has the chain rule been applied to that function?",
  },
  "sigma-prime-of-activation": {
    wrong: (q, { cell }) => (cell ? atActivation(q, cell.wrong) : []),
    hint: "At which point is the derivative of the activation function taken?",
  },
  "missing-term-o": missingTerm("o"),
  "missing-term-f": missingTerm("f"),
  "missing-term-i": missingTerm("i"),
  "missing-term-u": missingTerm("u"),
  "not-normalised": {
    wrong: (q, { cell }) => [cell && rowsOfU(q, cell.right)],
    hint: "What was asked about the length of h_{t-1}, and by which norm is it measured?",
  },
  "norm-not-activation": {
    wrong: (q, { cell }) => (cell ? beforeActivation(q, cell) : []),
    hint: "Between the pre-activation and the gate there is one more function.",
  },
  "missing-bias": {
    wrong: (q, { cell }) => [cell?.wrong.withoutBias().of(q)],
    hint: "Does every summand of the pre-activation take part?",
  },
  "tanh-for-sigmoid": {
    wrong: (q, { cell }) => (cell ? tanhForSigmoid(q, cell) : []),
    hint: "The cell has two activation functions. Which of them belongs to which gate?",
  },
} as const satisfies Readonly<Record<string, Misconception>>;

/** The ways to be wrong that have a formula. */
export type FormulaId = keyof typeof MISCONCEPTIONS;

function missingTerm(gate: Gate): Misconception {
  return {
    wrong: (q, { cell }) => (cell ? [withoutPath(q, gate, cell.wrong)] : []),
    hint: "Through how many gates does the input reach this output? Count the summands.",
  };
}
