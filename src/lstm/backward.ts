import { affine } from "../linalg/affine.ts";
import { type Matrix, rowOf, zeros } from "../linalg/matrix.ts";
import { addOuterProduct, addTransposedProduct } from "../linalg/rank-one.ts";
import type { Cell, GateWeights, Upstream } from "./cell.ts";
import type { FullTrace } from "./forward.ts";
import { byGate, GATES, type Gate } from "./names.ts";
import { requireFinite, requireFiniteMatrix } from "./overflow.ts";
import type { FullCell } from "./requirements.ts";
import { byCellState, byOutputGate, cellStateSensitivity, times } from "./sensitivity.ts";
import { type Unrolled, unroll, xRow } from "./unroll.ts";
import { requireUpstream, upstreamAt } from "./upstream.ts";

/** The intermediate gradients of step t, each [H], over every path from it to L. */
export interface StepGradient {
  readonly t: number;
  /** ∂L/∂h_t: dh_t and what comes back from step t + 1 */
  readonly dh_t: Float64Array;
  /** ∂L/∂c_t: dc_t, what comes back from step t + 1, and what comes through h_t */
  readonly dc_t: Float64Array;
  /** ∂L/∂z_g */
  readonly dz: Readonly<Record<Gate, Float64Array>>;
}

/** ∂L/∂· for everything that L depends on, in the shapes of the cell. */
export interface Gradient {
  /** L = Σ dh_t·h_t + dc_t·c_t */
  readonly loss: number;
  /** [T × I], by the rows of x; null where the cell has no input or lacks a W. */
  readonly x: Matrix | null;
  /** Of the state before the first step [H]. */
  readonly h_prev: Float64Array;
  readonly c_prev: Float64Array;
  /** Summed over the steps; W is null where the cell has no input or lacks that W. */
  readonly gates: Readonly<Record<Gate, GateWeights & { readonly b: Float64Array }>>;
  readonly steps: readonly StepGradient[];
}

/**
 * The gradient of L = Σ dh_t·h_t + dc_t·c_t; over a sequence, backpropagation through time (Werbos 1990), at the states
 * rounded to doubles. From the last step to the first, with ∘ by components:
 *
 *     dc_t ← dc_t + dh_t ∘ o ∘ (1 − tanh²c_t)             dh_{t-1} = Σ_g U_gᵀ dz_g     dx_t = Σ_g W_gᵀ dz_g
 *     dz_o = dh_t ∘ tanh(c_t) ∘ σ'(z_o)                    dc_{t-1} = dc_t ∘ f
 *     dz_f = dc_t ∘ c_{t-1} ∘ σ'(z_f)                      dW_g = Σ_t dz_g x_tᵀ
 *     dz_i = dc_t ∘ u ∘ σ'(z_i)                            dU_g = Σ_t dz_g h_{t-1}ᵀ
 *     dz_u = dc_t ∘ i ∘ tanh'(z_u)                         db_g = Σ_t dz_g
 *
 * @throws {DlstmError} missing, where the cell lacks a gate; shape, of the upstream gradients; overflow, where an entry
 * leaves the double range.
 */
export function backward(cell: Cell, upstream: Upstream = cell.upstream): Gradient {
  return backwardThrough(unroll(cell), upstream);
}

/** The steps to go back through, and the cell whose weights they share. */
export type Steps = Pick<Unrolled, "cell" | "traces">;

/**
 * The same through traces that are given, right or wrong.
 * @throws {DlstmError} as {@link backward}.
 */
export function backwardThrough(steps: Steps, upstream: Upstream): Gradient {
  return requireFiniteGradient(backpropagate(steps, upstream), steps.cell);
}

/** The gradient with what leaves the double range in it. */
export function backpropagate({ cell, traces }: Steps, upstream: Upstream): Gradient {
  const count = traces.length;
  const n = cell.hiddenSize;
  requireUpstream(upstream, count, n);
  const sums = zeroSums(cell, count);
  const loss = new Loss(count, n);
  const steps = new Array<StepGradient>(count);
  let dh: Float64Array = new Float64Array(n);
  let dc: Float64Array = new Float64Array(n);
  for (let t = count; t >= 1; t--) {
    const trace = traces.at(t - 1);
    const own = upstreamAt(upstream, t, count, n);
    loss.add(t, own, trace);
    const step = stepGradient(t, trace, plus(dh, own.dh_t), plus(dc, own.dc_t));
    steps[t - 1] = step;
    addStep(sums, step, trace, xRow(cell, t));
    dh = new Float64Array(n);
    for (const g of GATES) addTransposedProduct(dh, cell.gates[g].U, step.dz[g]);
    dc = times(step.dc_t, trace.gates.f.value.hi);
  }
  return { loss: loss.value(), ...sums, h_prev: dh, c_prev: dc, steps };
}

