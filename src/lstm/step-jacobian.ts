import type { Matrix } from "../linalg/matrix.ts";
import { exponentOf, scaleByPowerOfTwo } from "../linalg/scale.ts";
import { setEntry, toWide, type WideMatrix } from "../linalg/wide-matrix.ts";
import type { FullTrace } from "./forward.ts";
import { beside, type StateJacobian, stepColumns, unboundedStateJacobian } from "./state-jacobian.ts";

/**
 * ∂s_t/∂s_{t-1} with s = (h, c): in doubles, null where an entry overflows; and as a matrix [2H × 2H] with an exponent an
 * entry where an entry, or a product that it is made of, leaves the normal doubles on either side, else null.
 */
export type Step =
  | { readonly doubles: StateJacobian; readonly wide: null }
  | { readonly doubles: StateJacobian; readonly wide: WideMatrix }
  | { readonly doubles: null; readonly wide: WideMatrix };

/**
 * The Jacobian of one step for a product of steps. Its entries are those of {@link stateJacobian}. Where one overflows, or
 * something may have underflowed in it, a product of steps takes it from its factors, each of which is a double: what is
 * 1e-374 here is 1e-268 when the next step multiplies it by 1e106.
 */
export function stepJacobian(trace: FullTrace): Step {
  const doubles = unboundedStateJacobian(trace);
  const wide = corrected(trace, doubles);
  if (wide === null) return { doubles, wide };
  const areFinite = [doubles.h_t, doubles.c_t].every(({ h_prev }) => h_prev.data.every(Number.isFinite));
  return areFinite ? { doubles, wide } : { doubles: null, wide };
}

/** diag(Π factors) · matrix, or the diagonal matrix itself where there is none. */
interface Term {
  readonly factors: readonly Float64Array[];
  readonly matrix: Matrix | null;
}

/** The entries with those anew that doubles may not hold; null where they hold all. */
function corrected(trace: FullTrace, doubles: StateJacobian): WideMatrix | null {
  const n = trace.cell.hiddenSize;
  const terms = termsOf(trace);
  let wide: WideMatrix | null = null;
  const correct = (entry: number, at: number, r: number, k: number, of: readonly Term[]) => {
    if (isHeld(entry)) return;
    const [significand, exponent] = sumOf(of, r, k);
    if (significand === 0 && entry === 0) return;
    wide ??= toWide(beside(stepColumns(doubles)));
    setEntry(wide, at, significand, exponent);
  };
  for (const [part, of] of (["h_t", "c_t"] as const).entries()) {
    const { h_prev, c_prev } = doubles[of];
    for (let r = 0; r < n; r++) {
      const start = (part * n + r) * 2 * n;
      for (let k = 0; k < n; k++) correct(h_prev.data[r * n + k], start + k, r, k, terms[of].h_prev);
      correct(c_prev[r], start + n + r, r, r, terms[of].c_prev);
    }
  }
  return wide;
}

/** An entry from here on has lost less than 2^−100 of itself to products that underflowed. */
const SAFE = 2 ** -960;

function isHeld(entry: number): boolean {
  const size = Math.abs(entry);
  return size >= SAFE && size < Number.POSITIVE_INFINITY;
}

/** The blocks of the step as sums of products of doubles. */
function termsOf({ cell, gates: { f, i, o, u }, c_prev, tanh_c_t }: FullTrace) {
  const c = [
    { factors: [c_prev, f.derivative], matrix: cell.gates.f.U },
    { factors: [u.value.hi, i.derivative], matrix: cell.gates.i.U },
    { factors: [i.value.hi, u.derivative], matrix: cell.gates.u.U },
  ];
  const byCell = [o.value.hi, tanh_c_t.derivative];
  const h = c.map(({ factors, matrix }) => ({ factors: [...factors, ...byCell], matrix }));
  h.push({ factors: [tanh_c_t.value.hi, o.derivative], matrix: cell.gates.o.U });
  return {
    h_t: { h_prev: h, c_prev: [{ factors: [f.value.hi, ...byCell], matrix: null }] },
    c_t: { h_prev: c, c_prev: [{ factors: [f.value.hi], matrix: null }] },
  };
}

/** Entry (r, k) of the terms' sum, as s · 2^e. Factors are taken to about 1 first, so that nothing is lost. */
function sumOf(terms: readonly Term[], r: number, k: number): [number, number] {
  let [sum, exponent] = [0, Number.NEGATIVE_INFINITY];
  for (const { factors, matrix } of terms) {
    const entry = matrix === null ? 1 : matrix.data[r * matrix.cols + k];
    if (entry === 0 || factors.some((factor) => factor[r] === 0)) continue;
    let own = exponentOf(entry);
    let product = scaleByPowerOfTwo(entry, -own);
    for (const factor of factors) {
      const e = exponentOf(factor[r]);
      product *= scaleByPowerOfTwo(factor[r], -e);
      own += e;
    }
    const unit = Math.max(own, exponent);
    sum = sum * 2 ** (exponent - unit) + product * 2 ** (own - unit);
    exponent = unit;
  }
  return [sum, exponent];
}
