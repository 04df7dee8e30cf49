/** The optima of c_t, tanh(c_t) and h_t, judged: the value where it is said to be, and the bound against samples and climbs. */
import type { Cell } from "../lstm/cell.ts";
import type { Goal, StateOutput } from "../lstm/names.ts";
import type { OutputOptima } from "../lstm/results/records.ts";
import { exact, toDouble } from "./arithmetic.ts";
import { bestRival } from "./rivals.ts";
import { unitAt } from "./step-reference.ts";

/** One unit's optimum, whoever claims it. */
type Claimed = NonNullable<OutputOptima["outputs"][StateOutput]>[number];

/** The verdict on the optima of one output. */
export interface OptimumVerdict {
  readonly of: StateOutput;
  readonly goal: Goal;
  readonly units: number;
  readonly max_gap: number;
  readonly passed: boolean;
  /** The unit that failed, or else that of the largest gap. */
  readonly worst: WorstOptimum;
}

/** `reference` is the exact value at h_prev, rounded; where that is right, the best one found elsewhere. */
export interface WorstOptimum {
  readonly unit: number;
  readonly value: number;
  readonly bound: number;
  readonly reference: number;
}

/** @param claimed for each goal, of a cell of one step */
export function judgeOptima(cell: Cell, claimed: readonly OutputOptima[]): OptimumVerdict[] {
  return claimed.flatMap(({ goal, outputs }) =>
    Object.entries(outputs).map(([of, optima]) => {
      const judged = optima.map((optimum) => judge(cell, of as StateOutput, goal, optimum));
      const worst = judged.reduce((most, one) => (isWorse(one, most) ? one : most));
      const { passed, gap, ...place } = worst;
      const max_gap = Math.max(...judged.map((one) => one.gap));
      return { of: of as StateOutput, goal, units: optima.length, max_gap, passed, worst: place };
    }),
  );
}

type Judged = WorstOptimum & { readonly gap: number; readonly passed: boolean };

function isWorse(one: Judged, most: Judged): boolean {
  return one.passed === most.passed ? one.gap > most.gap : !one.passed;
}

function judge(cell: Cell, of: StateOutput, goal: Goal, optimum: Claimed): Judged {
  const { unit, h_prev, value, bound, gap } = optimum;
  const sign = goal === "max" ? 1 : -1;
  const at = (h: Float64Array) => exactValue(cell, of, unit, h);
  const claimed = at(h_prev ?? anyUnitVector(cell.hiddenSize));
  const rival = at(bestRival(cell, of, unit, sign));
  const isRight = claimed === value && isUnitVector(h_prev) && gap === sign * (bound - value) && gap >= 0;
  // where every unit vector is said to be optimal, none may be less
  const isHeld = sign * (bound - rival) >= 0 && (h_prev !== null || rival === value);
  const place = { unit, value, bound, reference: claimed === value ? rival : claimed };
  return { ...place, gap, passed: isRight && isHeld };
}

/** The output at h, exactly, then rounded to the nearest double. */
function exactValue(cell: Cell, of: StateOutput, unit: number, h: Float64Array): number {
  return toDouble(unitAt({ ...cell, state: { ...cell.state, h_prev: h } }, unit).values()[of] ?? exact(Number.NaN));
}

function anyUnitVector(length: number): Float64Array {
  return Float64Array.from({ length }, (_, k) => (k === 0 ? 1 : 0));
}

/** Whether the length is 1 but for the rounding of each component, and of the sum here. */
function isUnitVector(h: Float64Array | null): boolean {
  if (h === null) return true;
  const squared = h.reduce((sum, entry) => sum + entry * entry, 0);
  return Math.abs(squared - 1) <= (h.length + 8) * 2 ** -52;
}
