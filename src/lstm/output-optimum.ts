import { tanhValues } from "../linalg/activation-range.ts";
import { affine } from "../linalg/affine.ts";
import { rowOf } from "../linalg/matrix.ts";
import { euclideanNorm } from "../linalg/norm.ts";
import { fromDoubles, type RealVector, toDoubles } from "../linalg/real-vector.ts";
import { onceBy } from "../once.ts";
import type { Cell } from "./cell.ts";
import { requireOneOf, requireUnit } from "./choices.ts";
import { stepFrom } from "./equations.ts";
import { preactivation } from "./forward.ts";
import { type Gate, GOALS, type Goal, STATE_OUTPUTS, type StateOutput } from "./names.ts";
import { ORDER } from "./output-optimum/unit-function.ts";
import { maximumOverUnitVectors, type UnitMaximum } from "./output-optimum/unit-maximum.ts";
import { requireFinite } from "./overflow.ts";
import { type CellOf, requireGates } from "./requirements.ts";

/** A unit vector h_{t-1} at which one unit of an output is largest (or smallest), with a certificate. */
export interface UnitOutputOptimum {
  readonly unit: number;
  /** h* [H] with ‖h*‖₂ = 1; null where every unit vector is optimal: the rows of U that matter are zero. */
  readonly h_prev: Float64Array | null;
  /** The output at h_prev, rounded once. */
  readonly value: number;
  /** What the output does not exceed ("min": is not below) at any unit vector. */
  readonly bound: number;
  /** |bound − value| */
  readonly gap: number;
  /** true where proved; false for a proved tie, or where every unit vector is optimal; null where neither was proved. */
  readonly unique: boolean | null;
}

export interface OutputOptimumOptions {
  /** default "max" */
  readonly goal?: Goal;
  /** of the unit sphere; there is no other */
  readonly norm?: "2";
  /** the units to answer for; default all */
  readonly units?: readonly number[];
}

/** Maxima that were found for a cell and a goal: c_t and tanh(c_t) have the same. */
export type KnownMaxima = Map<string, UnitMaximum>;

/**
 * For each unit d, the h_{t-1} with ‖h_{t-1}‖₂ = 1 at which c_t^(d), tanh(c_t^(d)) or h_t^(d) is largest ("min": smallest).
 * The output sees h only through the three (c_t) or four (h_t) numbers U_g^(d)·h, but not monotonically in one projection of it: the
 * maximum is searched for on the unit sphere of R^k, k = min(H, 3 or 4), by branch and bound with bounds that are rigorous,
 * roundings included. tanh grows, so tanh(c_t) has c_t's optimum; a minimum is a maximum with −c_{t-1} and −z_u:
 *
 *     min F(c_{t-1}, z_u) = −max F(−c_{t-1}, −z_u)
 *
 * The bound holds for vectors of doubles too whose length exceeds 1 by 4ε at most.
 * @param known of the same cell and goal
 * @throws {DlstmError} missing, where the cell lacks a gate; usage, for a unit, output, norm or goal that there is not; overflow, where a pre-activation
 * leaves the double range.
 */
export function outputOptimum(
  cell: Cell,
  of: StateOutput,
  options: OutputOptimumOptions = {},
  known: KnownMaxima = new Map(),
): UnitOutputOptimum[] {
  const { units = [...Array(cell.hiddenSize).keys()] } = options;
  requireOneOf(of, STATE_OUTPUTS, "of");
  requireOneOf(options.norm ?? "2", ["2"], "norm");
  const goal = requireOneOf(options.goal ?? "max", GOALS, "goal");
  const told = requireGates(cell, of, `the optimum of ${of}`);
  const order = of === "h_t" ? ORDER : ORDER.slice(0, 3);
  const offsets = order.map((g) => toDoubles(affine(cell.hiddenSize, offsetOf(told, g))));
  return units.map((unit) => {
    requireUnit(unit, cell.hiddenSize, "units");
    for (const [k, g] of order.entries()) {
      const reach = Math.abs(offsets[k][unit]) + toDoubles(euclideanNorm(rowOf(gateOf(told, g).U, unit)))[0];
      requireFinite(reach, `optimum.2.${goal}.${of}.preactivations.${g}[${unit}]`);
    }
    const maximum = onceBy(known, `${order.length}.${unit}`, () => {
      const sign = goal === "max" ? 1 : -1;
      const given = order.map((g, k) => {
        const turn = g === "u" ? sign : 1;
        const offset = turn * offsets[k][unit];
        const row = rowOf(gateOf(told, g).U, unit).map((entry) => turn * entry);
        return { row, offset, offsetError: 2 ** -53 * Math.abs(offset) + Number.MIN_VALUE };
      });
      const c_prev = sign * (cell.state.c_prev?.[unit] ?? 0);
      return maximumOverUnitVectors({ c_prev, hasOutputGate: order.length === 4 }, given);
    });
    return certified(told, of, unit, goal, maximum);
  });
}

/** The value where the maximum was found, and the bound in the output's own terms. */
function certified(
  cell: CellOf<"c_t">,
  of: StateOutput,
  unit: number,
  goal: Goal,
  found: UnitMaximum,
): UnitOutputOptimum {
  const sign = goal === "max" ? 1 : -1;
  const any = new Float64Array(cell.hiddenSize);
  const value = requireFinite(outputAt(cell, of, unit, found.h ?? any), `optimum.2.${goal}.${of}.value[${unit}]`);
  // where h does not matter the value is the maximum, rounded once
  const most = found.h === null ? sign * value : of === "tanh_c_t" ? tanhAbove(found.bound) : found.bound;
  const bound = sign * Math.max(most, sign * value) + 0;
  requireFinite(bound, `optimum.2.${goal}.${of}.bound[${unit}]`);
  const h_prev = found.h?.map((entry) => entry + 0) ?? null;
  return { unit, h_prev, value, bound, gap: sign * (bound - value) + 0, unique: found.unique };
}

/** A double that tanh(x) does not exceed. */
function tanhAbove(x: number): number {
  return Math.min(1, tanhValues({ lo: x, hi: x }).hi);
}

/** One unit of the output at h, the nearest double. */
function outputAt(cell: CellOf<"c_t">, of: StateOutput, unit: number, h: Float64Array): number {
  const z: Partial<Record<Gate, RealVector>> = {};
  for (const g of of === "h_t" ? ORDER : ORDER.slice(0, 3)) {
    const ofUnit = preactivation(cell as CellOf<"h_t">, g, h).map(({ matrix, vector }) => ({
      matrix: { rows: 1, cols: matrix.cols, data: rowOf(matrix, unit) },
      vector,
    }));
    z[g] = affine(1, ofUnit);
  }
  const step = stepFrom(z, fromDoubles(Float64Array.of(cell.state.c_prev?.[unit] ?? 0)));
  const output = of === "tanh_c_t" ? step.tanh_c_t?.value : step[of];
  if (!output) throw new Error(`${of} of a cell that has its gates`);
  return toDoubles(output)[0];
}

function offsetOf(cell: CellOf<"c_t">, g: Gate) {
  return preactivation(cell as CellOf<"h_t">, g, null);
}

function gateOf(cell: CellOf<"c_t">, g: Gate) {
  return (cell as CellOf<"h_t">).gates[g];
}
