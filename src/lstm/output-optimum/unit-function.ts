/**
 * One unit of c_t or of h_t as a function of its pre-activations, with its derivatives, over a box of them:
 *
 *     c(z) = σ(z_f)·c_prev + σ(z_i)·tanh(z_u)          h(z) = σ(z_o)·tanh(c(z))
 *
 * Each of f, i, u and o stands once in it, so that its range over a box is what interval arithmetic makes of it.
 */
import {
  type ActivationRange,
  sigmoidRange,
  sigmoidValues,
  tanhRange,
  tanhValues,
} from "../../linalg/activation-range.ts";
import {
  type Interval,
  intervalMultiple,
  intervalProduct,
  intervalScaled,
  intervalSum,
  largestSize,
  ZERO_INTERVAL,
} from "../../linalg/interval.ts";

/** The order of the pre-activations; c_t has the first three. */
export const ORDER = ["f", "i", "u", "o"] as const;

/**
 * What makes the function of one unit: c_{t-1} of it, and whether it is h_t. Squares of what is tiny would underflow, so there are
 * two powers of two, 1 where nothing is. With c_prev and z_u given as s times what they are and S(x) = s·tanh(x/s) for tanh,
 * c and h come out as s times what they are; and the value with its derivatives is multiplied by the magnification.
 */
export interface UnitFunction {
  readonly c_prev: number;
  readonly hasOutputGate: boolean;
  readonly stretch: number;
  readonly magnification: number;
}

/** The range of the value over a box [3 or 4]. */
export function valueRange(of: UnitFunction, z: readonly Interval[]): Interval {
  const { c_prev, hasOutputGate, stretch, magnification } = of;
  const c = cellState(c_prev, sigmoidValues(z[0]), sigmoidValues(z[1]), tanhValues(z[2], stretch));
  const value = hasOutputGate ? intervalProduct(sigmoidValues(z[3]), tanhValues(c, stretch)) : c;
  return intervalScaled(value, magnification);
}

/** |f c_prev| + |i u| for c_t, o·min(1, that) for h_t, at its largest over a box: what gaps are measured by. */
export function scaleAt(of: UnitFunction, z: readonly Interval[]): number {
  const { c_prev, hasOutputGate, stretch, magnification } = of;
  const size = (a: Interval) => largestSize(a);
  const candidate = size(tanhValues(z[2], stretch));
  const cell = size(sigmoidValues(z[0])) * Math.abs(c_prev) + size(sigmoidValues(z[1])) * candidate;
  return magnification * (hasOutputGate ? size(sigmoidValues(z[3])) * Math.min(stretch, cell) : cell);
}

/** The ranges of the first derivatives by z [m] over a box. */
export function gradientRanges(of: UnitFunction, z: readonly Interval[]): Interval[] {
  const { c_prev, hasOutputGate, stretch, magnification } = of;
  const [f, i, u] = [sigmoidRange(z[0]), sigmoidRange(z[1]), tanhRange(z[2], stretch)];
  const ofCell = cellGradient(c_prev, f, i, u);
  const c = () => cellState(c_prev, f.value, i.value, u.value);
  const gradient = hasOutputGate ? hiddenGradient(ofCell, tanhRange(c(), stretch), sigmoidRange(z[3])) : ofCell;
  return gradient.map((slope) => intervalScaled(slope, magnification));
}

/** First and second derivatives by z: gradient [m], hessian [m][m]. */
export interface DerivativeRanges {
  readonly gradient: readonly Interval[];
  readonly hessian: readonly (readonly Interval[])[];
}

/** The ranges of the derivatives over a box. */
export function derivativeRanges(of: UnitFunction, z: readonly Interval[]): DerivativeRanges {
  const { c_prev, hasOutputGate, stretch, magnification } = of;
  const [f, i, u] = [sigmoidRange(z[0]), sigmoidRange(z[1]), tanhRange(z[2], stretch)];
  const ofCell = cellDerivatives(c_prev, f, i, u);
  const T = () => tanhRange(cellState(c_prev, f.value, i.value, u.value), stretch);
  const found = hasOutputGate ? hiddenDerivatives(ofCell, T(), sigmoidRange(z[3])) : ofCell;
  if (magnification === 1) return found;
  return {
    gradient: found.gradient.map((slope) => intervalScaled(slope, magnification)),
    hessian: found.hessian.map((row) => row.map((entry) => intervalScaled(entry, magnification))),
  };
}

function cellState(c_prev: number, f: Interval, i: Interval, u: Interval): Interval {
  return intervalSum(intervalMultiple(c_prev, f), intervalProduct(i, u));
}

/** c_f = c_prev σ'(z_f)  c_i = u σ'(z_i)  c_u = i tanh'(z_u) */
function cellGradient(c_prev: number, f: ActivationRange, i: ActivationRange, u: ActivationRange): Interval[] {
  return [intervalMultiple(c_prev, f.first), intervalProduct(i.first, u.value), intervalProduct(i.value, u.first)];
}

/** Those and their derivatives: f stands alone, i and u in a product. */
function cellDerivatives(c_prev: number, f: ActivationRange, i: ActivationRange, u: ActivationRange): DerivativeRanges {
  const mixed = intervalProduct(i.first, u.first);
  return {
    gradient: cellGradient(c_prev, f, i, u),
    hessian: [
      [intervalMultiple(c_prev, f.second), ZERO_INTERVAL, ZERO_INTERVAL],
      [ZERO_INTERVAL, intervalProduct(i.second, u.value), mixed],
      [ZERO_INTERVAL, mixed, intervalProduct(i.value, u.second)],
    ],
  };
}

/** With T = tanh(c): h_g = o T' c_g, h_o = σ'(z_o) T. */
function hiddenGradient(cell: readonly Interval[], T: ActivationRange, o: ActivationRange): Interval[] {
  const slope = intervalProduct(o.value, T.first);
  return [...cell.map((c_g) => intervalProduct(slope, c_g)), intervalProduct(o.first, T.value)];
}

/**
 * Those and their derivatives: h_gk = o T' c_gk + o T'' c_g c_k, h_og = σ'(z_o) T' c_g, h_oo = σ''(z_o) T.
 */
function hiddenDerivatives(
  { gradient, hessian }: DerivativeRanges,
  T: ActivationRange,
  o: ActivationRange,
): DerivativeRanges {
  const slope = intervalProduct(o.value, T.first);
  const bend = intervalProduct(o.value, T.second);
  const crossed = intervalProduct(o.first, T.first);
  const byOutput = gradient.map((c_g) => intervalProduct(crossed, c_g));
  const rows = gradient.map((c_g, g) => {
    const bent = intervalProduct(bend, c_g);
    return [
      ...gradient.map((c_k, k) => intervalSum(intervalProduct(slope, hessian[g][k]), intervalProduct(bent, c_k))),
      byOutput[g],
    ];
  });
  return {
    gradient: hiddenGradient(gradient, T, o),
    hessian: [...rows, [...byOutput, intervalProduct(o.second, T.value)]],
  };
}
