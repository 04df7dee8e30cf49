import { gradedTriangle } from "../linalg/ball-graded.ts";
import { GradedProduct } from "../linalg/graded-product.ts";
import { gradedSingularLogarithms } from "../linalg/graded-rows.ts";
import { singularValues } from "../linalg/singular-values.ts";
import { BallProduct } from "./ball-product.ts";
import type { FullTrace } from "./forward.ts";
import { scaledStepTimes } from "./lyapunov.ts";
import { perturbation } from "./perturbation.ts";
import { FIRST_BITS, knownOf, type Proved, provedSpectrum, type Run } from "./proved-spectrum.ts";
import { wholeStep } from "./state-jacobian.ts";
import { toScaledMatrix } from "./state-product.ts";
import { type StepJacobian, stepJacobian } from "./step-jacobian.ts";

/** A logarithm is printed where it is known to be no further off. */
const TOLERANCE = 1e-6;
/** The same as a relative error of what it is of. */
const RELATIVE = TOLERANCE * Math.LN10;

/**
 * log₁₀ of the singular values of ∂s_T/∂s_0 [2H], descending, at the states rounded to doubles; null for zero, and where an
 * error above 1e-6 cannot be excluded.
 *
 * They span far more digits than doubles have: of the product as it is printed, what is below ε of the largest is rounding. So
 * they come from the factors, and by the two ways of {@link lyapunovSpectrum}. In balls the product is known to any number of
 * bits; a QR decomposition of it, its longest columns first, leaves rows R = D Y with Y well-conditioned, of which Jacobi's
 * method finds each singular value to the same relative error; how far Y's own error may grow is computed. In doubles the rows of R
 * follow from step to step without the product ever being formed ({@link GradedProduct}), and the run is repeated with
 * errors 2^17 times those of rounding: what changes by more than 1e-6 is not taken.
 */
export function singularLogarithms(run: Run): (number | null)[] {
  return provedSpectrum(run, { inBalls, inDoubles });
}

function inBalls({ cell, traces }: Run, bits: number): Proved {
  const product = new BallProduct(cell, bits);
  for (const trace of traces()) product.add(trace);
  const { columns, rank } = product.matrix;
  const { rows, restBelow, growth } = gradedTriangle(columns, rank, bits);
  const n = columns.length;
  // of n rows, each off by 2^−45 and by the rounding of Jacobi's rotations
  const isKnown = growth * n * 2 ** -44 <= RELATIVE / 2;
  const logarithms = isKnown ? gradedSingularLogarithms(rows) : null;
  if (logarithms === null) return { values: new Array(n).fill(null), isComplete: false };
  // what is left of the columns changes a singular value by its own norm at most
  const least = restBelow + Math.log2(n) / 2 - Math.log2(RELATIVE / 2);
  const known = Array.from(logarithms).filter((value) => value >= least);
  return { values: filled(known, n), isComplete: restBelow === Number.NEGATIVE_INFINITY };
}

function inDoubles({ cell, traces }: Run): Proved {
  const n = 2 * cell.hiddenSize;
  const { perturbed, noise } = perturbation(cell);
  const [product, shaken] = [new GradedProduct(n), new GradedProduct(n, noise)];
  for (const trace of traces()) {
    const step = stepJacobian(trace).doubles;
    if (step === null) return { values: new Array(n).fill(null), isComplete: false };
    product.multiply((right) => scaledStepTimes(step, right));
    const other = perturbed(trace, step);
    shaken.multiply((right) => scaledStepTimes(other, right));
  }
  const [found, others] = [product, shaken].map(({ rows }) => gradedSingularLogarithms(rows) ?? new Float64Array(0));
  // what follows one that is not known may have another place in the order
  const changed = found.findIndex((value, k) => !(Math.abs(value - others[k]) <= TOLERANCE));
  const known = Array.from(changed < 0 ? found : found.subarray(0, changed));
  return { values: filled(known, n), isComplete: known.length === n };
}

/**
 * The same of one step: of its entries in doubles as far as these tell, for n singular values that are off by some nε of the
 * largest; where not all are told, by balls.
 * @param inBoth whether balls may be tried
 */
export function stepSingularLogarithms(trace: FullTrace, step: StepJacobian, inBoth: boolean): (number | null)[] {
  const { scaled, exponent } = toScaledMatrix(step.wide ?? { scaled: wholeStep(step.doubles), exponent: 0 });
  const n = scaled.rows;
  const { values, exponent: own } = singularValues(scaled);
  const frobenius = Math.hypot(...values);
  const least = ((8 * n + 1) * 2 ** -53 * frobenius) / RELATIVE;
  const known = Array.from(values)
    .filter((value) => value > least)
    .map((value) => Math.log2(value) + own + exponent);
  if (known.length === n || !inBoth) return filled(known, n);
  const proved = inBalls({ cell: trace.cell, steps: 1, traces: () => [trace] }, FIRST_BITS).values;
  return knownOf(proved) > known.length ? proved : filled(known, n);
}

/** log₁₀ of so many values, and null for those that are not known. */
function filled(logarithms: readonly number[], count: number): (number | null)[] {
  return Array.from({ length: count }, (_, k) => (k < logarithms.length ? logarithms[k] * Math.log10(2) : null));
}
