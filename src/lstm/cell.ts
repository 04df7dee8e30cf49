import type { Matrix } from "../linalg/matrix.ts";
import type { Gate } from "./names.ts";

/** The weights of one gate: z_g = W_g x_t + U_g h_{t-1} + b_g. */
export interface GateWeights {
  /** W_g [H × I]; null where absent, which only a cell without x_t allows. */
  readonly W: Matrix | null;
  /** U_g [H × H]. */
  readonly U: Matrix;
  /** b_g [H]; null stands for zero. */
  readonly b: Float64Array | null;
  /** Where b_g is the sum of two numbers, what it lost as b was rounded [H]: b_g is b + bRest exactly. Of a sum beyond the doubles, the second. */
  readonly bRest?: Float64Array;
}

/** The inputs of one step. null stands for zero: it was not given. */
export interface State {
  readonly x_t: Float64Array | null;
  readonly h_prev: Float64Array | null;
  readonly c_prev: Float64Array | null;
}

/**
 * One LSTM cell with the state of one step, or the sequence x that it is to run over.
 * Shapes agree: whoever makes a Cell (parseCell) has checked them. A gate whose U is absent is absent.
 */
export interface Cell {
  readonly name: string | null;
  readonly hiddenSize: number;
  /** null where neither W nor x tells it. */
  readonly inputSize: number | null;
  readonly gates: Readonly<Partial<Record<Gate, GateWeights>>>;
  readonly state: State;
  /** x [T × I] instead of state.x_t. */
  readonly x: Matrix | null;
  /** Whether x is read from its last row to its first, as the reverse direction of a bidirectional layer does. */
  readonly reverse: boolean;
  readonly upstream: Upstream;
  /** The activation of the gates f, i, o, where nothing told it and it was taken for granted. */
  readonly assumedActivation?: "sigmoid";
}

/**
 * Upstream gradients of `backward`: ∂L/∂h_t and ∂L/∂c_t as far as L depends on them other than through later steps.
 * One row [1 × H] belongs to the last step, T rows [T × H] to the steps one by one. Absent: dh_t ones, dc_t zeros.
 */
export interface Upstream {
  readonly dh_t: Matrix | null;
  readonly dc_t: Matrix | null;
}
