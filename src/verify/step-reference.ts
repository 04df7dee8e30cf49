/** One step of a cell as units in high precision, with what the numerical promise measures an error by. */

import type { Cell, GateWeights, State } from "../lstm/cell.ts";
import { GATES, type Gate, type Output, type Wrt } from "../lstm/names.ts";
import { type Ball, exact, largest, product, quotient, smallest, sum } from "./arithmetic.ts";
import { add, isZero, ONE, upperBound, ZERO } from "./ball.ts";
import { boundOf, type Expected, expect, underflowOf } from "./promise.ts";
import { Unit, type UnitInput, type UnitOutputs } from "./unit.ts";

const NOTHING: Expected = { value: ZERO, allowed: ZERO };

/** The differences of a unit along one of its inputs, and |each of them| as the promise counts it. */
export interface Response {
  readonly values: UnitOutputs;
  readonly sizes: UnitOutputs;
}

export interface UnitReference {
  readonly along: Readonly<Partial<Record<UnitInput, Response>>>;
  /** m = |f c_{t-1}| + |i u| */
  readonly m: Ball;
  /** How far outside the domain of the promise the gates are: the largest n²·S_g/2⁵², or 1, which is inside. */
  readonly excess: Ball;
  /** max(1, |c_{t-1}|): what a tiny derivative of f can be multiplied with. */
  readonly growth: Ball;
}

export class StepReference {
  readonly cell: Cell;
  readonly units: readonly UnitReference[];

  /** @param cell of one step, without x */
  constructor(cell: Cell) {
    this.cell = cell;
    this.units = Array.from({ length: cell.hiddenSize }, (_, r) => unitReference(cell, r));
  }

  /** ∂outputs[r]/∂wrt[k]: unit r's differences along each z_g, which move with wrt[k] by their weights, and along c_{t-1}. */
  entries(wrt: Wrt, r: number, k: number): (of: Output) => Expected {
    const moves = this.#moves(wrt, r, k);
    return (of) => this.#entry(r, of, moves);
  }

  /** Unit r's part of the path T_g = ∂h_t/∂z_g · U_g[r][k]. */
  term(g: Gate, r: number, k: number): Expected {
    const moves = this.#moves("h_prev", r, k).filter(([input]) => input === g);
    return this.#entry(r, "h_t", moves);
  }

  #entry(r: number, of: Output, moves: readonly (readonly [UnitInput, number])[]): Expected {
    const { along, m, excess, growth } = this.units[r];
    let [value, scale, weights] = [ZERO, ZERO, ZERO];
    for (const [input, move] of moves) {
      const response = along[input]?.values[of];
      const size = along[input]?.sizes[of];
      if (!response || !size || isZero(size) || move === 0) continue;
      value = sum(value, product(response, exact(move)));
      scale = sum(scale, product(size, exact(Math.abs(move))));
      weights = sum(weights, exact(Math.abs(move)));
    }
    if (isZero(scale)) return NOTHING;
    return expect(value, sum(product(boundOf(of, m), scale, excess), underflowOf(value, product(weights, growth))));
  }

  #moves(wrt: Wrt, r: number, k: number): (readonly [UnitInput, number])[] {
    if (wrt === "c_prev") return r === k ? [["c_prev", 1]] : [];
    return GATES.flatMap((g) => {
      const matrix = wrt === "h_prev" ? this.cell.gates[g]?.U : this.cell.gates[g]?.W;
      return matrix ? [[g, matrix.data[r * matrix.cols + k]] as const] : [];
    });
  }
}

function unitReference(cell: Cell, r: number): UnitReference {
  const z: Partial<Record<Gate, Ball>> = {};
  let excess = ONE;
  let blur = ZERO;
  for (const g of GATES) {
    const weights = cell.gates[g];
    if (weights === undefined) continue;
    const found = preactivation(weights, cell.state, r);
    z[g] = found.z;
    const share = product(exact(found.count ** 2 * 2 ** -52), found.size);
    excess = largest(excess, share);
    if (g === "u") blur = smallest(ONE, share);
  }
  const c_prev = exact(cell.state.c_prev?.[r] ?? 0);
  const unit = new Unit({ z, c_prev });
  const { f = ZERO, i = ZERO, u = ZERO } = unit.values();
  // what cancels in z_u is no digit of u
  const sizeOfU = largest(upperBound(u), blur);
  const m = sum(product(f, upperBound(c_prev)), product(i, sizeOfU));
  const inputs = [...GATES.filter((g) => z[g] !== undefined), "c_prev" as const];
  const differences = Object.fromEntries(inputs.map((input) => [input, unit.difference(input)]));
  const along = Object.fromEntries(
    inputs.map((input) => [input, { values: differences[input], sizes: sizesOf(input, differences, m, sizeOfU) }]),
  );
  return { along, m, excess, growth: largest(ONE, upperBound(c_prev)) };
}

/** |∂of/∂input| of a unit as the promise counts it: tanh(c_t) as min(1, m), u as far as it is resolved. */
function sizesOf(input: UnitInput, along: Readonly<Record<string, UnitOutputs>>, m: Ball, sizeOfU: Ball): UnitOutputs {
  const { o = ZERO, i = ZERO } = along[input];
  const size = (of: string, difference: Ball): Ball => {
    if (of === "h_t" && input === "o") return product(upperBound(o), smallest(ONE, m));
    const response = upperBound(difference);
    const f = along.c_prev.c_t;
    const byMemory = along.c_prev[of as Output];
    if (input !== "i" || of === "i" || f === undefined || byMemory === undefined) return response;
    // c_{t-1} goes the same way from c_t on: what it meets there, u meets too
    const onwards = quotient(upperBound(byMemory), upperBound(f));
    return largest(response, product(upperBound(i), sizeOfU, onwards));
  };
  return Object.fromEntries(Object.entries(along[input]).map(([of, difference]) => [of, size(of, difference)]));
}

/** z_g[r] exactly, with Σ|products| and how many there are. */
function preactivation({ W, U, b }: GateWeights, state: State, r: number) {
  const bias = exact(b?.[r] ?? 0);
  let z = bias;
  let size = upperBound(bias);
  let count = 0;
  const addProducts = ({ cols, data }: { cols: number; data: Float64Array }, vector: Float64Array) => {
    for (let k = 0; k < cols; k++) {
      const term = product(exact(data[r * cols + k]), exact(vector[k]));
      z = add(z, term, Number.POSITIVE_INFINITY);
      size = sum(size, upperBound(term));
    }
    count += cols;
  };
  if (W && state.x_t) addProducts(W, state.x_t);
  if (state.h_prev) addProducts(U, state.h_prev);
  return { z, size, count };
}
