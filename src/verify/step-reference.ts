/** One step of a cell as units in high precision, with what the numerical promise measures an error by. */
import type { Cell } from "../lstm/cell.ts";
import { GATES, type Gate, type Output, type Wrt } from "../lstm/names.ts";
import { GATES_OF } from "../lstm/requirements.ts";
import { arithmetic, type Decimal, exact } from "./arithmetic.ts";
import { boundOf, EPSILON, underflowOf } from "./promise.ts";
import { type Direction, Unit, type UnitOutputs } from "./unit.ts";

/** A reference entry, and how far from it the promise lets a double be. */
export interface Expected {
  readonly value: Decimal;
  readonly allowed: number;
}

const ZERO = new (arithmetic(60))(0);
const NOTHING: Expected = { value: ZERO, allowed: 0 };

/** A unit with the sizes of its responses, as doubles. */
export interface UnitReference {
  readonly unit: Unit;
  /** The differences along each z_g and along c_{t-1} alone. */
  readonly along: Readonly<Partial<Record<Gate | "c_prev", UnitOutputs>>>;
  /** m = |f c_{t-1}| + |i u| */
  readonly m: number;
  /** How far outside the domain of the promise the gates are: the largest n²·S_g/2⁵², or 1, which is inside. */
  readonly excess: number;
  /** The size of u as far as z_u resolves it: what cancels in z_u is no digit of u. */
  readonly sizeOfU: number;
}

export class StepReference {
  readonly cell: Cell;
  readonly units: readonly UnitReference[];

  /** @param cell of one step, without x */
  constructor(cell: Cell) {
    this.cell = cell;
    this.units = Array.from({ length: cell.hiddenSize }, (_, r) => unitReference(cell, r));
  }

  /** ∂outputs[r]/∂wrt[k], by a difference of unit r's forward pass with wrt[k] on either side of its value. */
  entries(wrt: Wrt, r: number, k: number): (of: Output) => Expected {
    const { unit, m, excess } = this.units[r];
    const direction = this.#direction(wrt, r, k);
    const found = unit.difference(direction);
    const size = (g: Gate | "c_prev") => Math.abs(direction[g]?.toNumber() ?? 0);
    const growth = sumOf(GATES, size) * Math.max(1, Math.abs(this.#c_prev(r)));
    const moving = [...GATES, "c_prev" as const].filter((key) => size(key) > 0);
    return (of) => {
      const value = found[of];
      if (value === undefined) return NOTHING;
      const keys = moving.filter((key) => isPath(of, key));
      if (keys.length === 0) return NOTHING;
      const scale = sumOf(keys, (key) => responseOf(this.units[r], of, key) * size(key));
      return { value, allowed: boundOf(of, m) * EPSILON * scale * excess + underflowOf(value, growth) };
    };
  }

  /** Unit r's part of the path T_g = ∂h_t/∂z_g · U_g[r][k]. */
  term(g: Gate, r: number, k: number): Expected {
    const { unit, m, excess } = this.units[r];
    const weight = this.cell.gates[g]!.U.data[r * this.cell.hiddenSize + k];
    const value = unit.difference({ [g]: exact(weight) }).h_t;
    if (value === undefined) return NOTHING;
    const scale = responseOf(this.units[r], "h_t", g) * Math.abs(weight);
    const growth = Math.abs(weight) * Math.max(1, Math.abs(this.#c_prev(r)));
    return { value, allowed: boundOf("h_t", m) * EPSILON * scale * excess + underflowOf(value, growth) };
  }

  #c_prev(r: number): number {
    return this.cell.state.c_prev?.[r] ?? 0;
  }

  #direction(wrt: Wrt, r: number, k: number): Direction {
    if (wrt === "c_prev") return r === k ? { c_prev: ONE } : {};
    const direction: Partial<Record<Gate, Decimal>> = {};
    for (const g of GATES) {
      const matrix = wrt === "h_prev" ? this.cell.gates[g]?.U : this.cell.gates[g]?.W;
      if (matrix && matrix.data[r * matrix.cols + k] !== 0) direction[g] = exact(matrix.data[r * matrix.cols + k]);
    }
    return direction;
  }
}

const ONE = new (arithmetic(60))(1);

function isPath(of: Output, key: Gate | "c_prev"): boolean {
  return key === "c_prev" ? of === "c_t" || of === "tanh_c_t" || of === "h_t" : GATES_OF[of].includes(key);
}

/** |∂of/∂key| of a unit as the promise counts it: tanh(c_t) as min(1, m), u as far as it is resolved. */
export function responseOf({ along, m, sizeOfU }: UnitReference, of: Output, key: Gate | "c_prev"): number {
  const response = (output: Output) => Math.abs(along[key]?.[output]?.toNumber() ?? 0);
  if (of === "h_t" && key === "o") return response("o") * Math.min(1, m);
  if (key !== "i" || of === "i") return response(of);
  // c_{t-1} goes the same way from c_t on: what it meets there, u meets too
  const f = along.c_prev?.c_t?.toNumber() ?? 0;
  const onwards = f === 0 ? 0 : Math.abs(along.c_prev?.[of]?.toNumber() ?? 0) / f;
  return Math.max(response(of), response("i") * sizeOfU * onwards);
}

function unitReference(cell: Cell, r: number): UnitReference {
  const z: Partial<Record<Gate, Decimal>> = {};
  let excess = 1;
  let blur = 0;
  for (const g of GATES) {
    if (cell.gates[g] === undefined) continue;
    const { sum, magnitude, count } = preactivation(cell, g, r);
    z[g] = sum;
    const share = Math.min(Number.MAX_VALUE, (count ** 2 * magnitude) / 2 ** 52);
    excess = Math.max(excess, share);
    if (g === "u") blur = Math.min(1, share);
  }
  const c_prev = exact(cell.state.c_prev?.[r] ?? 0);
  const unit = new Unit({ z, c_prev });
  const along: Partial<Record<Gate | "c_prev", UnitOutputs>> = { c_prev: unit.difference({ c_prev: ONE }) };
  for (const g of GATES) if (z[g]) along[g] = unit.difference({ [g]: ONE });
  const { f, i, u } = unit.values();
  const size = (value: Decimal | undefined) => Math.abs(value?.toNumber() ?? 0);
  const sizeOfU = Math.max(size(u), blur);
  const m = size(f) * size(c_prev) + size(i) * sizeOfU;
  return { unit, along, m, excess, sizeOfU };
}

/** z_g[r] exactly, with Σ|products| and how many there are. */
function preactivation(cell: Cell, g: Gate, r: number) {
  const { W, U, b } = cell.gates[g]!;
  const P = arithmetic(1800);
  let sum = exact(b?.[r] ?? 0);
  let magnitude = Math.abs(b?.[r] ?? 0);
  let count = 0;
  const add = (weights: Float64Array, vector: Float64Array) => {
    for (let k = 0; k < vector.length; k++) {
      if (weights[k] === 0 || vector[k] === 0) continue;
      sum = P.add(sum, P.mul(exact(weights[k]), exact(vector[k])));
      magnitude += Math.abs(weights[k] * vector[k]);
    }
    count += vector.length;
  };
  const rowOf = ({ cols, data }: { cols: number; data: Float64Array }) => data.subarray(r * cols, (r + 1) * cols);
  if (W && cell.state.x_t) add(rowOf(W), cell.state.x_t);
  if (cell.state.h_prev) add(rowOf(U), cell.state.h_prev);
  return { sum, magnitude, count };
}

function sumOf<T>(items: readonly T[], size: (item: T) => number): number {
  return items.reduce((sum, item) => sum + size(item), 0);
}
