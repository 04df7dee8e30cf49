import { asRow, type Matrix, rowOf, zeros } from "../linalg/matrix.ts";
import { detached, fromDoubles, plus, type RealVector, toDoubles } from "../linalg/real-vector.ts";
import { sumWeightedColumns, sumWeightedRows, type WeightedRows } from "../linalg/weighted-rows.ts";
import { once } from "../once.ts";
import type { Cell, Upstream } from "./cell.ts";
import { type FullStep, type StepBack, stepBack } from "./equations.ts";
import type { FullTrace } from "./forward.ts";
import { byGate, GATES, type Gate } from "./names.ts";
import { requireFinite } from "./overflow.ts";
import type { FullCell } from "./requirements.ts";
import type { Traces } from "./traces.ts";
import { type Unrolled, unroll, xRow } from "./unroll.ts";
import { requireUpstream, upstreamAt } from "./upstream.ts";

/** ∂L/∂h_t, ∂L/∂c_t and ∂L/∂z_g of step t, each [H], over every path from it to L. */
export interface StepGradient {
  readonly t: number;
  readonly dh_t: Float64Array;
  readonly dc_t: Float64Array;
  readonly dz: Readonly<Record<Gate, Float64Array>>;
}

/** ∂L/∂W_g, ∂L/∂U_g and ∂L/∂b_g. */
export interface WeightGradients {
  readonly W: Matrix | null;
  readonly U: Matrix;
  readonly b: Float64Array;
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
  readonly gates: Readonly<Record<Gate, WeightGradients>>;
  readonly steps: readonly StepGradient[];
}

/**
 * The gradient of L = Σ dh_t·h_t + dc_t·c_t; over a sequence, backpropagation through time (Werbos 1990), at the states
 * rounded to doubles. From the last step to the first, with the equations of {@link stepBack}:
 *
 *     dh_{t-1} = Σ_g U_gᵀ dz_g     dx_t = Σ_g W_gᵀ dz_g     dW_g = Σ_t dz_g x_tᵀ     dU_g = Σ_t dz_g h_{t-1}ᵀ     db_g = Σ_t dz_g
 *
 * Each step back starts from two doubles a unit, dh_t and what arrives at c_t, each given + carried, rounded once. All else is exact
 * from these, rounded once: what it prints and carries on, and the sums over the steps. So of one step every entry is exact.
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

/** A step and the step back. */
interface StepThere extends StepBack, Pick<FullStep, "h_t" | "c_t"> {}

/** They are made anew when they are asked for. */
function again(traces: Traces, t: number, dh_t: Float64Array, arriving: Float64Array): () => StepThere {
  return once(() => {
    const { numbers } = traces.at(t - 1);
    return { ...numbers, ...stepBack(numbers, fromDoubles(dh_t), fromDoubles(arriving)) };
  });
}

/** What the sums over the steps need of one. */
interface Contribution extends Pick<StepBack, "dz"> {
  readonly h_t: RealVector;
  readonly c_t: RealVector;
  readonly x_t: Float64Array | null;
  readonly h_prev: Float64Array;
}

/**
 * Of a long sequence no more is kept than the numbers themselves; the rare sum that they leave open asks for the step again.
 * A loop, because a function that closed over dz or the trace would keep all that they are made of.
 */
function contributionOf(trace: FullTrace, dz: StepBack["dz"], step: () => StepThere): Contribution {
  const { numbers, cell, h_prev } = trace;
  const kept: Partial<Record<Gate, RealVector>> = {};
  for (const g of GATES) kept[g] = detached(dz[g], () => step().dz[g]);
  const h_t = detached(numbers.h_t, () => step().h_t);
  const c_t = detached(numbers.c_t, () => step().c_t);
  return { dz: kept as StepBack["dz"], h_t, c_t, x_t: cell.state.x_t, h_prev };
}

