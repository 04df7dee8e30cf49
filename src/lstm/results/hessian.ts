/** From a cell of one step to the second derivatives that `dlstm hessian` prints. */
import { symmetricEigenvalues } from "../../linalg/symmetric-eigenvalues.ts";
import { sumWeightedColumns } from "../../linalg/weighted-rows.ts";
import type { Cell } from "../cell.ts";
import { type FullTrace, forward, requireTrace } from "../forward.ts";
import { BLOCK_ORDER, BLOCK_SIDE } from "../hessian/blocks.ts";
import { hasInput } from "../hessian/by-input.ts";
import {
  hessianTimes,
  type InputVector,
  requireFiniteHessian,
  type SecondDerivatives,
  secondDerivatives,
  upstreamOf,
} from "../hessian.ts";
import { GATES } from "../names.ts";
import { requireFinite } from "../overflow.ts";
import type { FullCell } from "../requirements.ts";
import { header, notes } from "./notes.ts";
import type { HessianBlock, HessianResult } from "./records.ts";

export interface HessianRequest {
  /** Also the blocks by the pre-activations. */
  readonly byPreactivations: boolean;
  /** The unit whose outputs alone L is made of; null: all. */
  readonly unit: number | null;
  /** What the Hessian is multiplied with; what is not there is zero. */
  readonly vector: InputVector | null;
}

/**
 * ∂²L/∂A∂B of L = Σ dh_t·h_t + dc_t·c_t for A, B in h_{t-1}, c_{t-1}, x_t.
 * @throws {DlstmError} missing, where the cell lacks a gate; overflow, where an entry leaves the double range.
 */
export function hessianResult(cell: Cell, { byPreactivations, unit, vector }: HessianRequest): HessianResult {
  const trace = requireTrace(forward(cell), "h_t", "h_t and c_t");
  const options = unit === null ? {} : { unit };
  const second = secondDerivatives(cell, options);
  const hessian = requireFiniteHessian(second.hessian());
  const found = symmetricEigenvalues(hessian.h_prev.h_prev);
  const eigenvalues = unit === null ? found : largestInSize(found, rankOf(trace.cell, second, unit));
  const missing = GATES.filter((g) => trace.cell.gates[g].W === null).map((g) => `W_${g}`);
  return {
    ...header(cell),
    ...(unit === null ? {} : { unit }),
    loss: requireFinite(lossOf(trace, unit), "loss"),
    hessian,
    ...(byPreactivations ? { blocks: blockRecords(second, unit === null ? [...trace.h_prev.keys()] : [unit]) } : {}),
    ...(vector === null ? {} : { vector, product: hessianTimes(cell, vector, options) }),
    eigenvalues: requireFinite(eigenvalues, "eigenvalues"),
    ...notes(cell, ["c_t", "h_t"]),
    ...(cell.upstream.dh_t === null ? { assumed_one: ["dh_t"] } : {}),
    ...(hasInput(trace.cell) ? {} : { missing: { x_t: missing } }),
  };
}

function lossOf({ cell, numbers }: FullTrace, unit: number | null): number {
  const { dh_t, dc_t } = upstreamOf(cell, unit ?? undefined);
  const column = (data: Float64Array) => ({ rows: data.length, cols: 1, data });
  const terms = [
    { weights: numbers.h_t, matrix: column(dh_t) },
    { weights: numbers.c_t, matrix: column(dc_t) },
  ];
  return sumWeightedColumns(terms, 1)[0];
}

/**
 * An upper bound of the rank of ∂²L/∂h_{t-1}² of one unit's outputs, R K Rᵀ with the rows U_g^(d) of R: at most 4, less where a
 * row of R or of K is zero.
 */
function rankOf({ gates }: FullCell, { block }: SecondDerivatives, unit: number): number {
  const K = block(unit).data;
  return GATES.filter((g, k) => {
    const { U } = gates[g];
    const isIn = U.data.subarray(unit * U.cols, (unit + 1) * U.cols).some((entry) => entry !== 0);
    return isIn && GATES.some((_, j) => K[BLOCK_SIDE * k + j] !== 0);
  }).length;
}

/** So many of the largest in size; the others, of which only rounding is left, are exact zeros. Descending. */
function largestInSize(eigenvalues: Float64Array, count: number): Float64Array {
  const kept = eigenvalues.toSorted((a, b) => Math.abs(b) - Math.abs(a)).fill(0, count);
  return kept.sort((a, b) => b - a);
}

function blockRecords({ block }: SecondDerivatives, units: readonly number[]): HessianBlock[] {
  return units.map((d, k) => {
    return { unit: d, order: BLOCK_ORDER, hessian: requireFinite(block(d), `blocks[${k}].hessian`) };
  });
}
