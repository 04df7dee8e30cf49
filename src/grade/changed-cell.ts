/** A cell as somebody computes it who takes one of its small functions for another. */
import { rowOf } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { byGate, GATES, type Gate, isGate, type Output } from "../lstm/names.ts";
import { stepsOf, xRow } from "../lstm/unroll.ts";
import { upstreamAt } from "../lstm/upstream.ts";
import type { Rules, States, Unit, Vector } from "./rules.ts";

export interface Step {
  readonly x: Vector | null;
  readonly before: States;
  readonly units: readonly Unit[];
  readonly after: States;
}

/** The steps in order. */
export function forwardBy(rules: Rules, right: Cell): Step[] {
  const cell = rules.cell(right);
  const n = cell.hiddenSize;
  const first = { h: cell.state.h_prev ?? new Float64Array(n), c: cell.state.c_prev ?? new Float64Array(n) };
  const steps: Step[] = [];
  for (let t = 1; t <= stepsOf(cell); t++) {
    const before = t === 1 ? first : rules.carried(steps[t - 2].after, first);
    const x = cell.x ? rowOf(cell.x, xRow(cell, t)) : cell.state.x_t;
    const h = rules.recurrent(before);
    const z = byGate((g) => preactivation(cell, g, x && rules.input(x), h));
    const c = rules.memory(before);
    const units = Array.from({ length: n }, (_, k) =>
      unitOf(
        rules,
        byGate((g) => z[g][k]),
        c[k],
      ),
    );
    const after = { h: Float64Array.from(units, (one) => one.h_t), c: Float64Array.from(units, (one) => one.c_t) };
    steps.push({ x, before, units, after });
  }
  return steps;
}

/** Of a gate that the cell does not have, numbers that are none. */
function preactivation({ gates, hiddenSize }: Cell, g: Gate, x: Vector | null, h: Vector): Vector {
  const { W, U, b } = gates[g] ?? { W: null, U: null, b: null };
  if (U === null) return new Float64Array(hiddenSize).fill(Number.NaN);
  return Float64Array.from({ length: hiddenSize }, (_, k) => {
    return dot(rowOf(U, k), h) + (x && W ? dot(rowOf(W, k), x) : 0) + (b?.[k] ?? 0);
  });
}

function unitOf(rules: Rules, z: Unit["z"], c_prev: number): Unit {
  const unit: Unit = { ...byGate((g) => rules.activation[g](z[g])), z, c_prev, c_t: 0, tanh_c_t: 0, h_t: 0 };
  unit.i = rules.inputGate(unit);
  unit.c_t = rules.c_t(unit);
  unit.tanh_c_t = rules.tanh(unit.c_t);
  unit.h_t = rules.h_t(unit);
  return unit;
}

/** ∂h_t/∂c_t */
const byCell = ({ factor, slope }: Rules, unit: Unit) => factor.tanh(unit) * slope.c_t(unit.tanh_c_t, unit.c_t);

/** ∂of/∂z_g, or ∂of/∂c_{t-1}, of one unit */
export function sensitivityBy(rules: Rules, of: Output, by: Gate | "c_prev", unit: Unit): number {
  const slope = by === "c_prev" ? 1 : rules.slope[by](unit[by], unit.z[by]);
  if (isGate(of)) return of === by ? slope : 0;
  if (by === "o") return of === "h_t" ? rules.factor.o(unit) * slope : 0;
  const ofCell = rules.factor[by](unit) * slope;
  if (of === "c_t") return ofCell;
  return ofCell * (of === "h_t" ? byCell(rules, unit) : rules.slope.c_t(unit.tanh_c_t, unit.c_t));
}

export interface StepBack {
  readonly dz: Readonly<Record<Gate, Vector>>;
  /** Of the state before the step. */
  readonly before: States;
}

/** The steps back, in the order of the steps, and the upstream gradients that they were given. */
export function backwardBy(rules: Rules, right: Cell, steps: readonly Step[]) {
  const n = right.hiddenSize;
  const given = (t: number): States => {
    const { dh_t, dc_t } = upstreamAt(right.upstream, t, steps.length, n);
    return { h: dh_t, c: dc_t };
  };
  const back: StepBack[] = [];
  const losses = steps.map((_, t) => rules.upstream(given(t + 1), given(steps.length)));
  let carried: States = { h: new Float64Array(n), c: new Float64Array(n) };
  for (let t = steps.length; t >= 1; t--) {
    const { units } = steps[t - 1];
    const dh = losses[t - 1].h.map((own, k) => own + carried.h[k]);
    const dc = units.map((unit, k) => rules.dc_t(losses[t - 1].c[k] + carried.c[k], dh[k] * byCell(rules, unit)));
    const by = (g: Gate, of: Output, d: ArrayLike<number>) =>
      Float64Array.from(units, (unit, k) => d[k] * sensitivityBy(rules, of, g, unit));
    const dz = byGate((g) => (g === "o" ? by(g, "h_t", dh) : by(g, "c_t", dc)));
    const c = Float64Array.from(units, (unit, k) => dc[k] * (rules.dc_prev ?? rules.factor.c_prev)(unit));
    back[t - 1] = { dz, before: { h: throughWeights(rules.chain(rules.cell(right)), "U", dz, n), c } };
    carried = rules.carriedBack(back[t - 1].before);
  }
  return { back, losses };
}

/** Σ_g M_gᵀ dz_g with M = U or W */
export function throughWeights(cell: Cell, key: "U" | "W", dz: StepBack["dz"], length: number): Vector {
  return Float64Array.from({ length }, (_, j) => {
    const one = (g: Gate) => {
      const matrix = cell.gates[g]?.[key];
      return matrix ? dz[g].reduce((sum, d, k) => sum + d * matrix.data[k * matrix.cols + j], 0) : 0;
    };
    return GATES.reduce((sum, g) => sum + one(g), 0);
  });
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
