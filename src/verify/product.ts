/** The product of a sequence's step Jacobians, taken as exact, column by column. */
import { affine } from "../linalg/affine.ts";
import { maxNorm } from "../linalg/norm.ts";
import { fromDoubles, partsOf, plus, type RealVector, times as timesVector } from "../linalg/real-vector.ts";
import { exponentOf, scaleByPowerOfTwo } from "../linalg/scale.ts";
import type { BlockRow, StateJacobian } from "../lstm/state-jacobian.ts";
import type { StepJacobian } from "../lstm/step-jacobian.ts";
import { exact, product, sum } from "./arithmetic.ts";
import { ONE, timesPowerOfTwo } from "./ball.ts";
import { type CheckOptions, type Claims, sampled, type Verdicts } from "./claims.ts";
import { boundOfProduct, type Expected, expect, isNormal, SMALLEST_DOUBLE } from "./promise.ts";
import { type ProductEntry, type WideStep, wideProductColumn, wideStep } from "./wide-product.ts";

/** A vector as unevaluated sums hi + lo, about 106 bits. */
interface PairVector {
  readonly hi: Float64Array;
  readonly lo: Float64Array;
}

/** A vector over the state, times 2^exponent; `size` is the same product of absolute values. */
interface StateColumn {
  readonly h: PairVector;
  readonly c: PairVector;
  readonly sizeH: Float64Array;
  readonly sizeC: Float64Array;
  readonly exponent: number;
}

/** Where the largest entry of a column is held: products with a step's entries fit above, small entries below. */
const TOP = 500;
/** Products from here to 2^1000 have all digits of a pair, the error terms of its low parts too. */
const [LOWEST, HIGHEST] = [-900, 1000];
/** The error of the reference as a share of the bound: per step (2H + 2)2^−95 of an entry's size, pairs being the coarser. */
const ROUNDED = timesPowerOfTwo(ONE, -42);

/**
 * ∂s_T/∂s_0 = S_T ⋯ S_1 with s = (h, c), in units of 2^exponent2. In pairs of doubles, about 106 bits, as long as every
 * product of a column keeps them; where entries lie too far apart for that, without a limit to the exponents.
 */
export class ProductReference {
  readonly #steps: readonly StepJacobian[];
  readonly #hiddenSize: number;
  readonly #exponent2: number;
  /** null where doubles do not hold a step */
  readonly #ranges: readonly (Range | null)[];
  #wide: readonly WideStep[] | null = null;

  constructor(steps: readonly StepJacobian[], hiddenSize: number, exponent2: number) {
    // of a single step its doubles are promised, what underflowed in them included
    this.#steps = steps.length === 1 ? steps.map(asPrinted) : steps;
    this.#hiddenSize = hiddenSize;
    this.#exponent2 = exponent2;
    this.#ranges = this.#steps.map(({ doubles, wide }) => (wide === null ? rangeOfStep(doubles) : null));
  }

