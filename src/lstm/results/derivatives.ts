import { type Matrix, rowOf, zeros } from "../../linalg/matrix.ts";
import type { Cell } from "../cell.ts";
import { forward } from "../forward.ts";
import { chain } from "../jacobian.ts";
import { GATES, OUTPUTS, WRTS } from "../names.ts";
import { missingKeys } from "../requirements.ts";
import { sequenceJacobian } from "../sequence-jacobian.ts";
import { type Step, stepJacobianAt } from "../step-jacobian.ts";
import { paths } from "../terms.ts";
import { unroll } from "../unroll.ts";
import { unboundedGradients } from "./backward.ts";
import type { StepGradients } from "./records.ts";
import { productBlocks } from "./sequence-parts.ts";

/**
 * Derivatives by the path under which a result has them: `jacobian.f.h_prev`, `terms.o`, `gradient.W_f`, `steps.dz_f`.
 * Entries that leave the double range, which no result has, are not finite here.
 */
export type Derivatives = ReadonlyMap<string, Matrix | Float64Array>;

/** The derivatives of a sequence: the Jacobian of each step, and what holds of it as a whole, product × 2^exponent2. */
export interface SequenceDerivatives {
  readonly steps: readonly Step[];
  readonly whole: Derivatives;
  readonly exponent2: number;
}

/**
 * Every derivative that the tool prints for a cell of one step, as far as its keys tell them.
 * @throws {DlstmError} overflow, where the forward pass leaves the double range.
 */
export function stepDerivatives(cell: Cell): Derivatives {
  const trace = forward(cell);
  const found = new Map<string, Matrix | Float64Array>();
  for (const of of OUTPUTS) {
    for (const wrt of WRTS) {
      if (missingKeys(cell, of, wrt).length === 0) found.set(`jacobian.${of}.${wrt}`, chain(trace, of, wrt));
    }
  }
  if (missingKeys(cell, "h_t").length > 0) return found;
  for (const [g, matrix] of Object.entries(paths(trace))) found.set(`terms.${g}`, matrix);
  return addGradient(found, cell);
}

/**
 * Every derivative that the tool prints for a sequence.
 * @throws {DlstmError} missing, where the cell lacks a gate; overflow, where the forward pass leaves the double range.
 */
export function sequenceDerivatives(cell: Cell): SequenceDerivatives {
  const unrolled = unroll(cell);
  const steps = Array.from({ length: unrolled.steps }, (_, k) => stepJacobianAt(unrolled, k + 1));
  const { scaled, exponent } = sequenceJacobian(unrolled);
  const whole = new Map<string, Matrix | Float64Array>();
  for (const [of, row] of Object.entries(productBlocks(scaled))) {
    for (const [wrt, block] of Object.entries(row)) whole.set(`jacobian.${of}.${wrt}`, block);
  }
  return { steps, whole: addGradient(whole, cell), exponent2: exponent };
}

/** Both of them, as a check has them handed in. */
export const ownDerivatives = { step: stepDerivatives, sequence: sequenceDerivatives };

function addGradient(found: Map<string, Matrix | Float64Array>, cell: Cell): Derivatives {
  const { gradient, steps } = unboundedGradients(cell);
  for (const [key, values] of Object.entries(gradient)) found.set(`gradient.${key}`, values);
  if (cell.x !== null) for (const key of STEP_KEYS) found.set(`steps.${key}`, byStep(steps, key));
  return found;
}

/** Of each step, ∂L/∂h_t and ∂L/∂z_g over every path from it to L; of a single step they are the gradients already there. */
const STEP_KEYS = ["dh_t", ...GATES.map((g) => `dz_${g}` as const)] as const;

/** [T × H] */
function byStep(steps: readonly StepGradients[], key: (typeof STEP_KEYS)[number]): Matrix {
  const rows = zeros(steps.length, steps[0][key].length);
  for (const [row, step] of steps.entries()) rowOf(rows, row).set(step[key]);
  return rows;
}
