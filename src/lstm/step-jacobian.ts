import { inPlace } from "../errors.ts";
import { diagonal, type Matrix } from "../linalg/matrix.ts";
import { timesPowerOfTwo } from "../linalg/scaled-matrix.ts";
import { sumWeightedRows, type WeightedRows } from "../linalg/weighted-rows.ts";
import { setEntry, type WideMatrix, wideZeros } from "../linalg/wide-matrix.ts";
import type { Trace } from "./forward.ts";
import { chain } from "./jacobian.ts";
import { GATES } from "./names.ts";
import { sensitivity } from "./sensitivity.ts";
import type { StateJacobian } from "./state-jacobian.ts";
import { placeOf, traceAt, type Unrolled } from "./unroll.ts";

/** ∂s_t/∂s_{t-1} with s = (h, c): in doubles where they hold it, else as a matrix [2H × 2H] with an exponent an entry. */
export type Step =
  | { readonly doubles: StateJacobian; readonly wide: null }
  | { readonly doubles: null; readonly wide: WideMatrix };

/**
 * The Jacobian of one step for a product of steps. Its entries are those of {@link stateJacobian}; where that refuses
 * because one leaves the double range, that entry is Σ_g (∂·/∂z_g · 2^−600)(U_g · 2^−600), times 2^1200.
 * @throws {DlstmError} missing, where the cell lacks a gate.
 */
export function stepJacobian(trace: Trace): Step {
  const [h, c] = [chain(trace, "h_t", "h_prev"), chain(trace, "c_t", "h_prev")];
  // bounded by 1: f, and f times o(1 − tanh²)
  const [h_c, c_c] = [sensitivity(trace, "h_t").c_prev!, sensitivity(trace, "c_t").c_prev!];
  if (isAllFinite(h) && isAllFinite(c)) {
    return { doubles: { h_t: { h_prev: h, c_prev: h_c }, c_t: { h_prev: c, c_prev: c_c } }, wide: null };
  }
  const n = h.rows;
  const wide = wideZeros(2 * n, 2 * n);
  const parts = [
    { entries: h, scaled: scaledChain(trace, "h_t"), byCell: diagonal(h_c) },
    { entries: c, scaled: scaledChain(trace, "c_t"), byCell: diagonal(c_c) },
  ];
  for (const [part, { entries, scaled, byCell }] of parts.entries()) {
    for (let k = 0; k < n * n; k++) {
      const at = (part * n + Math.floor(k / n)) * 2 * n + (k % n);
      const entry = entries.data[k];
      if (Number.isFinite(entry)) setEntry(wide, at, entry, 0);
      else setEntry(wide, at, scaled.data[k], 2 * DOWN);
      setEntry(wide, at + n, byCell.data[k], 0);
    }
  }
  return { doubles: null, wide };
}

/** The Jacobian of step t of a sequence; what is wrong with it names the step. */
export function stepJacobianAt(unrolled: Unrolled, t: number): Step {
  return inPlace(placeOf(unrolled.cell, t), () => stepJacobian(traceAt(unrolled, t)));
}

/** Far enough down that no product of two doubles overflows; what then underflows is nothing beside what overflowed. */
const DOWN = 600;

/** ∂of/∂h_{t-1} · 2^−1200 */
function scaledChain(trace: Trace, of: "h_t" | "c_t"): Matrix {
  const { preactivation } = sensitivity(trace, of);
  const n = trace.cell.hiddenSize;
  const terms = GATES.flatMap((g): WeightedRows[] => {
    const weights = preactivation[g];
    if (weights === undefined) return [];
    const scaled = weights.map((weight) => weight * 2 ** -DOWN);
    return [{ weights: scaled, matrix: timesPowerOfTwo(trace.cell.gates[g]!.U, -DOWN) }];
  });
  return sumWeightedRows(terms, n, n);
}

function isAllFinite({ data }: Matrix): boolean {
  return data.every(Number.isFinite);
}
