/** The entries of a step's derivatives, from the differences of its units: estimated, and in high precision where that is asked for. */
import type { Cell } from "../lstm/cell.ts";
import { type Gate, OUTPUTS, type Output, type Parameter, partsOf, type Wrt } from "../lstm/names.ts";
import { bits, exact } from "./arithmetic.ts";
import { add, multiply, ZERO } from "./ball.ts";
import { Estimates } from "./estimate.ts";
import { type Expected, RoundedOnce } from "./promise.ts";
import type { StepReference, UnitReference } from "./step-reference.ts";
import { UNIT_INPUTS, type UnitInput } from "./unit.ts";

export class StepEntries {
  readonly #cell: Cell;
  readonly #units: readonly UnitReference[];
  /** The differences, unit by unit, along each of their inputs. */
  readonly #near: ReadonlyMap<Output, Estimates>;

  constructor({ cell, units }: StepReference) {
    this.#cell = cell;
    this.#units = units;
    this.#near = new Map(OUTPUTS.map((of) => [of, differencesOf(units, of)]));
  }

  /** ∂outputs/∂wrt[k]: the differences along each z_g, which move with wrt[k] by their weights, and along c_{t-1}. */
  byInput(wrt: Wrt, k: number): StepColumn {
    if (wrt !== "c_prev") return this.#along((g, r) => entryOf(this.#cell, wrt, g, r, k));
    return this.#along((input, r) => (input === "c_prev" && r === k ? 1 : 0));
  }

  /** The path T_g = ∂h_t/∂z_g · U_g, its column k. */
  term(gate: Gate, k: number): StepColumn {
    return this.#along((g, r) => (g === gate ? entryOf(this.#cell, "h_prev", g, r, k) : 0));
  }

  /** ∂outputs[r]/∂parameter[r][k]: unit r's difference along z_g, which moves with it by what it is multiplied with. */
  byParameter(parameter: Parameter, k: number): StepColumn {
    const [kind, gate] = partsOf(parameter);
    const { x_t, h_prev } = this.#cell.state;
    const by = kind === "b" ? 1 : ((kind === "W" ? x_t : h_prev)?.[k] ?? 0);
    return this.#along((g) => (g === gate ? by : 0));
  }

  /** @param by how far an input of unit r moves */
  #along(by: (input: UnitInput, r: number) => number): StepColumn {
    const moves = new Float64Array(UNIT_INPUTS.length * this.#units.length);
    for (let at = 0, r = 0; r < this.#units.length; r++) for (const input of UNIT_INPUTS) moves[at++] = by(input, r);
    return new StepColumn(this.#units, this.#near, moves);
  }
}

/** A column of the derivatives of all outputs. */
export class StepColumn {
  readonly #units: readonly UnitReference[];
  readonly #near: ReadonlyMap<Output, Estimates>;
  /** How far each input of each unit moves. */
  readonly #moves: Float64Array;

  constructor(units: readonly UnitReference[], near: ReadonlyMap<Output, Estimates>, moves: Float64Array) {
    this.#units = units;
    this.#near = near;
    this.#moves = moves;
  }

  estimates(of: Output): Estimates {
    const found = new Estimates(this.#units.length);
    const [near, n] = [this.#near.get(of)!, UNIT_INPUTS.length];
    for (let r = 0; r < found.length; r++) found.setDot(r, near, r * n, this.#moves, r * n, n);
    return found;
  }

  exactly(of: Output, r: number): Expected {
    const { along } = this.#units[r];
    let value = ZERO;
    for (const [k, input] of UNIT_INPUTS.entries()) {
      const [response, by] = [along[input]?.[of], this.#moves[r * UNIT_INPUTS.length + k]];
      if (response && by !== 0) value = add(value, multiply(response, exact(by), Number.POSITIVE_INFINITY), bits);
    }
    return new RoundedOnce(value);
  }
}

function differencesOf(units: readonly UnitReference[], of: Output): Estimates {
  const near = new Estimates(units.length * UNIT_INPUTS.length);
  for (const [r, { along }] of units.entries()) {
    for (const [k, input] of UNIT_INPUTS.entries()) near.set(r * UNIT_INPUTS.length + k, along[input]?.[of] ?? ZERO);
  }
  return near;
}

/** How z_g of unit r moves with a component of h_{t-1} or x_t; c_{t-1} does not. */
function entryOf({ gates }: Cell, wrt: "h_prev" | "x_t", input: UnitInput, r: number, k: number): number {
  if (input === "c_prev") return 0;
  const matrix = wrt === "h_prev" ? gates[input]?.U : gates[input]?.W;
  return matrix?.data[r * matrix.cols + k] ?? 0;
}
