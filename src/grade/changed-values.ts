import { type Matrix, rowOf, zeros } from "../linalg/matrix.ts";
import type { Cell, GateWeights } from "../lstm/cell.ts";
import { GATES, type Gate, type Goal, isGate, type Norm, type Output, type Wrt } from "../lstm/names.ts";
import type { UnitOptimum } from "../lstm/optimum.ts";
import type { Quantity, QuantityOf } from "../lstm/quantities.ts";
import { xRow } from "../lstm/unroll.ts";
import { once } from "../once.ts";
import { backwardBy, dot, forwardBy, type Step, sensitivityBy, throughWeights } from "./changed-cell.ts";
import { type Entries, matrix, scalar, vector } from "./entries.ts";
import { RIGHT, type Rules, scaleRows, type Vector } from "./rules.ts";
import type { GradedValues } from "./values.ts";

/** What an optimum is taken from: a unit's row of U, and what else there is at hand. */
export interface OptimumOfUnit {
  readonly row: Vector;
  readonly goal: Goal;
  readonly norm: Norm;
  /** The right one of each norm. */
  readonly right: (norm: Norm) => UnitOptimum;
  /** W x_t + b, and z at the h_{t-1} of the cell. */
  readonly rest: number;
  readonly given: number;
  readonly U: Matrix;
}

/** What somebody takes for h*, z(h*) and the gate there; where absent, the mistake says nothing of it. */
export type OptimumRule = (of: OptimumOfUnit) => {
  readonly h_prev?: Vector | null;
  readonly z?: number;
  readonly activation?: number;
};

/** What one takes for another; what is absent stays right. */
export type Changed = {
  readonly [K in keyof Rules]?: Rules[K] extends Readonly<Record<string, unknown>> ? Partial<Rules[K]> : Rules[K];
} & {
  readonly optimum?: OptimumRule;
};

/** All quantities of a cell with a change: those that the right cell tells. */
export class ChangedValues {
  readonly #right: Cell;
  readonly #cell: Cell;
  readonly #rules: Rules;
  readonly #changed: Changed;
  readonly #values: GradedValues;
  readonly #steps = once(() => forwardBy(this.#rules, this.#right));
  readonly #back = once(() => backwardBy(this.#rules, this.#right, this.#steps()));

