import { failure } from "../errors.ts";
import { affine, type MatrixVector } from "../linalg/affine.ts";
import { addPairs, multiplyPairs, type PairVector, pairAt, pairZeros } from "../linalg/pair.ts";
import { type Activation, activate, sigmoid, tanh } from "./activation.ts";
import type { Cell } from "./cell.ts";
import { GATES, type Gate, type Output } from "./names.ts";
import { requireFinite } from "./overflow.ts";
import { type CellOf, type GateOf, requireGates } from "./requirements.ts";

/**
 * One step, with everything on the way that a derivative needs. What a partial cell cannot tell is absent.
 * Every vector has H components; the pairs' high parts are the doubles to print.
 */
export interface Trace {
  readonly cell: Cell;
  /** h_{t-1} and c_{t-1}, zeros where the cell gives none. */
  readonly h_prev: Float64Array;
  readonly c_prev: Float64Array;
  /** z_g = W_g x_t + U_g h_{t-1} + b_g */
  readonly z: Readonly<Partial<Record<Gate, PairVector>>>;
  /** f = σ(z_f), i = σ(z_i), o = σ(z_o), u = tanh(z_u), with σ'(z) and tanh'(z) */
  readonly gates: Readonly<Partial<Record<Gate, Activation>>>;
  /** c_t = f ∘ c_{t-1} + i ∘ u; null without f, i and u */
  readonly c_t: PairVector | null;
  /** tanh(c_t) with 1 − tanh²(c_t) */
  readonly tanh_c_t: Activation | null;
  /** h_t = o ∘ tanh(c_t); null without all four gates */
  readonly h_t: Float64Array | null;
}

/** A trace that has every gate of an output, and what is made of them. */
export type TraceOf<O extends Output> = Trace & {
  readonly cell: CellOf<O>;
  readonly z: Readonly<Record<GateOf<O>, PairVector>>;
  readonly gates: Readonly<Record<GateOf<O>, Activation>>;
} & (O extends Gate ? unknown : { readonly c_t: PairVector; readonly tanh_c_t: Activation }) &
  (O extends "h_t" ? { readonly h_t: Float64Array } : unknown);

/** A trace with all four gates, c_t and h_t. */
export type FullTrace = TraceOf<"h_t">;

/**
 * The trace as one that has every gate of an output: it has what the keys of its cell tell.
 * @throws {DlstmError} missing, one problem for each key that the cell lacks.
 */
export function requireTrace<O extends Output>(trace: Trace, of: O, quantity: string = of): TraceOf<O> {
  requireGates(trace.cell, of, quantity);
  return trace as TraceOf<O>;
}

/**
 * The forward pass of one LSTM step (Hochreiter and Schmidhuber 1997; forget gate by Gers et al. 2000).
 * @throws {DlstmError} overflow, where a pre-activation or a cell state leaves the double range; usage, for a sequence.
 */
export function forward(cell: Cell): Trace {
  const n = cell.hiddenSize;
  const h_prev = cell.state.h_prev ?? new Float64Array(n);
  const c_prev = cell.state.c_prev ?? new Float64Array(n);
  const z: Partial<Record<Gate, PairVector>> = {};
  const gates: Partial<Record<Gate, Activation>> = {};
  for (const g of GATES) {
    const z_g = preactivation(cell, g, h_prev);
    if (z_g === null) continue;
    requireFinite(z_g.hi, (k) => `preactivations.${g}[${k}]`);
    z[g] = z_g;
    gates[g] = activate(g === "u" ? tanh : sigmoid, z_g);
  }
  const { f, i, o, u } = gates;
  const c_t = f && i && u ? cellState(f.value, c_prev, i.value, u.value) : null;
  const tanh_c_t = c_t && activate(tanh, c_t);
  const h_t = tanh_c_t && o ? hiddenState(o.value, tanh_c_t.value) : null;
  return { cell, h_prev, c_prev, z, gates, c_t, tanh_c_t, h_t };
}

/** z_g [H] = W_g x_t + U_g h_{t-1} + b_g; null where the cell has no such gate. Without h_prev, W_g x_t + b_g. */
export function preactivation<G extends Gate>(cell: CellOf<G>, g: G, h_prev: Float64Array | null): PairVector;
export function preactivation(cell: Cell, g: Gate, h_prev: Float64Array | null): PairVector | null;
export function preactivation(cell: Cell, g: Gate, h_prev: Float64Array | null): PairVector | null {
  if (cell.x !== null)
    throw failure("usage", "a sequence, expected x_t: one step is computed, see cellAtStep", { place: "x" });
  const weights = cell.gates[g];
  if (weights === undefined) return null;
  const products: MatrixVector[] = [];
  if (cell.state.x_t !== null && weights.W !== null) products.push({ matrix: weights.W, vector: cell.state.x_t });
  if (h_prev !== null) products.push({ matrix: weights.U, vector: h_prev });
  return affine(cell.hiddenSize, products, weights.b);
}

/** c_t = f ∘ c_{t-1} + i ∘ u [H], the low parts of the gates carried on. */
function cellState(f: PairVector, c_prev: Float64Array, i: PairVector, u: PairVector): PairVector {
  const c_t = pairZeros(c_prev.length);
  for (let k = 0; k < c_prev.length; k++) {
    const kept = multiplyPairs(pairAt(f, k), { hi: c_prev[k], lo: 0 });
    const { hi, lo } = addPairs(kept, multiplyPairs(pairAt(i, k), pairAt(u, k)));
    c_t.hi[k] = hi;
    c_t.lo[k] = lo;
  }
  requireFinite(c_t.hi, (k) => `c_t[${k}]`);
  return c_t;
}

/** h_t = o ∘ tanh(c_t) [H] */
function hiddenState(o: PairVector, tanh_c_t: PairVector): Float64Array {
  return o.hi.map((_, k) => multiplyPairs(pairAt(o, k), pairAt(tanh_c_t, k)).hi);
}
