import { isZero } from "../linalg/ball.ts";
import { regularPivots, squaredPivots } from "../linalg/ball-orthogonal.ts";
import { logarithm } from "../linalg/ball-rounding.ts";
import { BallProduct } from "./ball-product.ts";
import { logDeterminant } from "./log-determinant.ts";
import { descending, LyapunovExponents } from "./lyapunov.ts";
import { perturbation } from "./perturbation.ts";
import { type Proved, provedSpectrum, type Run } from "./proved-spectrum.ts";
import { requireGates } from "./requirements.ts";
import type { StateJacobian } from "./state-jacobian.ts";
import { stepJacobian } from "./step-jacobian.ts";

/** An exponent is printed where it is known to be no further off. */
const TOLERANCE = 1e-6;

/**
 * The Lyapunov exponents of a run [2H], in nats a step, descending: with S_t = ∂s_t/∂s_{t-1} at the states rounded to
 * doubles and S_t Q_{t-1} = Q_t R_t from Q_0 = I, the means of log|R_jj| over the steps. For a finite run they depend on
 * where it starts, and on how long it is. null for −∞, and where an error above 1e-6 cannot be excluded: where the value,
 * or how many are larger, is not known.
 *
 * S_T ⋯ S_1 = Q_T (R_T ⋯ R_1), and a QR decomposition is unique but for signs: the j-th exponent is log|R_jj| of the
 * product itself, over T. The product is formed from the factors of S_t, the weights and the slopes of the gates, never
 * from their rounded sum: with D = diag(o ∘ (1 − tanh²c_t)),
 *
 *     S_t = [I D; 0 I] [T_o 0; ∂c_t/∂h_{t-1} diag(f)],
 *
 * and where T_o is 1e-16 of D ∂c_t/∂h_{t-1}, their sum in doubles has nothing of it left, although log|det S_t| =
 * log|det T_o| + Σ log f. Every number is a ball that holds the exact one: the pre-activations are exact sums, and each
 * operation widens its ball by what it rounds. R_jj² then lies within m ± r, r < m, and its exponent is off by at most
 * r/(m − r)/2T, because |log(1 + t)| ≤ |t|/(1 − |t|). The bits are doubled until this is below 1e-6 for all. No number
 * of bits tells a zero from what is smaller still: which R_jj are zero whatever the slopes of the gates, {@link ZeroPattern}
 * tells, and where none is, the smallest is what the determinants of the factors leave over.
 *
 * Where that would be too much work, doubles serve: with E_t the rounding of step t, at most some nε relatively to
 * ‖S_t q_j‖ or to the sums of absolute values of which entries of S_t are made, the change of an exponent is
 * L(E_1, …, E_T) to first order, with some linear L. The run is repeated with random E_t that are 2^17 times as large
 * (see {@link perturbation}); by how much the exponents then change bounds what rounding does to them, unless the random
 * E_t all but lie in the kernel of L. What changes by more than 1e-6 is not taken; the last one alone, which rounding hides
 * first, then is what Σ log|det S_t| leaves over.
 * Source: R. Engelken, F. Wolf, L. F. Abbott, "Lyapunov spectra of chaotic recurrent neural networks" (2020); R. Vogt,
 * M. Puelma Touzel, E. Shlizerman, G. Lajoie, "On Lyapunov exponents for RNNs" (2020).
 */
export function lyapunovSpectrum(run: Run): (number | null)[] {
  return provedSpectrum(run, { inBalls, inDoubles });
}

function inBalls({ cell, steps, traces }: Run, bits: number): Proved {
  const product = new BallProduct(cell, bits);
  for (const trace of traces()) product.add(trace);
  const { columns, determinant } = product;
  const n = 2 * cell.hiddenSize;
  const isRegular = columns.length === n && !isZero(determinant);
  const { squares, restBelow } = isRegular ? regularPivots(columns, determinant, bits) : squaredPivots(columns, bits);
  // of the squares, as the logarithms are
  let unknownBelow = restBelow * Math.LN2;
  const known: number[] = [];
  for (const square of squares) {
    const { value, error } = logarithm(square);
    if (error / (2 * steps) <= TOLERANCE / 2) known.push(value);
    else unknownBelow = Math.max(unknownBelow, value + error);
  }
  const values: (number | null)[] = new Array(n).fill(null);
  // what may be smaller than one that is not known has no place in the order
  known
    .filter((value) => value > unknownBelow)
    .forEach((value, k) => {
      values[k] = value / (2 * steps);
    });
  return { values: descending(values), isComplete: unknownBelow === Number.NEGATIVE_INFINITY };
}

function inDoubles({ cell, steps, traces }: Run): Proved {
  const n = 2 * cell.hiddenSize;
  const exponents = new LyapunovExponents(cell.hiddenSize);
  const { perturbed, noise } = perturbation(cell);
  const shaken = new LyapunovExponents(cell.hiddenSize, noise);
  for (const trace of traces()) {
    const step: StateJacobian | null = stepJacobian(trace).doubles;
    if (step === null) return { values: new Array(n).fill(null), isComplete: false };
    exponents.add(step);
    shaken.add(perturbed(trace, step));
  }
  const [values, others] = [exponents.values(), shaken.values()];
  const changes = values.map((value, j) => Math.abs((value ?? Number.NaN) - (others[j] ?? Number.NaN)));
  const known = changes.findIndex((change, j) => !(change <= TOLERANCE) && (values[j] !== null || others[j] !== null));
  if (known < 0) return { values, isComplete: true };
  // what follows one that is not known may have another place in the order
  const result = values.map((value, j) => (j < known ? value : null));
  const change = changes.slice(0, known).reduce((sum, own) => sum + own, 0);
  const total =
    known === n - 1 && change <= TOLERANCE / 2 ? logDeterminant(traces(), requireGates(cell, "h_t").gates.o.U) : null;
  if (total === null) return { values: result, isComplete: false };
  const last = result.reduce<number>((rest, value) => rest - (value ?? 0), total / steps);
  if (last <= (result[known - 1] ?? Number.POSITIVE_INFINITY)) result[known] = last;
  return { values: result, isComplete: result[known] !== null };
}
