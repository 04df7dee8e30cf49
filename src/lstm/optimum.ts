import { failure } from "../errors.ts";
import { rowOf } from "../linalg/matrix.ts";
import { euclideanNorm, maxNorm, scaleVector, sumNorm } from "../linalg/norm.ts";
import { addPairs, type Pair, pairAt } from "../linalg/pair.ts";
import { scaleByPowerOfTwo } from "../linalg/scale.ts";
import { sigmoid, tanh } from "./activation.ts";
import type { Cell } from "./cell.ts";
import { preactivation } from "./forward.ts";
import type { Gate, Goal, Norm } from "./names.ts";
import { requireFinite } from "./overflow.ts";
import { requireGates } from "./requirements.ts";

/** The unit vector h_{t-1} at which one unit of a gate is largest (or smallest), and its value there. */
export interface UnitOptimum {
  readonly unit: number;
  /** h* [H] with ‖h*‖ = 1; null where every unit vector is optimal (the row of U is zero). */
  readonly h_prev: Float64Array | null;
  /** W^(d)x + b^(d) ± ‖U^(d)‖, the dual norm */
  readonly preactivation: number;
  /** σ (for u: tanh) of it */
  readonly activation: number;
  readonly unique: boolean;
}

/** argmax of U^(d)·h over ‖h‖ = 1 as a direction, the maximum itself (the dual norm), and whether it is the only one. */
interface Maximum {
  readonly h: Float64Array;
  readonly dualNorm: Pair;
  readonly unique: boolean;
}

/** For a row that is not zero. Cauchy–Schwarz for p = 2, Hölder for 1 and ∞. */
const MAXIMUM: Record<Norm, (row: Float64Array) => Maximum> = {
  // h* = sign(U_dk) e_k at the largest |U_dk|, the first one;  ‖U^(d)‖_∞
  "1": (row) => {
    const max = maxNorm(row);
    const k = row.findIndex((entry) => Math.abs(entry) === max);
    const h = new Float64Array(row.length);
    h[k] = Math.sign(row[k]);
    const unique = !row.some((entry, other) => other !== k && Math.abs(entry) === max);
    return { h, dualNorm: { hi: max, lo: 0 }, unique };
  },
  // h* = U^(d)/‖U^(d)‖₂;  ‖U^(d)‖₂
  "2": (row) => {
    const { scaled, exponent } = scaleVector(row);
    const { hi, lo } = euclideanNorm(scaled);
    const dualNorm = { hi: scaleByPowerOfTwo(hi, exponent), lo: scaleByPowerOfTwo(lo, exponent) };
    return { h: scaled.map((entry) => entry / hi), dualNorm, unique: true };
  },
  // h* = sign(U^(d)), zero components stay 0;  ‖U^(d)‖_1
  inf: (row) => ({ h: row.map(Math.sign), dualNorm: sumNorm(row), unique: row.every((entry) => entry !== 0) }),
};

export interface OptimumOptions {
  /** default "2" */
  readonly norm?: Norm;
  /** default "max" */
  readonly goal?: Goal;
  /** the units to answer for; default all */
  readonly units?: readonly number[];
}

/**
 * For each unit d, the h_{t-1} with ‖h_{t-1}‖ = 1 at which gate^(d) is largest ("min": smallest).
 * σ and tanh increase, so it is the argmax of U^(d)·h, whatever x_t and b are:
 *
 *     max gate^(d) = σ(W^(d)x_t + b^(d) + ‖U^(d)‖_*)      (the norm goes through σ; the gate never reaches ‖U^(d)‖ itself)
 *
 * The minimum is at −h*. A zero row has no argmax of its own: h_prev is null and the value is that at any h.
 * @throws {DlstmError} missing, where the cell lacks the gate; usage, for a unit that it does not have; overflow, where a value leaves the double range.
 */
export function optimum(cell: Cell, gate: Gate, options: OptimumOptions = {}): UnitOptimum[] {
  const { norm = "2", goal = "max", units = [...Array(cell.hiddenSize).keys()] } = options;
  const told = requireGates(cell, gate, `the optimum of ${gate}`);
  for (const unit of units) {
    if (Number.isInteger(unit) && unit >= 0 && unit < cell.hiddenSize) continue;
    throw failure("usage", `${unit}, expected 0 … ${cell.hiddenSize - 1}, the units of this cell`, { place: "units" });
  }
  const base = preactivation(told, gate, null);
  const sign = goal === "max" ? 1 : -1;
  return units.map((unit) => {
    const row = rowOf(told.gates[gate].U, unit);
    const maximum = maxNorm(row) === 0 ? null : MAXIMUM[norm](row);
    const dualNorm = maximum?.dualNorm ?? { hi: 0, lo: 0 };
    const z = addPairs(pairAt(base, unit), { hi: sign * dualNorm.hi, lo: sign * dualNorm.lo });
    requireFinite(Float64Array.of(z.hi), () => `optimum.${norm}.${goal}.${gate}.preactivation[${unit}]`);
    return {
      unit,
      // + 0 turns −0 into 0
      h_prev: maximum?.h.map((entry) => sign * entry + 0) ?? null,
      preactivation: z.hi,
      activation: (gate === "u" ? tanh : sigmoid)(z.hi, z.lo).value.hi,
      unique: maximum?.unique ?? false,
    };
  });
}
