import { transpose } from "../linalg/matrix.ts";
import type { Cell, GateWeights } from "../lstm/cell.ts";
import { GATES, type Gate } from "../lstm/names.ts";
import type { Changed } from "./changed-values.ts";
import { mistake } from "./mistake.ts";
import { type Slope, sigmoid, sigmoidSlope, tanhSlope } from "./rules.ts";

export const inSigmoids = <T>(change: T) => ({ f: change, i: change, o: change });

export function withWeights(cell: Cell, change: (right: GateWeights, g: Gate) => GateWeights): Cell {
  const gates: Partial<Record<Gate, GateWeights>> = {};
  for (const g of GATES) if (cell.gates[g]) gates[g] = change(cell.gates[g], g);
  return { ...cell, gates };
}

export const turnedU = (cell: Cell) => withWeights(cell, (right) => ({ ...right, U: transpose(right.U) }));

const biased = (bias: (g: Gate, cell: Cell) => (b: number, k: number) => number) => ({
  cell: (cell: Cell) =>
    withWeights(cell, ({ W, U, b }, g) => ({ W, U, b: (b ?? new Float64Array(cell.hiddenSize)).map(bias(g, cell)) })),
});

const others = GATES.flatMap((own) => GATES.filter((other) => other !== own).map((other) => [own, other] as const));
/** The bias of each gate as b_g of another, or both exchanged. */
const biasOf = (pair: readonly Gate[], partner: (g: Gate) => Gate | undefined) =>
  biased(
    (g, { gates }) =>
      (b, k) =>
        pair.includes(g) && partner(g) ? (gates[partner(g)!]?.b?.[k] ?? 0) : b,
  );

/** A function in place of an activation, with its own slope or with that which goes by the value. */
const inPlace = (keys: readonly Gate[], activation: (z: number) => number, slope: Slope): Changed => ({
  activation: Object.fromEntries(keys.map((g) => [g, activation])),
  slope: Object.fromEntries(keys.map((g) => [g, slope])),
});
const SIGMOIDS = ["f", "i", "o"] as const;
const hard = (steepness: number) =>
  inPlace(
    SIGMOIDS,
    (z) => Math.min(1, Math.max(0, steepness * z + 0.5)),
    (_, z) => (Math.abs(steepness * z) < 0.5 ? steepness : 0),
  );
const byValue: Slope = (a) => a * (1 - a);
const zero = () => 0;
const one = () => 1;
const tanhOfCell = { tanh: (c: number) => c, slope: { c_t: one } };
const sigmoidOfCell = { tanh: sigmoid, slope: { c_t: sigmoidSlope } };
const squashed = (u: { f: number; c_prev: number; i: number; u: number }) => Math.tanh(u.f * u.c_prev + u.i * u.u);
const swapped: Changed = { recurrent: ({ c }) => c, memory: ({ h }) => h };

