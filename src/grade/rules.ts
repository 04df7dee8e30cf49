/** The small functions that a cell and its derivatives are made of, each of which a mistake may replace; in doubles, as people compute. */
import type { Matrix } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import type { Gate } from "../lstm/names.ts";

export type Vector = Float64Array;

/** What a step passes on. */
export interface States {
  readonly h: Vector;
  readonly c: Vector;
}

/** One unit of one step: its pre-activations, its gates and what becomes of them. */
export interface Unit extends Record<Gate, number> {
  readonly z: Readonly<Record<Gate, number>>;
  readonly c_prev: number;
  c_t: number;
  tanh_c_t: number;
  h_t: number;
}

/** Slope of an activation function, given its value and its argument. */
export type Slope = (value: number, argument: number) => number;
type OfUnit = (unit: Unit) => number;

/** The small functions that the cell is made of. A mistake changes one or two of them; all else follows. */
export interface Rules {
  /** The cell whose numbers are taken; the one whose weights the chain rule takes. */
  readonly cell: (right: Cell) => Cell;
  readonly chain: (right: Cell) => Cell;
  /** What W and U multiply in z, and what the forget gate keeps, of h_{t-1} and c_{t-1}. */
  readonly input: (x: Vector) => Vector;
  readonly recurrent: (before: States) => Vector;
  readonly memory: (before: States) => Vector;
  readonly activation: Readonly<Record<Gate, (z: number) => number>>;
  readonly slope: Readonly<Record<Gate | "c_t", Slope>>;
  readonly inputGate: OfUnit;
  readonly c_t: OfUnit;
  readonly tanh: (c: number) => number;
  readonly h_t: OfUnit;
  /** The factors of the product rule: ∂h_t/∂o, ∂h_t/∂tanh(c_t), ∂c_t/∂f, ∂c_t/∂i, ∂c_t/∂u, ∂c_t/∂c_{t-1}. */
  readonly factor: Readonly<Record<Gate | "tanh" | "c_prev", OfUnit>>;
  /** Whether c_{t-1} is taken for a function of h_{t-1}: the identity. */
  readonly isMemoryOfHidden: boolean;
  /** ∂·/∂h_{t-1} from the diagonal and U. */
  readonly through: (diagonal: Vector, U: Matrix, h_prev: Vector) => Matrix;
  /** The states after a step, and the gradients of those before it, as the next step and the step before take them. */
  readonly carried: (states: States, first: States) => States;
  readonly carriedBack: (gradients: States) => States;
  readonly upstream: (own: States, last: States) => States;
  /** ∂L/∂c_t of what arrives there and what comes through h_t; ∂c_t/∂c_{t-1} on the way back. */
  readonly dc_t: (arriving: number, through: number) => number;
  readonly dc_prev: OfUnit | null;
  /** The state in dU, and the weight of step t of T in the sums over steps. */
  readonly stateInGradient: (step: { before: States; after: States }) => Vector;
  readonly share: (t: number, T: number) => number;
}

export const sigmoid = (z: number) => (z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z)));
export const sigmoidSlope: Slope = (_, z) => sigmoid(z) * sigmoid(-z);
export const tanhSlope: Slope = (_, x) => 4 * sigmoid(2 * x) * sigmoid(-2 * x);

export const RIGHT: Rules = {
  cell: (right) => right,
  chain: (right) => right,
  input: (x) => x,
  recurrent: ({ h }) => h,
  memory: ({ c }) => c,
  activation: { f: sigmoid, i: sigmoid, o: sigmoid, u: Math.tanh },
  slope: { f: sigmoidSlope, i: sigmoidSlope, o: sigmoidSlope, u: tanhSlope, c_t: tanhSlope },
  inputGate: ({ i }) => i,
  c_t: ({ f, c_prev, i, u }) => f * c_prev + i * u,
  tanh: Math.tanh,
  h_t: ({ o, tanh_c_t }) => o * tanh_c_t,
  factor: {
    ...{ o: ({ tanh_c_t }) => tanh_c_t, tanh: ({ o }) => o },
    ...{ f: ({ c_prev }) => c_prev, i: ({ u }) => u, u: ({ i }) => i, c_prev: ({ f }) => f },
  },
  isMemoryOfHidden: false,
  through: (diagonal, U) => scaleRows(diagonal, U),
  carried: (states) => states,
  carriedBack: (gradients) => gradients,
  upstream: (own) => own,
  dc_t: (arriving, through) => arriving + through,
  dc_prev: null,
  stateInGradient: ({ before }) => before.h,
  share: () => 1,
};

/** diag(d) M */
export function scaleRows(d: Vector, { rows, cols, data }: Matrix): Matrix {
  return { rows, cols, data: data.map((entry, at) => d[Math.floor(at / cols)] * entry) };
}