  constructor(right: GradedValues, changed: Changed) {
    this.#values = right;
    this.#right = right.cell;
    this.#changed = changed;
    const { activation, slope, factor } = changed;
    this.#rules = {
      ...{ ...RIGHT, ...changed },
      activation: { ...RIGHT.activation, ...activation },
      slope: { ...RIGHT.slope, ...slope },
      factor: { ...RIGHT.factor, ...factor },
    };
    this.#cell = this.#rules.cell(right.cell);
  }

  /** null where the change makes no number of it. */
  of(quantity: Quantity): Entries | null {
    const { family } = quantity;
    if (family === "gradient") return this.#gradient(quantity.key);
    if (family === "optimum") return this.#optimumOf(quantity);
    if (family === "loss") return scalar(this.#loss());
    const [step, ...later] = this.#steps();
    if (later.length > 0 || this.#cell.x !== null) return null;
    const ofUnits = (of: (unit: Step["units"][number]) => number) => vector(Float64Array.from(step.units, of));
    switch (family) {
      case "preactivations":
        return ofUnits(({ z }) => z[quantity.gate]);
      case "gates":
        return ofUnits((unit) => unit[quantity.gate]);
      case "jacobian":
        return matrix(this.#jacobian(step, quantity.of, quantity.wrt, GATES));
      case "terms":
        return matrix(this.#jacobian(step, "h_t", "h_prev", [quantity.gate]));
      default:
        return ofUnits((unit) => unit[family]);
    }
  }

  #jacobian({ units, before }: Step, of: Output, wrt: Wrt, gates: readonly Gate[]): Matrix {
    const rules = this.#rules;
    const { gates: weights, hiddenSize: n, inputSize } = rules.chain(this.#cell);
    const by = (g: Gate | "c_prev") => Float64Array.from(units, (unit) => sensitivityBy(rules, of, g, unit));
    const memory = isGate(of) ? new Float64Array(n) : by("c_prev");
    const sum = zeros(n, wrt === "x_t" ? (inputSize ?? 0) : n);
    const isMemory = wrt === "c_prev" || (wrt === "h_prev" && rules.isMemoryOfHidden && gates.length > 1);
    if (isMemory) for (let k = 0; k < n; k++) sum.data[k * n + k] = memory[k];
    for (const g of wrt === "c_prev" ? [] : gates) {
      const { U, W } = weights[g] ?? { U: null, W: null };
      if (U === null || by(g).every((entry) => entry === 0)) continue;
      const { data } = wrt === "h_prev" ? rules.through(by(g), U, before.h) : scaleRows(by(g), W ?? sum);
      if (data.length !== sum.data.length) sum.data.fill(Number.NaN);
      for (let k = 0; k < data.length; k++) sum.data[k] += data[k];
    }
    return sum;
  }

  #loss(): number {
    const steps = this.#steps();
    return this.#back().losses.reduce(
      (sum, { h, c }, t) => sum + dot(h, steps[t].after.h) + dot(c, steps[t].after.c),
      0,
    );
  }

  #gradient(key: QuantityOf<"gradient">["key"]): Entries | null {
    const steps = this.#steps();
    const { back } = this.#back();
    const cell = this.#rules.chain(this.#cell);
    const T = steps.length;
    const I = cell.inputSize ?? 0;
    if (key === "h_prev" || key === "c_prev") return vector(back[0].before[key === "h_prev" ? "h" : "c"]);
    if (key === "x" || key === "x_t") {
      if ((key === "x") !== (cell.x !== null) || steps[0].x === null) return null;
      const x = zeros(T, I);
      for (const [t, { dz }] of back.entries()) rowOf(x, xRow(cell, t + 1)).set(throughWeights(cell, "W", dz, I));
      return key === "x" ? matrix(x) : vector(x.data);
    }
    const [kind, g] = key.split("_") as ["W" | "U" | "b", Gate];
    if (kind === "W" && (steps[0].x === null || !cell.gates[g]?.W)) return null;
    const inputOf = (step: Step) => (kind === "W" ? step.x! : kind === "U" ? this.#rules.stateInGradient(step) : ONE);
    const sum = zeros(cell.hiddenSize, kind === "W" ? I : kind === "U" ? cell.hiddenSize : 1);
    steps.forEach((step, t) => {
      const share = this.#rules.share(t + 1, T);
      const { rows, cols, data } = sum;
      const input = inputOf(step);
      for (let r = 0; r < rows; r++)
        for (let k = 0; k < cols; k++) data[r * cols + k] += share * back[t].dz[g][r] * input[k];
    });
    return kind === "b" ? vector(sum.data) : matrix(sum);
  }

  #optimumOf({ gate, norm, goal, part }: QuantityOf<"optimum">): Entries | null {
    const { optimum, cell, activation } = this.#changed;
    const weights = this.#cell.gates[gate];
    const right = this.#values.optimum(gate, norm, goal);
    if (!weights || !right || !(optimum ?? cell ?? activation)) return null;
    const rule = optimum ?? ((of) => along(directionOf(of.row, norm, goal), of));
    const given = this.#steps()[0].units;
    const units = right.map((one) => {
      const row = rowOf(weights.U, one.unit);
      const own = rule({
        ...{ row, goal, norm, U: weights.U, rest: this.#rest(weights, one.unit), given: given[one.unit].z[gate] },
        right: (other) => this.#values.optimum(gate, other, goal)![one.unit],
      });
      if (part === "h_prev") return one.h_prev ? (own.h_prev ?? null) : row.map(() => Number.NaN);
      const z = own.z ?? Number.NaN;
      return Float64Array.of(part === "preactivation" ? z : (own.activation ?? this.#rules.activation[gate](z)));
    });
    if (units.some((one) => one === null)) return null;
    const data = Float64Array.from(units.flatMap((one) => [...one!]));
    return part === "h_prev" ? matrix({ rows: units.length, cols: data.length / units.length, data }) : vector(data);
  }

  /** W x_t + b of a unit */
  #rest({ W, b }: GateWeights, k: number): number {
    const x = this.#steps()[0].x;
    return (W && x ? dot(rowOf(W, k), x) : 0) + (b?.[k] ?? 0);
  }
}

const ONE = Float64Array.of(1);

/** Of a vector as h_{t-1}, z too. */
export function along(h_prev: Vector, { row, rest }: Pick<OptimumOfUnit, "row" | "rest">): ReturnType<OptimumRule> {
  return { h_prev, z: dot(row, h_prev) + rest };
}

/** The unit vector of a norm along which row·h grows, or falls, the most. */
export function directionOf(row: Vector, norm: Norm, goal: Goal): Vector {
  const sign = goal === "max" ? 1 : -1;
  if (norm === "2") return row.map((entry) => (sign * entry) / Math.hypot(...row));
  if (norm === "inf") return row.map((entry) => sign * Math.sign(entry));
  const largest = Math.max(...row.map(Math.abs));
  const first = row.findIndex((entry) => Math.abs(entry) === largest);
  return row.map((entry, k) => (k === first ? sign * Math.sign(entry) : 0));
}
