/** The second derivatives of L = Σ dh_t·h_t + dc_t·c_t by the inputs of one step. */
import { type Matrix, zeros } from "../linalg/matrix.ts";
import { toDoubles } from "../linalg/real-vector.ts";
import { once } from "../once.ts";
import type { Cell } from "./cell.ts";
import { requireUnit } from "./choices.ts";
import { requireOneStep } from "./forward.ts";
import { BLOCK_SIDE, inTriangle } from "./hessian/blocks.ts";
import type { ByInput, Hessian } from "./hessian/by-input.ts";
import { type InputVector, requireInputVector } from "./hessian/input-vector.ts";
import { plainBlocks, plainHessian } from "./hessian/plain.ts";
import { wideBlocks, wideHessian, wideTimes } from "./hessian/wide.ts";
import { requireFinite } from "./overflow.ts";
import { requireGates } from "./requirements.ts";
import { ofUnitAlone, requireUpstream, upstreamAt } from "./upstream.ts";

export type { ByInput, Hessian } from "./hessian/by-input.ts";
export type { InputVector } from "./hessian/input-vector.ts";

export interface HessianOptions {
  /** Whose outputs alone L is made of; all where it is not given. */
  readonly unit?: number;
}

/**
 * ∂²L/∂A∂B for A, B in h_{t-1}, c_{t-1}, x_t, with the upstream gradients of the cell; x_t where it has every W.
 * @throws {DlstmError} usage, for a sequence and for a unit that it does not have; missing, where the cell lacks a gate; shape, of
 * the upstream gradients; overflow, where an entry leaves the double range.
 */
export function hessian(cell: Cell, options: HessianOptions = {}): Hessian {
  return requireFiniteHessian(secondDerivatives(cell, options).hessian());
}

/** @throws {DlstmError} overflow, naming the first entry that is not finite. */
export function requireFiniteHessian(hessian: Hessian): Hessian {
  for (const [of, row] of Object.entries(hessian)) {
    for (const [wrt, matrix] of Object.entries(row)) requireFinite(matrix, `hessian.${of}.${wrt}`);
  }
  return hessian;
}

/**
 * The Hessian times a vector, in H(H + I) work.
 * @throws {DlstmError} as {@link hessian}; unknown-key, shape, not-a-number, for what is no vector over the inputs of the cell.
 */
export function hessianTimes(cell: Cell, v: InputVector, options: HessianOptions = {}): ByInput<Float64Array> {
  const product = secondDerivatives(cell, options).times(v);
  for (const [of, vector] of Object.entries(product)) requireFinite(vector, `product.${of}`);
  return product;
}

/** Second derivatives with what leaves the double range left to the caller. */
export interface SecondDerivatives {
  readonly hessian: () => Hessian;
  /** ∂²L/∂(z_f, z_i, z_o, z_u, c_{t-1})² of unit d [5 × 5] */
  readonly block: (d: number) => Matrix;
  /** All of them, each below the one before [5H × 5]. */
  readonly blocks: () => Matrix;
  readonly times: (v: InputVector) => ByInput<Float64Array>;
}

/**
 * In plain doubles where their range lets every product keep its digits, else over numbers with exponents of their own.
 * @throws {DlstmError} as {@link hessian}, but for overflow.
 */
export function secondDerivatives(cell: Cell, { unit }: HessianOptions = {}): SecondDerivatives {
  requireOneStep(cell);
  if (unit !== undefined) requireUnit(unit, cell.hiddenSize, "unit");
  const full = requireGates(cell, "h_t", "h_t and c_t");
  const { dh_t, dc_t } = upstreamOf(cell, unit);
  const blocks = once(() => plainBlocks(full, dh_t, dc_t) ?? wideBlocks(full, dh_t, dc_t));
  const doubles = once(() => blocks().map(toDoubles));
  const entry = (d: number, at: number) => doubles()[inTriangle(Math.floor(at / BLOCK_SIDE), at % BLOCK_SIDE)][d];
  const below = (units: readonly number[]): Matrix => {
    const stack = zeros(BLOCK_SIDE * units.length, BLOCK_SIDE);
    const size = BLOCK_SIDE * BLOCK_SIDE;
    return { ...stack, data: stack.data.map((_, at) => entry(units[Math.floor(at / size)], at % size)) };
  };
  return {
    hessian: () => plainHessian(full, dh_t, dc_t) ?? wideHessian(full, blocks()),
    block: (d) => below([d]),
    blocks: () => below([...Array(cell.hiddenSize).keys()]),
    times: (v) => wideTimes(full, blocks(), requireInputVector(full, v)),
  };
}

/** dh_t and dc_t, zero but for the unit that is asked for. */
export function upstreamOf(cell: Cell, unit: number | undefined) {
  requireUpstream(cell.upstream, 1, cell.hiddenSize);
  const { upstream } = unit === undefined ? cell : ofUnitAlone(cell, unit);
  return upstreamAt(upstream, 1, 1, cell.hiddenSize);
}
