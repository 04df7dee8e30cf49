/** The Hessian of L by what each unit is made of, unit by unit. */
import { GATES, type Gate } from "../names.ts";

/** What the rows and columns of a block are. */
export const BLOCK_ORDER = [...GATES.map((g) => `z_${g}` as const), "c_prev"] as const;
export const BLOCK_SIDE = BLOCK_ORDER.length;

/** An activation with its first and second derivative. */
export interface Curve<T> {
  readonly value: T;
  readonly slope: T;
  readonly curve: T;
}

/** What a block is made of: doubles of one unit, or numbers of all units at once. */
export interface BlockFactors<T> {
  /** What h_t and c_t count in L. */
  readonly dh: T;
  readonly dc: T;
  readonly c_prev: T;
  /** σ, σ', σ'' of z_f, z_i, z_o and tanh, tanh', tanh'' of z_u */
  readonly gates: Readonly<Record<Gate, Curve<T>>>;
  /** tanh, tanh', tanh'' of c_t */
  readonly squash: Curve<T>;
}

export interface BlockArithmetic<T> {
  readonly times: (a: T, b: T) => T;
  readonly plus: (a: T, b: T) => T;
}

/**
 * K^(d) = ∂²L/∂(z_f, z_i, z_o, z_u, c_{t-1})^(d)², L = Σ dh_t·h_t + dc_t·c_t: the 15 entries of the upper triangle of a symmetric
 * 5 × 5 block, row by row. The cell works component by component once z is known, so there is nothing between two units.
 * With T, T', T'' = tanh, tanh', tanh'' of c_t, and the slopes of c_t, c_f = c_{t-1} σ'(z_f), c_i = u σ'(z_i), c_u = i tanh'(z_u), and f by c_{t-1}:
 *
 *     a = dh·o·T' + dc     B = dh·o·T''     p = dh·σ'(z_o)·T'
 *     K_ff = B c_f² + a c_{t-1} σ''(z_f)     K_ii = B c_i² + a u σ''(z_i)     K_uu = B c_u² + a i tanh''(z_u)
 *     K_oo = dh T σ''(z_o)                   K_cc = B f²                      K_fi = B c_f c_i    K_fu = B c_f c_u
 *     K_iu = B c_i c_u + a σ'(z_i) tanh'(z_u)     K_fc = B c_f f + a σ'(z_f)     K_ic = B c_i f   K_uc = B c_u f
 *     K_fo = p c_f     K_io = p c_i     K_ou = p c_u     K_oc = p f
 */
export function blockEntries<T>({ times, plus }: BlockArithmetic<T>, factors: BlockFactors<T>): T[] {
  const { dh, dc, c_prev, squash } = factors;
  const { f, i, o, u } = factors.gates;
  const cf = times(c_prev, f.slope);
  const ci = times(u.value, i.slope);
  const cu = times(i.value, u.slope);
  const through = times(dh, o.value);
  const a = plus(times(through, squash.slope), dc);
  const B = times(through, squash.curve);
  const p = times(times(dh, o.slope), squash.slope);
  const Bf = times(B, cf);
  const Bi = times(B, ci);
  const Bu = times(B, cu);
  const ff = plus(times(Bf, cf), times(times(a, c_prev), f.curve));
  const ii = plus(times(Bi, ci), times(times(a, u.value), i.curve));
  const oo = times(times(dh, squash.value), o.curve);
  const uu = plus(times(Bu, cu), times(times(a, i.value), u.curve));
  const cc = times(times(B, f.value), f.value);
  const fi = times(Bf, ci);
  const fu = times(Bf, cu);
  const iu = plus(times(Bi, cu), times(times(a, i.slope), u.slope));
  const fc = plus(times(Bf, f.value), times(a, f.slope));
  const ic = times(Bi, f.value);
  const uc = times(Bu, f.value);
  const fo = times(p, cf);
  const io = times(p, ci);
  const ou = times(p, cu);
  const oc = times(p, f.value);
  return [ff, fi, fo, fu, fc, ii, io, iu, ic, oo, ou, oc, uu, uc, cc];
}

/** How many entries the upper triangle has. */
export const TRIANGLE = (BLOCK_SIDE * (BLOCK_SIDE + 1)) / 2;

/** Where entry (r, k) of a block is in its triangle. */
export function inTriangle(r: number, k: number): number {
  const [row, column] = r < k ? [r, k] : [k, r];
  return row * BLOCK_SIDE - (row * (row - 1)) / 2 + column - row;
}