/** The gradient with what leaves the double range in it. */
export function backpropagate({ cell, traces }: Steps, upstream: Upstream): Gradient {
  const T = traces.length;
  const n = cell.hiddenSize;
  requireUpstream(upstream, T, n);
  const steps = new Array<StepGradient>(T);
  const contributions = new Array<Contribution>(T);
  const hasInput = (cell.x ?? cell.state.x_t) !== null && cell.inputSize !== null;
  const x = hasInput ? zeros(T, cell.inputSize) : null;
  const losses: WeightedRows[] = [];
  // what comes back from the step behind: nothing behind the last
  let carried: Pick<StepBack, "dz" | "dc_prev"> | null = null;
  for (let t = T; t >= 1; t--) {
    const trace = traces.at(t - 1);
    const own = upstreamAt(upstream, t, T, n);
    const dh_t: Float64Array = carried ? throughWeights(cell, "U", carried, own.dh_t) : own.dh_t;
    const arriving: Float64Array = carried ? toDoubles(plus(fromDoubles(own.dc_t), carried.dc_prev)) : own.dc_t;
    const { dc_t, dz, dc_prev } = stepBack(trace.numbers, fromDoubles(dh_t), fromDoubles(arriving));
    steps[t - 1] = { t, dh_t, dc_t: toDoubles(dc_t), dz: byGate((g) => toDoubles(dz[g])) };
    const kept = contributionOf(trace, dz, again(traces, t, dh_t, arriving));
    contributions[t - 1] = kept;
    losses.push(column(kept.h_t, own.dh_t), column(kept.c_t, own.dc_t));
    carried = { dz, dc_prev };
    if (x) rowOf(x, xRow(cell, t)).set(throughWeights(cell, "W", carried, new Float64Array(cell.inputSize ?? 0)));
  }
  return {
    loss: sumWeightedColumns(losses, 1)[0],
    x,
    h_prev: throughWeights(cell, "U", carried!, new Float64Array(n)),
    c_prev: toDoubles(carried!.dc_prev),
    gates: byGate((g) => weightGradients(g, cell, contributions)),
    steps,
  };
}

/** own + Σ_g M_gᵀ dz_g with M = U or W */
function throughWeights(cell: FullCell, key: "U" | "W", { dz }: Pick<StepBack, "dz">, own: Float64Array): Float64Array {
  const terms = GATES.flatMap((g) => {
    const matrix = cell.gates[g][key];
    return matrix ? [{ weights: dz[g], matrix }] : [];
  });
  return sumWeightedColumns([{ weights: fromDoubles(ONE), matrix: asRow(own) }, ...terms], own.length);
}

function weightGradients(g: Gate, cell: FullCell, steps: readonly Contribution[]): WeightGradients {
  /** Σ_t dz_t inputᵀ_t */
  const sum = (inputOf: (step: Contribution) => Float64Array) => {
    const terms = steps.map((step) => ({ weights: step.dz[g], matrix: asRow(inputOf(step)) }));
    return sumWeightedRows(terms, cell.hiddenSize, terms[0].matrix.cols);
  };
  const hasInput = steps[0].x_t && cell.gates[g].W;
  return {
    W: hasInput ? sum(({ x_t }) => x_t!) : null,
    U: sum(({ h_prev }) => h_prev),
    b: sum(() => ONE).data,
  };
}

const ONE = Float64Array.of(1);

/** Numbers [n] times doubles, as a sum of one column. */
function column(weights: RealVector, data: Float64Array): WeightedRows {
  return { weights, matrix: { rows: data.length, cols: 1, data } };
}

/** @throws {DlstmError} overflow, naming the first entry that is not finite. */
function requireFiniteGradient(gradient: Gradient, cell: Cell): Gradient {
  const { loss, x, h_prev, c_prev, gates, steps } = gradient;
  // along a sequence each step back starts from them: the one where the range is left first spoils all before it
  if (cell.x !== null) for (const { t, dh_t } of steps.toReversed()) requireFinite(dh_t, `steps[${t - 1}].dh_t`);
  requireFinite(loss, "loss");
  if (x) requireFinite(cell.x === null ? x.data : x, cell.x === null ? "gradient.x_t" : "gradient.x");
  requireFinite(h_prev, "gradient.h_prev");
  requireFinite(c_prev, "gradient.c_prev");
  for (const g of GATES) {
    for (const [letter, values] of Object.entries(gates[g]))
      if (values) requireFinite(values, `gradient.${letter}_${g}`);
  }
  return gradient;
}
