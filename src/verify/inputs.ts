/** ∂s_T/∂x_t = S_T ⋯ S_{t+1} ∂s_t/∂x_t, the steps' Jacobians taken as exact, from the last step to the first. */
import type { Matrix } from "../linalg/matrix.ts";
import { type ScaledMatrix, wideOf } from "../linalg/scaled-matrix.ts";
import { toWide, type WideMatrix } from "../linalg/wide-matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { INPUT_DERIVATIVES } from "../lstm/derivatives.ts";
import type { StateProduct } from "../lstm/state-product.ts";
import type { StepJacobian } from "../lstm/step-jacobian.ts";
import { type Ball, exact, product, sum } from "./arithmetic.ts";
import { isZero, magnitude, timesPowerOfTwo, ZERO } from "./ball.ts";
import { type CheckOptions, sampled, type Verdicts } from "./claims.ts";
import { boundOfProduct, type Expected, expect, isNormal, SMALLEST_DOUBLE } from "./promise.ts";
import { type WideStep, wideStep } from "./wide-product.ts";

/** A row of the product so far, and of the same product of absolute values. */
interface Row {
  readonly value: readonly Ball[];
  readonly size: readonly Ball[];
}

export class InputReference {
  readonly #hiddenSize: number;
  /** Those rows of S_T ⋯ S_{t+1} that are looked at; null for the identity. */
  #rows: ReadonlyMap<number, Row> | null = null;
  readonly #looked: readonly number[];
  #steps = 1;

  /** @param looked the rows of ∂s_T/∂x_t that are wanted, from 0 to 2H − 1 */
  constructor(hiddenSize: number, looked: readonly number[]) {
    this.#hiddenSize = hiddenSize;
    this.#looked = looked;
  }

  /**
   * Column k of ∂s_T/∂x_t in units of 2^exponent2, its rows by number. A product in doubles is off by (T − t)(2H + 2)ε of that of the
   * absolute values.
   * @param own ∂s_t/∂x_t, of a last step as it is printed
   */
  column(own: StateProduct, k: number, exponent2: number): Map<number, Expected> {
    const entries = columnOf(this.#rows === null && own.printed ? toWide(own.printed) : wideOf(own), k);
    const bound = boundOfProduct(this.#steps, this.#hiddenSize);
    return new Map(
      this.#looked.map((r) => {
        const row = this.#rows?.get(r);
        const [value, size] = row
          ? [dot(row.value, entries), dot(row.size, entries.map(magnitude))]
          : [entries[r], magnitude(entries[r])];
        const scaled = timesPowerOfTwo(value, -exponent2);
        const promised = product(bound, timesPowerOfTwo(size, -exponent2));
        const isWhole = this.#rows === null || isNormal(scaled) || isZero(size);
        return [r, expect(scaled, isWhole ? promised : sum(promised, SMALLEST_DOUBLE))];
      }),
    );
  }

  /** Goes back through a step. */
  back(step: StepJacobian): void {
    const factors = wideStep(step);
    const size = 2 * this.#hiddenSize;
    this.#rows = new Map(
      this.#looked.map((r) => {
        const row = this.#rows?.get(r) ?? unitRow(size, r);
        return [r, { value: timesStep(row.value, factors, false), size: timesStep(row.size, factors, true) }];
      }),
    );
    this.#steps += 1;
  }
}

function unitRow(size: number, r: number): Row {
  const value = Array.from({ length: size }, (_, k) => (k === r ? exact(1) : ZERO));
  return { value, size: value };
}

/** row · S, or of absolute values |S| */
function timesStep(row: readonly Ball[], step: WideStep, ofSizes: boolean): Ball[] {
  const result: Ball[] = row.map(() => ZERO);
  for (const [r, factors] of step.entries()) {
    const left = row[r];
    if (isZero(left)) continue;
    for (const { m, e, row: column } of factors) {
      const entry = { m: ofSizes && m < 0n ? -m : m, e, r: 0n };
      result[column] = sum(result[column], product(left, entry));
    }
  }
  return result;
}

function dot(row: readonly Ball[], column: readonly Ball[]): Ball {
  return row.reduce((total, entry, k) => (isZero(column[k]) ? total : sum(total, product(entry, column[k]))), ZERO);
}

function columnOf({ rows, cols, significand, exponent }: WideMatrix, k: number): Ball[] {
  return Array.from({ length: rows }, (_, r) => {
    const at = r * cols + k;
    return significand[at] === 0 ? ZERO : timesPowerOfTwo(exact(significand[at]), exponent[at]);
  });
}

/** The rows of h or of c, as a matrix of their own. */
export function halfOfRows({ rows, cols, data }: Matrix, part: 0 | 1): Matrix {
  const half = (rows / 2) * cols;
  return { rows: rows / 2, cols, data: data.subarray(part * half, (part + 1) * half) };
}

export const INPUT_PATHS = INPUT_DERIVATIVES.map(({ path }) => path);

/** By the input of a step: of that step, and of the last one times a power of two; null where that is not judged. */
export interface InputClaim {
  readonly own: StateProduct;
  readonly toEnd: ScaledMatrix | null;
}

/** A task a step: ∂(h_T, c_T)/∂x_t, from the last one back. */
export function inputTasks(
  { steps, inputs }: { readonly steps: readonly StepJacobian[]; readonly inputs: readonly InputClaim[] },
  { hiddenSize, inputSize }: Cell,
  { columns }: CheckOptions,
  verdicts: Verdicts,
): (() => void)[] {
  const units = sampled(hiddenSize, columns);
  const reference = new InputReference(hiddenSize, [...units, ...units.map((row) => hiddenSize + row)]);
  return inputs.toReversed().map(({ own, toEnd }, k) => () => {
    const t = inputs.length - k;
    if (toEnd !== null) judge(t, own, toEnd);
    if (t > 1) reference.back(steps[t - 1]);
  });

  function judge(t: number, own: StateProduct, toEnd: ScaledMatrix): void {
    for (const column of sampled(inputSize ?? 0, columns)) {
      const entries = reference.column(own, column, toEnd.exponent);
      for (const [part, path] of INPUT_PATHS.entries()) {
        const claim = halfOfRows(toEnd.scaled, part as 0 | 1);
        for (const row of units) verdicts.add(path, claim, { t, row, column }, entries.get(part * hiddenSize + row)!);
      }
    }
  }
}
