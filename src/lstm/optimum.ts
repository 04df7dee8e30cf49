import { affine } from "../linalg/affine.ts";
import { type Matrix, rowOf } from "../linalg/matrix.ts";
import { euclideanNorm, maxNorm, sumNorm } from "../linalg/norm.ts";
import {
  componentOf,
  fromDoubles,
  over,
  plus,
  type RealVector,
  repeated,
  times,
  toDoubles,
} from "../linalg/real-vector.ts";
import type { Cell } from "./cell.ts";
import { requireOneOf, requireUnit } from "./choices.ts";
import { activation } from "./equations.ts";
import { preactivation } from "./forward.ts";
import { GATES, type Gate, GOALS, type Goal, NORMS, type Norm } from "./names.ts";
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
  /** A vector of one. */
  readonly dualNorm: RealVector;
  readonly unique: boolean;
}

/** The norm of a row that is zero. */
const NOTHING = fromDoubles(Float64Array.of(0));

/** For a row that is not zero. Cauchy–Schwarz for p = 2, Hölder for 1 and ∞. */
const MAXIMUM: Record<Norm, (row: Float64Array) => Maximum> = {
  // h* = sign(U_dk) e_k at the largest |U_dk|, the first one;  ‖U^(d)‖_∞
  "1": (row) => {
    const max = maxNorm(row);
    const k = row.findIndex((entry) => Math.abs(entry) === max);
    const h = new Float64Array(row.length);
    h[k] = Math.sign(row[k]);
    const unique = !row.some((entry, other) => other !== k && Math.abs(entry) === max);
    return { h, dualNorm: sumNorm(Float64Array.of(max)), unique };
  },
  // h* = U^(d)/‖U^(d)‖₂;  ‖U^(d)‖₂
  "2": (row) => {
    const dualNorm = euclideanNorm(row);
    const h = toDoubles(over(fromDoubles(row), repeated(dualNorm, row.length)));
    return { h, dualNorm, unique: true };
  },
  // h* = sign(U^(d)), zero components stay 0;  ‖U^(d)‖_1
  inf: (row) => ({ h: row.map(Math.sign), dualNorm: sumNorm(row), unique: row.every((entry) => entry !== 0) }),
};

/**
 * The maxima of the rows of matrices, each computed once however often it is asked for: of a cell with many states only
 * W^(d)x + b^(d) changes. A matrix must not change while they are kept.
 */
export class Maxima {
  readonly #known = new WeakMap<Matrix, Partial<Record<Norm, (Maximum | null)[]>>>();

  /** That of a row; null where the row is zero. */
  of(U: Matrix, unit: number, norm: Norm): Maximum | null {
    const byNorm = this.#known.get(U) ?? {};
    this.#known.set(U, byNorm);
    byNorm[norm] ??= [];
    const byUnit = byNorm[norm];
    if (byUnit[unit] === undefined) {
      const row = rowOf(U, unit);
      byUnit[unit] = maxNorm(row) === 0 ? null : MAXIMUM[norm](row);
    }
    return byUnit[unit];
  }
}

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
 * @param maxima of the matrices of other cells too, where these share them
 * @throws {DlstmError} missing, where the cell lacks the gate; usage, for a unit, gate, norm or goal that there is not; overflow, where a value leaves the double range.
 */
export function optimum(
  cell: Cell,
  gate: Gate,
  options: OptimumOptions = {},
  maxima: Maxima = new Maxima(),
): UnitOptimum[] {
  const { units = [...Array(cell.hiddenSize).keys()] } = options;
  requireOneOf(gate, GATES, "gate");
  const norm = requireOneOf(options.norm ?? "2", NORMS, "norm");
  const goal = requireOneOf(options.goal ?? "max", GOALS, "goal");
  const told = requireGates(cell, gate, `the optimum of ${gate}`);
  for (const unit of units) requireUnit(unit, cell.hiddenSize, "units");
  const base = affine(cell.hiddenSize, preactivation(told, gate, null));
  const sign = goal === "max" ? 1 : -1;
  const signed = fromDoubles(Float64Array.of(sign));
  return units.map((unit) => {
    const maximum = maxima.of(told.gates[gate].U, unit, norm);
    // z = W^(d)x + b^(d) ± ‖U^(d)‖
    const z = plus(componentOf(base, unit), times(signed, maximum?.dualNorm ?? NOTHING));
    const place = `optimum.${norm}.${goal}.${gate}.preactivation[${unit}]`;
    const values = {
      preactivation: requireFinite(toDoubles(z)[0], place),
      activation: toDoubles(activation(gate, z).value)[0],
    };
    // + 0 turns −0 into 0
    const h_prev = maximum?.h.map((entry) => sign * entry + 0) ?? null;
    return { unit, h_prev, ...values, unique: maximum?.unique ?? false };
  });
}
