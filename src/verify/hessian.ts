/** The Hessian of L by the inputs of a step in high precision, from the second derivatives of its units. */
import { GATES } from "../lstm/names.ts";
import { upstreamAt } from "../lstm/upstream.ts";
import { type Ball, exact, product, sum } from "./arithmetic.ts";
import { add, isZero, multiply, ONE, upperBound, ZERO } from "./ball.ts";
import type { Direction } from "./direction.ts";
import { HessianEstimates } from "./hessian-estimates.ts";
import { boundOfSum, type Expected, expect, SMALLEST_DOUBLE } from "./promise.ts";
import type { StepReference } from "./step-reference.ts";
import { UNIT_INPUTS } from "./unit.ts";
import { type UnitHessian, unitHessian } from "./unit-hessian.ts";

export const INPUTS = ["h_prev", "c_prev", "x_t"] as const;
type Input = (typeof INPUTS)[number];

/** Bits of what is allowed, which is told from above. */
const FEW = 64;

/** Of our own Hessian, which is right or wrong by its equations and not entry by entry, so many products of high precision a matrix. */
const MOST_PRODUCTS = 2 ** 11;

/** 5 × 5 by rows, for each unit. */
type Allowed = readonly (readonly Ball[])[];

export class HessianReference {
  readonly #reference: StepReference;
  readonly #units: readonly UnitHessian[];
  /** What is allowed of the blocks in an entry of the Hessian. */
  readonly #allowed: Allowed;

  constructor(reference: StepReference) {
    const { upstream, hiddenSize } = reference.cell;
    const { dh_t, dc_t } = upstreamAt(upstream, 1, 1, hiddenSize);
    this.#reference = reference;
    this.#units = reference.units.map(({ state }, d) => unitHessian(state, dh_t[d], dc_t[d]));
    this.#allowed = this.#allowedInSums(1);
  }

  /** Beside a block's own bound, that of a plain sum of 16 products a unit and entry of what is multiplied. */
  #allowedInSums(length: number): Allowed {
    const summed = boundOfSum(GATES.length ** 2 * this.#units.length * length);
    return this.#units.map(({ allowed, sizes }) =>
      allowed.map((own, k) => upperBound(sum(own, product(summed, sizes[k])))),
    );
  }

  length(input: Input): number {
    const { hiddenSize, inputSize } = this.#reference.cell;
    return input === "x_t" ? (inputSize ?? 0) : hiddenSize;
  }

  /** ∂²L/∂h_{t-1}² */
  byState(): Ball[][] {
    const columns = Array.from({ length: this.length("h_prev") }, (_, k) => this.column("h_prev", k));
    return columns.map((_, row) => columns.map((entry) => entry("h_prev", row).value));
  }

  /** Rows and columns of a matrix that can be looked at in a moment. */
  get side(): number {
    return Math.ceil(Math.sqrt(MOST_PRODUCTS / (GATES.length * this.#units.length)));
  }

  /** An entry of the units' blocks, one below the other. */
  block(row: number, column: number): Expected {
    const [n, unit] = [UNIT_INPUTS.length, this.#units[Math.floor(row / UNIT_INPUTS.length)]];
    const at = (row % n) * n + column;
    return within(unit.values[at], unit.allowed[at]);
  }

  estimates(): HessianEstimates {
    const all = (part: "values" | "allowed") => this.#units.flatMap((unit) => unit[part]);
    return new HessianEstimates(this.#reference.cell, all("values"), all("allowed"), this.#allowed.flat());
  }

  /** Σ_d Σ_g M_g[row]·(Σ_k K_gk M_k[column]), with what is allowed for it. */
  column(wrt: Input, column: number): (of: Input, row: number) => Expected {
    return this.#through(this.#allowed, (d, k) => {
      const value = this.#move(d, k, wrt, column);
      return { value, size: upperBound(value) };
    });
  }

  /** The same with Σ_j M_k[j]·v[j] for M_k[column]. */
  along(v: Direction): (of: Input, row: number) => Expected {
    const length = INPUTS.reduce((total, input) => total + this.length(input), 0);
    const entries = INPUTS.flatMap((input) =>
      Array.from(v[input] ?? [], (entry, j) => ({ input, j, by: exact(entry) })),
    );
    const others = entries.filter(({ by }) => !isZero(by));
    return this.#through(this.#allowedInSums(length), (d, k) => {
      let [value, size] = [ZERO, ZERO];
      for (const { input, j, by } of others) {
        const term = product(this.#move(d, k, input, j), by);
        if (!isZero(term)) [value, size] = [sum(value, term), sum(size, upperBound(term))];
      }
      return { value, size };
    });
  }

  /** @param moves how z_g or c_{t-1} of a unit moves, and of which size what that is the sum of is */
  #through(
    bounds: Allowed,
    moves: (d: number, k: number) => { readonly value: Ball; readonly size: Ball },
  ): (of: Input, row: number) => Expected {
    const moved = this.#units.map(({ values }, d) => {
      const by = UNIT_INPUTS.map((_, k) => moves(d, k));
      const through = (entries: readonly Ball[], factors: readonly Ball[]) =>
        UNIT_INPUTS.map((_, r) => weighted(entries.slice(r * by.length, (r + 1) * by.length), factors));
      const value = through(values, by.map((move) => move.value)); // biome-ignore format: a line each
      return {
        value,
        allowed: through(
          bounds[d],
          by.map((move) => move.size),
        ),
      };
    });
    return (of, row) => {
      let [value, allowed] = [ZERO, ZERO];
      for (let d = 0; d < moved.length; d++) {
        for (let k = 0; k < UNIT_INPUTS.length; k++) {
          const by = this.#move(d, k, of, row);
          if (isZero(by)) continue;
          value = sum(value, product(moved[d].value[k], by));
          allowed = add(allowed, multiply(moved[d].allowed[k], upperBound(by), FEW), FEW);
        }
      }
      return within(value, allowed);
    };
  }

  /** How z_g or c_{t-1} of unit d moves with a component of an input. */
  #move(d: number, k: number, input: Input, component: number): Ball {
    const g = GATES[k];
    if (g === undefined) return input === "c_prev" && d === component ? ONE : ZERO;
    if (input === "c_prev") return ZERO;
    const matrix = this.#reference.cell.gates[g]?.[input === "h_prev" ? "U" : "W"];
    return exact(matrix?.data[d * matrix.cols + component] ?? 0);
  }
}

/** What is not zero may be off by its bound and, below the normal doubles, by the smallest of all. */
function within(value: Ball, allowed: Ball): Expected {
  return expect(value, isZero(allowed) ? ZERO : sum(upperBound(allowed), SMALLEST_DOUBLE));
}

function weighted(entries: readonly Ball[], by: readonly Ball[]): Ball {
  let total = ZERO;
  for (const [k, entry] of entries.entries()) if (!isZero(by[k])) total = sum(total, product(entry, by[k]));
  return total;
}