/** What step t passes back, given what comes to it from later steps and from L itself. */
function stepGradient(t: number, trace: FullTrace, dh_t: Float64Array, upstream_c: Float64Array): StepGradient {
  const dc_t = plus(upstream_c, times(dh_t, byCellState(trace)));
  const { f, i, u } = cellStateSensitivity(trace).preactivation;
  const dz = { f: times(dc_t, f), i: times(dc_t, i), o: times(dh_t, byOutputGate(trace)), u: times(dc_t, u) };
  return { t, dh_t, dc_t, dz };
}

type Sums = Pick<Gradient, "x" | "gates">;

function zeroSums(cell: FullCell, steps: number): Sums {
  const n = cell.hiddenSize;
  const I = (cell.x ?? cell.state.x_t) === null ? null : cell.inputSize;
  const gates = byGate((g) => ({
    W: I !== null && cell.gates[g].W ? zeros(n, I) : null,
    U: zeros(n, n),
    b: new Float64Array(n),
  }));
  return { x: I === null ? null : zeros(steps, I), gates };
}

/** Adds what a step contributes to the gradients of the weights, and sets that of the row of x that it reads. */
function addStep(sums: Sums, { dz }: StepGradient, { cell, h_prev }: FullTrace, row: number): void {
  for (const g of GATES) {
    const { W, U, b } = sums.gates[g];
    if (W && cell.state.x_t) addOuterProduct(W, dz[g], cell.state.x_t);
    addOuterProduct(U, dz[g], h_prev);
    for (let k = 0; k < b.length; k++) b[k] += dz[g][k];
    const weights = cell.gates[g].W;
    if (sums.x && weights) addTransposedProduct(rowOf(sums.x, row), weights, dz[g]);
  }
}

/** Σ dh_t·h_t + dc_t·c_t over the steps, as one compensated sum. */
class Loss {
  readonly #upstream: { readonly h: Matrix; readonly c: Matrix };
  readonly #states: { readonly h: Matrix; readonly c: Matrix };

  constructor(steps: number, hiddenSize: number) {
    const rows = () => zeros(steps, hiddenSize);
    this.#upstream = { h: rows(), c: rows() };
    this.#states = { h: rows(), c: rows() };
  }

  add(t: number, { dh_t, dc_t }: ReturnType<typeof upstreamAt>, { h_t, c_t }: FullTrace): void {
    rowOf(this.#upstream.h, t - 1).set(dh_t);
    rowOf(this.#upstream.c, t - 1).set(dc_t);
    rowOf(this.#states.h, t - 1).set(h_t);
    rowOf(this.#states.c, t - 1).set(c_t.hi);
  }

  value(): number {
    const asRow = ({ data }: Matrix): Matrix => ({ rows: 1, cols: data.length, data });
    const products = (["h", "c"] as const).map((key) => {
      return { matrix: asRow(this.#upstream[key]), vector: this.#states[key].data };
    });
    return affine(1, products, null).hi[0];
  }
}

/** @throws {DlstmError} overflow, naming the first entry that is not finite. */
function requireFiniteGradient(gradient: Gradient, cell: Cell): Gradient {
  const { loss, x, h_prev, c_prev, gates } = gradient;
  const place = (key: string) => (k: number) => `gradient.${key}[${k}]`;
  requireFinite(Float64Array.of(loss), () => "loss");
  if (x && cell.x === null) requireFinite(x.data, place("x_t"));
  else if (x) requireFiniteMatrix(x, "gradient.x");
  requireFinite(h_prev, place("h_prev"));
  requireFinite(c_prev, place("c_prev"));
  for (const g of GATES) {
    const { W, U, b } = gates[g];
    if (W) requireFiniteMatrix(W, `gradient.W_${g}`);
    requireFiniteMatrix(U, `gradient.U_${g}`);
    requireFinite(b, place(`b_${g}`));
  }
  return gradient;
}

/** a + b */
function plus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((entry, k) => entry + b[k]);
}
