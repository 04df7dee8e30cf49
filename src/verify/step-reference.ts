/** One step of a cell as units in high precision, with what the numerical promise measures an error by. */

import { type Matrix, rowOf } from "../linalg/matrix.ts";
import type { Cell, GateWeights, State } from "../lstm/cell.ts";
import { GATES, type Gate, type Output } from "../lstm/names.ts";
import { once } from "../once.ts";
import { type Ball, bits, exact, largest, product, quotient, smallest, sum } from "./arithmetic.ts";
import { add, ONE, upperBound, ZERO } from "./ball.ts";
import { dot, type WholeNumbers, wholeDot, wholeNumbers } from "./ball-dot.ts";
import { Unit, type UnitInput, type UnitOutputs, type UnitState } from "./unit.ts";

/** The differences of a unit along each of its inputs. */
type Differences = Readonly<Partial<Record<UnitInput, UnitOutputs>>>;

/** What the promise of a sequence measures an error by. */
export interface UnitSizes {
  /** |each of the differences|, as it is counted. */
  readonly along: Differences;
  /** m = |f c_{t-1}| + |i u| */
  readonly m: Ball;
  /** How far outside the domain of the promise the gates are: the largest n²·S_g/2⁵², or 1, which is inside. */
  readonly excess: Ball;
  /** max(1, |c_{t-1}|): what a tiny derivative of f can be multiplied with. */
  readonly growth: Ball;
}

export interface UnitReference {
  readonly state: UnitState;
  readonly along: Differences;
  readonly sizes: () => UnitSizes;
}

/** What a row of weights is multiplied with, exactly: as whole numbers, which is faster, where they do not lie too far apart. */
interface Factors {
  readonly whole: WholeNumbers | null;
  readonly balls: readonly Ball[];
}

interface Inputs {
  readonly x_t: Factors;
  readonly h_prev: Factors;
}

export class StepReference {
  readonly cell: Cell;
  readonly units: readonly UnitReference[];

  /** @param cell of one step, without x */
  constructor(cell: Cell) {
    this.cell = cell;
    const inputs = inputsOf(cell);
    this.units = Array.from({ length: cell.hiddenSize }, (_, r) => unitReference(cell, inputs, r));
  }
}

/** Unit r of a cell of one step. */
export function unitAt(cell: Cell, r: number, inputs = inputsOf(cell)): Unit {
  return new Unit(stateAt(cell, r, inputs));
}

/** Where unit r of a cell of one step stands. */
function stateAt(cell: Cell, r: number, inputs: Inputs): UnitState {
  const z: Partial<Record<Gate, Ball>> = {};
  for (const g of GATES) if (cell.gates[g]) z[g] = preactivation(cell.gates[g], inputs, r);
  return { z, c_prev: exact(cell.state.c_prev?.[r] ?? 0) };
}

function inputsOf({ state }: Cell): Inputs {
  return { x_t: factorsOf(state.x_t), h_prev: factorsOf(state.h_prev) };
}

function unitReference(cell: Cell, inputs: Inputs, r: number): UnitReference {
  const state = stateAt(cell, r, inputs);
  const unit = new Unit(state);
  const moving = [...GATES.filter((g) => cell.gates[g] !== undefined), "c_prev" as const];
  const along: Differences = Object.fromEntries(moving.map((input) => [input, unit.difference(input)]));
  return { state, along, sizes: once(() => unitSizes(cell, r, unit, along)) };
}

function unitSizes(cell: Cell, r: number, unit: Unit, along: Differences): UnitSizes {
  let excess = ONE;
  let blur = ZERO;
  for (const g of GATES) {
    const weights = cell.gates[g];
    if (weights === undefined) continue;
    const terms = termsOf(weights, cell.state, r);
    const size = terms.reduce((total, [a, b]) => sum(total, upperBound(product(exact(a), exact(b)))), ZERO);
    const count = terms.length - BIASES;
    const share = product(exact(count ** 2 * 2 ** -52), size);
    excess = largest(excess, share);
    if (g === "u") blur = smallest(ONE, share);
  }
  const c_prev = upperBound(exact(cell.state.c_prev?.[r] ?? 0));
  const { f = ZERO, i = ZERO, u = ZERO } = unit.values();
  // what cancels in z_u is no digit of u
  const sizeOfU = largest(upperBound(u), blur);
  const m = sum(product(f, c_prev), product(i, sizeOfU));
  const counted = Object.keys(along).map((input) => [input, sizesOf(input as UnitInput, along, m, sizeOfU)]);
  return { along: Object.fromEntries(counted), m, excess, growth: largest(ONE, c_prev) };
}

/** |∂of/∂input| of a unit as the promise counts it: tanh(c_t) as min(1, m), u as far as it is resolved. */
function sizesOf(input: UnitInput, along: Differences, m: Ball, sizeOfU: Ball): UnitOutputs {
  const { o = ZERO, i = ZERO } = along[input] ?? {};
  const size = (of: string, difference: Ball): Ball => {
    if (of === "h_t" && input === "o") return product(upperBound(o), smallest(ONE, m));
    const response = upperBound(difference);
    const f = along.c_prev?.c_t;
    const byMemory = along.c_prev?.[of as Output];
    if (input !== "i" || of === "i" || f === undefined || byMemory === undefined) return response;
    // c_{t-1} goes the same way from c_t on: what it meets there, u meets too
    const onwards = quotient(upperBound(byMemory), upperBound(f));
    return largest(response, product(upperBound(i), sizeOfU, onwards));
  };
  return Object.fromEntries(Object.entries(along[input] ?? {}).map(([of, difference]) => [of, size(of, difference)]));
}

/** z_g[r] exactly */
function preactivation({ W, U, b, bRest }: GateWeights, { x_t, h_prev }: Inputs, r: number): Ball {
  const summands = [exact(b?.[r] ?? 0), exact(bRest?.[r] ?? 0), rowTimes(U, r, h_prev)];
  if (W) summands.push(rowTimes(W, r, x_t));
  return summands.reduce((z, summand) => add(z, summand, EXACT));
}

function rowTimes(matrix: Matrix, r: number, { whole, balls }: Factors): Ball {
  const row = whole && wholeNumbers(rowOf(matrix, r));
  return row ? wholeDot(row, whole) : dot(matrix.data, r * matrix.cols, 1, balls, bits);
}

function factorsOf(vector: Float64Array | null): Factors {
  const doubles = vector ?? new Float64Array();
  return { whole: wholeNumbers(doubles), balls: Array.from(doubles, exact) };
}

const EXACT = Number.POSITIVE_INFINITY;

/** The factors of the products that z_g[r] is the sum of, with those of its biases first. */
function termsOf({ W, U, b, bRest }: GateWeights, state: State, r: number): (readonly [number, number])[] {
  const row = ({ cols, data }: Matrix, vector: Float64Array) =>
    Array.from(vector, (entry, k) => [data[r * cols + k], entry] as const);
  const inputs = W && state.x_t ? row(W, state.x_t) : [];
  const states = state.h_prev ? row(U, state.h_prev) : [];
  return [[b?.[r] ?? 0, 1], [bRest?.[r] ?? 0, 1], ...inputs, ...states];
}

const BIASES = 2;