  /** Column k [2H]. A product in doubles is off by at most (T − 1)(2H + 2)ε|S_T|⋯|S_1|, which is what is allowed. */
  column(k: number): Expected[] {
    const bound = product(boundOfProduct(this.#steps.length, this.#hiddenSize), sum(ONE, ROUNDED));
    return this.#entries(k).map(({ value, size }) => {
      const scaled = timesPowerOfTwo(value, -this.#exponent2);
      const promised = product(bound, timesPowerOfTwo(size, -this.#exponent2));
      // rounded to a multiple of the smallest double, the second time after the product itself was
      return expect(scaled, isNormal(scaled) || size.m === 0n ? promised : sum(promised, SMALLEST_DOUBLE));
    });
  }

  #entries(k: number): ProductEntry[] {
    const narrow = this.#narrowColumn(k);
    if (narrow !== null) return narrow;
    this.#wide ??= this.#steps.map(wideStep);
    return wideProductColumn(this.#wide, k);
  }

  /** null where a product may lose digits */
  #narrowColumn(k: number): ProductEntry[] | null {
    let column = unitColumn(this.#hiddenSize, k);
    for (const [index, { doubles }] of this.#steps.entries()) {
      const factors = this.#ranges[index];
      if (factors === null || doubles === null) return null;
      const entries = rangeOf([column.sizeH, column.sizeC]);
      if (factors.smallest + entries.smallest < LOWEST || factors.largest + entries.largest > HIGHEST) return null;
      column = rescaled(times(doubles, column), TOP);
    }
    const { exponent } = column;
    const entriesOf = ({ hi, lo }: PairVector, size: Float64Array) =>
      Array.from(size, (entry, r) => ({
        value: timesPowerOfTwo(sum(exact(hi[r]), exact(lo[r])), exponent),
        size: timesPowerOfTwo(exact(entry), exponent),
      }));
    return [...entriesOf(column.h, column.sizeH), ...entriesOf(column.c, column.sizeC)];
  }
}

/** A task a column of ∂s_T/∂s_0. */
export function productTasks(
  steps: readonly StepJacobian[],
  hiddenSize: number,
  claims: Claims,
  exponent2: number,
  { columns }: CheckOptions,
  verdicts: Verdicts,
): (() => void)[] {
  const n = hiddenSize;
  const reference = new ProductReference(steps, n, exponent2);
  return (["h_0", "c_0"] as const).flatMap((wrt, half) => {
    const claimed = (["h_T", "c_T"] as const).map((of) => claims.get(`jacobian.${of}.${wrt}`));
    if (claimed.every((claim) => claim === undefined)) return [];
    return sampled(n, columns).map((column) => () => {
      const entries = reference.column(half * n + column);
      claimed.forEach((claim, part) => {
        const path = `jacobian.${part === 0 ? "h_T" : "c_T"}.${wrt}`;
        for (let row = 0; claim && row < n; row++) verdicts.add(path, claim, { row, column }, entries[part * n + row]);
      });
    });
  });
}

function asPrinted(step: StepJacobian): StepJacobian {
  return step.doubles ? { doubles: step.doubles, wide: null } : step;
}

/** The exponents of the largest and of the smallest entry that is not zero. */
interface Range {
  readonly largest: number;
  readonly smallest: number;
}

function rangeOfStep({ h_t, c_t }: StateJacobian): Range {
  return rangeOf([h_t.h_prev.data, h_t.c_prev, c_t.h_prev.data, c_t.c_prev]);
}

function rangeOf(vectors: readonly Float64Array[]): Range {
  let [largest, smallest] = [0, Number.POSITIVE_INFINITY];
  for (const vector of vectors) {
    for (const entry of vector) {
      const size = Math.abs(entry);
      if (size > largest) largest = size;
      if (size > 0 && size < smallest) smallest = size;
    }
  }
  return largest === 0 ? { largest: 0, smallest: 0 } : { largest: exponentOf(largest), smallest: exponentOf(smallest) };
}

function unitColumn(n: number, k: number): StateColumn {
  const zeros = () => ({ hi: new Float64Array(n), lo: new Float64Array(n) });
  const [h, c] = [zeros(), zeros()];
  (k < n ? h : c).hi[k % n] = 1;
  return { h, c, sizeH: h.hi.slice(), sizeC: c.hi.slice(), exponent: 0 };
}

function times({ h_t, c_t }: StateJacobian, { h, c, sizeH, sizeC, exponent }: StateColumn): StateColumn {
  const product = ({ h_prev, c_prev }: BlockRow): PairVector => {
    const products = [h.hi, h.lo].map((vector) => ({ matrix: h_prev, vector }));
    const sum = affine(h_prev.rows, products);
    const memory = plus(fromDoubles(c.hi), fromDoubles(c.lo));
    return toPairs(plus(sum, timesVector(fromDoubles(c_prev), memory)));
  };
  const size = ({ h_prev, c_prev }: BlockRow) =>
    c_prev.map((factor, r) => {
      let sum = Math.abs(factor) * sizeC[r];
      for (let k = 0; k < sizeH.length; k++) sum += Math.abs(h_prev.data[r * h_prev.cols + k]) * sizeH[k];
      return sum;
    });
  return { h: product(h_t), c: product(c_t), sizeH: size(h_t), sizeC: size(c_t), exponent };
}

function toPairs(vector: RealVector): PairVector {
  const parts = Array.from({ length: vector.length }, (_, k) => partsOf(vector, k));
  return { hi: Float64Array.from(parts, ([hi]) => hi), lo: Float64Array.from(parts, ([, lo]) => lo) };
}

/** The same with its largest size near 2^top, so that a thousand steps neither over- nor underflow. */
function rescaled({ h, c, sizeH, sizeC, exponent }: StateColumn, top: number): StateColumn {
  const largest = Math.max(maxNorm(sizeH), maxNorm(sizeC));
  if (largest === 0) return { h, c, sizeH, sizeC, exponent };
  const away = exponentOf(largest) - top;
  const scaled = (v: Float64Array) => v.map((entry) => scaleByPowerOfTwo(entry, -away));
  const scaledPairs = ({ hi, lo }: PairVector) => ({ hi: scaled(hi), lo: scaled(lo) });
  return {
    h: scaledPairs(h),
    c: scaledPairs(c),
    sizeH: scaled(sizeH),
    sizeC: scaled(sizeC),
    exponent: exponent + away,
  };
}
