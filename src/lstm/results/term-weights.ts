import type { Matrix } from "../../linalg/matrix.ts";
import { maxNorm } from "../../linalg/norm.ts";
import { toNormalDouble } from "../../linalg/scaled-number.ts";
import { spectralNorm } from "../../linalg/spectral-norm.ts";
import { GATES, type Gate } from "../names.ts";

/** How much of ∂h_t/∂h_{t-1} goes through one gate. */
export interface TermWeight {
  readonly gate: Gate;
  /** ‖T_g‖₂; null where it is no normal double or not found */
  readonly norm: number | null;
  /** ⟨T_g, J⟩/⟨J, J⟩ with J = ∂h_t/∂h_{t-1}: the four add up to 1, a negative one works against the rest; null for J = 0 */
  readonly share: number | null;
}

export interface TermWeights {
  readonly paths: readonly TermWeight[];
  /** ‖J‖₂ */
  readonly norm: number | null;
}

/** What each of the four terms carries of their sum J [H × H]. */
export function termWeights(terms: Readonly<Record<Gate, Matrix>>, sum: Matrix): TermWeights {
  const largest = maxNorm(sum.data);
  const square = inner(sum, sum, largest);
  const shareOf = (term: Matrix) => {
    const share = inner(term, sum, largest) / square;
    return Number.isFinite(share) ? share : null;
  };
  return {
    paths: GATES.map((gate) => ({ gate, norm: normOf(terms[gate]), share: shareOf(terms[gate]) })),
    norm: normOf(sum),
  };
}

/** ⟨A/s, B/s⟩ = Σ (a/s)(b/s) */
function inner(a: Matrix, b: Matrix, scale: number): number {
  let sum = 0;
  for (let k = 0; k < a.data.length; k++) sum += (a.data[k] / scale) * (b.data[k] / scale);
  return sum;
}

function normOf(matrix: Matrix): number | null {
  const norm = spectralNorm(matrix);
  return norm === null ? null : toNormalDouble(norm);
}
