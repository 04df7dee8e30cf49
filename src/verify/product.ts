/** The product of a sequence's step Jacobians, taken as exact, column by column in about 106 bits. */
import { affine } from "../linalg/affine.ts";
import { maxNorm } from "../linalg/norm.ts";
import { addPairs, multiplyPairs, type PairVector, pairAt } from "../linalg/pair.ts";
import { exponentOf, scaleByPowerOfTwo } from "../linalg/scale.ts";
import type { BlockRow, StateJacobian } from "../lstm/state-jacobian.ts";
import { arithmetic, exact, toDouble } from "./arithmetic.ts";
import { boundOfProduct, SMALLEST_NORMAL } from "./promise.ts";
import type { Expected } from "./step-reference.ts";
import { wideProductColumn } from "./wide-product.ts";

/** A vector over the state, times 2^exponent; `size` is the same product of absolute values. */
interface StateColumn {
  readonly h: PairVector;
  readonly c: PairVector;
  readonly sizeH: Float64Array;
  readonly sizeC: Float64Array;
  readonly exponent: number;
}

const P = arithmetic(60);

/** High up, so that entries 2^−1500 as large as the largest are kept, and yet products with a step's entries fit above. */
const TOP = 500;

/** Entries of a step up to 2^300 leave room for their products; where there are larger ones, no one scale fits all. */
const ROOM = 300;

/**
 * Column k of ∂s_T/∂s_0 = S_T ⋯ S_1 with s = (h, c), in units of 2^exponent2.
 * A product in doubles is off by at most (T − 1)(2H + 2)ε|S_T|⋯|S_1|, which is what is allowed.
 */
export function productColumn(steps: readonly StateJacobian[], k: number, exponent2: number): Expected[] {
  const n = steps[0].h_t.c_prev.length;
  if (steps.some((step) => exponentOfStep(step) > ROOM)) return wideProductColumn(steps, k, exponent2);
  let column = unitColumn(n, k);
  for (const step of steps) column = times(step, rescaled(column, TOP));
  column = rescaled(column, TOP);
  const bound = boundOfProduct(steps.length, n);
  const scale = P.pow(2, column.exponent - exponent2);
  // what lies that far below the largest entry is lost, here as there
  const underflow = P.mul(exact(SMALLEST_NORMAL), P.max(1, scale));
  const entry =
    ({ hi, lo }: PairVector, size: Float64Array) =>
    (r: number) => ({
      value: P.mul(P.add(exact(hi[r]), exact(lo[r])), scale),
      allowed: size[r] === 0 ? 0 : toDouble(P.mul(exact(bound * size[r]), scale).plus(underflow)),
    });
  const rows = [...Array(n).keys()];
  return [...rows.map(entry(column.h, column.sizeH)), ...rows.map(entry(column.c, column.sizeC))];
}

function unitColumn(n: number, k: number): StateColumn {
  const zeros = () => ({ hi: new Float64Array(n), lo: new Float64Array(n) });
  const [h, c] = [zeros(), zeros()];
  (k < n ? h : c).hi[k % n] = 1;
  return { h, c, sizeH: h.hi.slice(), sizeC: c.hi.slice(), exponent: 0 };
}

function times({ h_t, c_t }: StateJacobian, { h, c, sizeH, sizeC, exponent }: StateColumn): StateColumn {
  const product = ({ h_prev, c_prev }: BlockRow): PairVector => {
    const sum = affine(
      h_prev.rows,
      [h.hi, h.lo].map((vector) => ({ matrix: h_prev, vector })),
      null,
    );
    c_prev.forEach((factor, r) => {
      const { hi, lo } = addPairs(pairAt(sum, r), multiplyPairs({ hi: factor, lo: 0 }, pairAt(c, r)));
      sum.hi[r] = hi;
      sum.lo[r] = lo;
    });
    return sum;
  };
  const size = ({ h_prev, c_prev }: BlockRow) =>
    c_prev.map((factor, r) => {
      let sum = Math.abs(factor) * sizeC[r];
      for (let k = 0; k < sizeH.length; k++) sum += Math.abs(h_prev.data[r * h_prev.cols + k]) * sizeH[k];
      return sum;
    });
  return { h: product(h_t), c: product(c_t), sizeH: size(h_t), sizeC: size(c_t), exponent };
}

/** The exponent of a step's largest entry. */
function exponentOfStep({ h_t, c_t }: StateJacobian): number {
  return exponentOf(Math.max(...[h_t.h_prev.data, h_t.c_prev, c_t.h_prev.data, c_t.c_prev].map(maxNorm)));
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