/** Mistakes of the forward pass, from which all else follows. */
export const FORWARD = {
  "missing-bias": mistake(
    "Count the summands of the pre-activation. Are all of them there?",
    biased(() => zero),
  ),
  "sigmoid-for-tanh": mistake(
    "The cell has two activation functions. Which of them belongs here?",
    ...[inPlace(["u"], sigmoid, sigmoidSlope), sigmoidOfCell],
    { ...sigmoidOfCell, activation: { u: sigmoid }, slope: { u: sigmoidSlope, c_t: sigmoidSlope } },
  ),
  "tanh-for-sigmoid": mistake(
    "The cell has two activation functions. Which of them belongs to which gate?",
    ...[SIGMOIDS, ["f"], ["i"], ["o"]].map((gates) => inPlace(gates as Gate[], Math.tanh, tanhSlope)),
  ),
  "missing-recurrent-term": mistake("Which two vectors does the pre-activation depend on? Are both there?", {
    recurrent: ({ h }) => h.map(zero),
  }),
  "missing-input-term": mistake("Does the pre-activation see the input of this step?", { input: (x) => x.map(zero) }),
  "bias-twice": mistake(
    "Does each summand of the pre-activation stand in it just once?",
    biased(() => (b) => 2 * b),
  ),
  "bias-of-other-gate": mistake(
    "Each gate has a bias of its own. Which one stands here?",
    ...others.map(([own, other]) => biasOf([own], () => other)),
    ...others.map(([own, other]) => biasOf([own, other], (g) => (g === own ? other : own))),
  ),
  "forget-bias-added": mistake(
    "Some programs change a bias before they use it. Is that done here?",
    biased((g) => (b) => (g === "f" ? b + 1 : b)),
  ),
  "U-transposed": mistake(
    "Which index of U belongs to the unit, and which to h_{t-1}? Which of the two is summed over?",
    ...[{ cell: turnedU }, { cell: turnedU, chain: turnedU }, { chain: turnedU }],
  ),
  "missing-tanh-of-cell": mistake("What happens to the cell state on its way to the hidden state?", tanhOfCell),
  "h-from-previous-cell": mistake("From which cell state does the hidden state of this step come?", {
    h_t: ({ o, c_prev }) => o * Math.tanh(c_prev),
  }),
  "missing-memory": mistake("Where does the old cell state enter the new one?", {
    c_t: ({ i, u }) => i * u,
    factor: { f: zero, c_prev: zero },
  }),
  "missing-forget-gate": mistake("What is the old cell state multiplied by on its way into the new one?", {
    c_t: ({ c_prev, i, u }) => c_prev + i * u,
    factor: { f: zero, c_prev: one },
  }),
  "missing-input-gate": mistake("What is the candidate u multiplied by on its way into c_t?", {
    c_t: ({ f, c_prev, u }) => f * c_prev + u,
    factor: { i: zero, u: one },
  }),
  "missing-output-gate": mistake("What is tanh(c_t) multiplied by on its way into h_t?", {
    h_t: ({ tanh_c_t }) => tanh_c_t,
    factor: { o: zero, tanh: one },
  }),
  "coupled-gates": mistake(
    "In this cell, are the forget gate and the input gate tied to each other?",
    { inputGate: ({ f }) => 1 - f },
    { inputGate: ({ f }) => 1 - f, factor: { f: ({ c_prev, u }) => c_prev - u, i: zero } },
  ),
  "sum-for-product": mistake("How do the input gate and the candidate u come together?", {
    c_t: ({ f, c_prev, i, u }) => f * c_prev + i + u,
    factor: { i: one, u: one },
  }),
  "cell-squashed": mistake("Is a function applied to the cell state before the next step gets it?", {
    c_t: squashed,
  }),
  "states-exchanged": mistake("Two states come from the step before. Which of them goes where?", swapped),
  "c-prev-for-h-prev": mistake("Which of the two earlier states does a pre-activation look at?", {
    recurrent: ({ c }) => c,
  }),
  "hard-sigmoid": mistake(
    "Some programs put straight lines in the place of this activation function. Which function was asked for?",
    hard(0.2),
    hard(1 / 6),
  ),
  "sigmoid-of-minus-z": mistake(
    "As the pre-activation grows, in which direction should the gate move?",
    inPlace(SIGMOIDS, (z) => sigmoid(-z), sigmoidSlope),
    inPlace(
      SIGMOIDS,
      (z) => sigmoid(-z),
      (_, z) => -sigmoidSlope(0, z),
    ),
  ),
  "norm-not-activation": mistake(
    "What lies between the pre-activation and the gate?",
    inPlace(GATES, (z) => z, byValue),
    inPlace(GATES, (z) => z, one),
    // the norm alone
    ...[(z: number) => z, Math.abs].map(
      (size): Changed => ({
        optimum: ({ norm, right, rest }) => ({ activation: size(right(norm).preactivation - rest) }),
      }),
    ),
  ),
  "state-not-carried": mistake("What does a step take over from the one before it?", { carried: (_, first) => first }),
  "hidden-state-not-carried": mistake(
    "A step takes over two states from the one before it. Are both of them carried on?",
    {
      carried: ({ c }, { h }) => ({ h, c }),
    },
  ),
  "cell-state-not-carried": mistake(
    "A step takes over two states from the one before it. Are both of them carried on?",
    { carried: ({ h }, { c }) => ({ h, c }) },
  ),
  "steps-reversed": mistake("In which order are the steps taken?", {
    cell: (cell) => ({ ...cell, reverse: !cell.reverse }),
  }),
} as const;
