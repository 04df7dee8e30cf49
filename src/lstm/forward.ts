import { failure } from "../errors.ts";
import { affines, asSummand, type MatrixVector } from "../linalg/affine.ts";
import { fromDoubles, type RealVector, toDoubles } from "../linalg/real-vector.ts";
import { onceBy } from "../once.ts";
import type { Cell } from "./cell.ts";
import { type FullStep, type Step, stepFrom } from "./equations.ts";
import { GATES, type Gate, type Output } from "./names.ts";
import { requireFinite } from "./overflow.ts";
import { type CellOf, type GateOf, requireGates } from "./requirements.ts";

/**
 * One step of a cell: all its numbers, from which everything is computed, and the doubles that are printed, each the nearest.
 * What a partial cell cannot tell is null.
 */
export class Trace {
  readonly cell: Cell;
  /** h_{t-1} and c_{t-1}, zeros where the cell gives none. */
  readonly h_prev: Float64Array;
  readonly c_prev: Float64Array;
  readonly numbers: Step;
  readonly #known = new Map<RealVector, Float64Array>();

  constructor(cell: Cell, numbers: Step) {
    this.cell = cell;
    this.h_prev = cell.state.h_prev ?? new Float64Array(cell.hiddenSize);
    this.c_prev = cell.state.c_prev ?? new Float64Array(cell.hiddenSize);
    this.numbers = numbers;
  }

  /**
   * z_g [H]
   * @throws {DlstmError} overflow, where it leaves the double range; so do the others.
   */
  z(g: Gate): Float64Array | null {
    return this.#doubles("preactivations.", g, this.numbers.z[g]);
  }

  /** f, i, o or u [H] */
  gate(g: Gate): Float64Array | null {
    return this.#doubles("gates.", g, this.numbers.gates[g]?.value);
  }

  get c_t(): Float64Array | null {
    return this.#doubles("c_t", "", this.numbers.c_t);
  }

  get tanh_c_t(): Float64Array | null {
    return this.#doubles("tanh_c_t", "", this.numbers.tanh_c_t?.value);
  }

  get h_t(): Float64Array | null {
    return this.#doubles("h_t", "", this.numbers.h_t);
  }

  #doubles(name: string, gate: string, vector: RealVector | null | undefined): Float64Array | null {
    if (!vector) return null;
    return onceBy(this.#known, vector, () => requireFinite(toDoubles(vector), name + gate));
  }
}

/** A trace that has every gate of an output, and what is made of them. */
export type TraceOf<O extends Output> = {
  readonly cell: CellOf<O>;
  gate(g: GateOf<O>): Float64Array;
} & (O extends Gate ? unknown : { readonly c_t: Float64Array; readonly tanh_c_t: Float64Array }) &
  (O extends "h_t" ? { readonly h_t: Float64Array; readonly numbers: FullStep } : unknown) &
  Trace;

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
 * The forward pass of one LSTM step.
 * @throws {DlstmError} usage, for a sequence.
 */
export function forward(cell: Cell): Trace {
  const z: Partial<Record<Gate, RealVector>> = {};
  const told = GATES.filter((g) => cell.gates[g]);
  const sums = told.map((g) => preactivation(cell as CellOf<Gate>, g, cell.state.h_prev));
  for (const [k, sum] of affines(cell.hiddenSize, sums).entries()) z[told[k]] = sum;
  return new Trace(cell, stepFrom(z, fromDoubles(cell.state.c_prev ?? new Float64Array(cell.hiddenSize))));
}

/** @throws {DlstmError} usage, for a sequence. */
export function requireOneStep({ x }: Cell): void {
  if (x === null) return;
  throw failure("usage", "a sequence, expected x_t: one step is computed, see cellAtStep", { place: "x" });
}

/** The summands of z_g [H] = W_g x_t + U_g h_{t-1} + b_g; null where the cell has no such gate. Without h_prev, W_g x_t + b_g. */
export function preactivation<G extends Gate>(cell: CellOf<G>, g: G, h_prev: Float64Array | null): MatrixVector[];
export function preactivation(cell: Cell, g: Gate, h_prev: Float64Array | null): MatrixVector[] | null;
export function preactivation(cell: Cell, g: Gate, h_prev: Float64Array | null): MatrixVector[] | null {
  requireOneStep(cell);
  const weights = cell.gates[g];
  if (weights === undefined) return null;
  const products: MatrixVector[] = [];
  if (cell.state.x_t !== null && weights.W !== null) products.push({ matrix: weights.W, vector: cell.state.x_t });
  if (h_prev !== null) products.push({ matrix: weights.U, vector: h_prev });
  for (const bias of [weights.b, weights.bRest]) if (bias) products.push(asSummand(bias));
  return products;
}
