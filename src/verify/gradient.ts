/** The gradients of L by weights, inputs and states, judged from the steps' adjoints. */
import type { Cell } from "../lstm/cell.ts";
import { GATES } from "../lstm/names.ts";
import { xRow } from "../lstm/unroll.ts";
import { upstreamAt } from "../lstm/upstream.ts";
import { Adjoint, addContribution, type Bounded, expected, type StepAdjoint, sumOverUnits, zero } from "./adjoint.ts";
import { exact, product } from "./arithmetic.ts";
import { type Claims, everyRow, sampled, type Verdicts } from "./claims.ts";
import { Estimates } from "./estimate.ts";
import { type Expected, RoundedOnce } from "./promise.ts";
import type { StepReference } from "./step-reference.ts";

/** The gradient of one weight matrix or bias, at the columns that are looked at. */
interface WeightSum {
  readonly columns: readonly number[];
  /** [H × columns] */
  readonly entries: readonly (readonly Bounded[])[];
}

/** Goes back through the steps, from the last to the first, and judges what they add up to. */
export class GradientCheck {
  readonly #cell: Cell;
  readonly #steps: number;
  readonly #claims: Claims;
  readonly #columns: number | null;
  readonly #verdicts: Verdicts;
  readonly #adjoint: Adjoint;
  readonly #units: readonly number[];
  readonly #sums = new Map<string, WeightSum>();

  /** @param cell the whole cell, with x if it is a sequence */
  constructor(cell: Cell, steps: number, claims: Claims, columns: number | null, verdicts: Verdicts) {
    this.#cell = cell;
    this.#steps = steps;
    this.#claims = claims;
    this.#columns = columns;
    this.#verdicts = verdicts;
    this.#units = everyRow(cell.hiddenSize);
    this.#adjoint = new Adjoint(cell.hiddenSize, cell.x === null);
  }

  /** Goes back through step t. */
  back(t: number, reference: StepReference): void {
    const { dh_t, dc_t } = upstreamAt(this.#cell.upstream, t, this.#steps, this.#cell.hiddenSize);
    this.#adjoint.addUpstream(dh_t, dc_t);
    this.#judgeStep(t, "dh_t", this.#adjoint.state.h);
    const { dz } = this.#adjoint.step(reference);
    for (const g of GATES) this.#judgeStep(t, `dz_${g}`, dz[g].map(expected));
    const { x_t, h_prev } = reference.cell.state;
    for (const g of GATES) {
      if (x_t) this.#add(`gradient.W_${g}`, dz[g], x_t);
      this.#add(`gradient.U_${g}`, dz[g], h_prev ?? new Float64Array(dh_t.length));
      this.#add(`gradient.b_${g}`, dz[g], Float64Array.of(1));
    }
    if (this.#cell.x === null) {
      const near = estimatesOf(GATES.flatMap((g) => dz[g]));
      this.#judgeVector("gradient.x_t", "W", reference.cell, dz, near);
      this.#judgeVector("gradient.h_prev", "U", reference.cell, dz, near);
    } else this.#judgeInput(t, reference, dz);
  }

  /** Judges the gradients of weights, biases and the first state, once all steps are gone through. */
  finish(): void {
    const { h, c } = this.#adjoint.state;
    this.#judgeState("gradient.c_prev", c);
    if (this.#cell.x !== null) this.#judgeState("gradient.h_prev", h);
    for (const [path, { columns, entries }] of this.#sums) {
      for (const [r, row] of entries.entries()) {
        for (const [j, sum] of row.entries()) this.#judgeWeight(path, r, columns[j], expected(sum));
      }
    }
  }

  /** dz·inputᵀ of one step more; of the only step it is judged at once. */
  #add(path: string, dz: readonly Bounded[], input: Float64Array): void {
    const claim = this.#claims.get(path);
    if (claim === undefined) return;
    const columns = sampled(input.length, this.#columns);
    if (this.#cell.x === null) {
      const near = estimatesOf(dz);
      for (const k of columns) {
        const column = claim instanceof Float64Array ? null : k;
        this.#verdicts.addEstimated(path, claim, { rows: this.#units, column }, near.times(input[k]), ({ row }) => {
          return new RoundedOnce(product(dz[row].value, exact(input[k])));
        });
      }
      return;
    }
    const sum = this.#sums.get(path) ?? { columns, entries: dz.map(() => columns.map(() => zero(false))) };
    this.#sums.set(path, sum);
    for (const [r, entry] of dz.entries()) {
      for (const [j, k] of columns.entries()) addContribution(sum.entries[r][j], entry, input[k], this.#steps);
    }
  }

  #judgeWeight(path: string, row: number, k: number, entry: Expected): void {
    const claim = this.#claims.get(path)!;
    this.#verdicts.add(path, claim, { row, column: claim instanceof Float64Array ? null : k }, entry);
  }

  /** An intermediate gradient of step t of a sequence [H]. */
  #judgeStep(t: number, key: string, entries: readonly Expected[]): void {
    const path = `steps.${key}`;
    const claim = this.#claims.get(path);
    if (claim === undefined) return;
    const step = this.#cell.x === null ? {} : { t };
    for (const [row, entry] of entries.entries())
      this.#verdicts.add(path, claim, { ...step, row, column: null }, entry);
  }

  #judgeState(path: string, entries: readonly Expected[]): void {
    const claim = this.#claims.get(path);
    if (claim === undefined) return;
    for (const [row, entry] of entries.entries()) this.#verdicts.add(path, claim, { row, column: null }, entry);
  }

  /** The row of x of step t. */
  #judgeInput(t: number, { cell }: StepReference, dz: StepAdjoint["dz"]): void {
    const claim = this.#claims.get("gradient.x");
    if (claim === undefined) return;
    for (const column of sampled(this.#cell.inputSize ?? 0, this.#columns)) {
      const sum = sumOverUnits(dz, cell.gates, "W", column, false);
      this.#verdicts.add("gradient.x", claim, { row: xRow(this.#cell, t), column }, expected(sum));
    }
  }

  /** x_t or h_{t-1} of the only step: Σ_g W_gᵀ dz_g or Σ_g U_gᵀ dz_g. */
  #judgeVector(path: string, letter: "W" | "U", { gates }: Cell, dz: StepAdjoint["dz"], near: Estimates): void {
    const claim = this.#claims.get(path);
    if (claim === undefined) return;
    const rows = letter === "W" ? sampled(this.#cell.inputSize ?? 0, this.#columns) : this.#units;
    const found = new Estimates(rows.length);
    for (const [at, k] of rows.entries()) {
      const column = Float64Array.from(
        GATES.flatMap((g) => {
          const matrix = gates[g]?.[letter];
          return this.#units.map((r) => matrix?.data[r * matrix.cols + k] ?? 0);
        }),
      );
      found.setDot(at, near, 0, column, 0, column.length);
    }
    this.#verdicts.addEstimated(path, claim, { rows, column: null }, found, ({ row }) =>
      expected(sumOverUnits(dz, gates, letter, row, true)),
    );
  }
}

function estimatesOf(entries: readonly Bounded[]): Estimates {
  const near = new Estimates(entries.length);
  for (const [k, { value }] of entries.entries()) near.set(k, value);
  return near;
}
