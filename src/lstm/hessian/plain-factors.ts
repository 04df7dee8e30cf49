/** What the blocks of the units are made of in plain doubles, where no product of them leaves the range of the normal ones. */
import { affine, asSummand } from "../../linalg/affine.ts";
import { WORDS } from "../../linalg/bounded.ts";
import { GATES } from "../names.ts";
import type { FullCell } from "../requirements.ts";
import type { BlockFactors, Curve } from "./blocks.ts";
import type { Work } from "./work.ts";

/** Of numbers that are zero or within 2^±110 a product of eight has all its digits. */
const [SMALLEST, LARGEST] = [2 ** -110, 2 ** 110];

function isPlain(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= SMALLEST && size <= LARGEST);
}

/**
 * The factors of every unit; null where one of them is too small or too large: gates that are saturated beyond |z| = 76, say.
 * z is summed with its error carried along, and what is left of it below the double goes into e^{-|z|} to first order.
 */
export function plainFactors(
  cell: FullCell,
  work: Work,
  dh_t: Float64Array,
  dc_t: Float64Array,
): BlockFactors<number>[] | null {
  const { data, start } = preactivations(cell, work);
  const found: BlockFactors<number>[] = [];
  for (let d = 0; d < cell.hiddenSize; d++) {
    const at = start + WORDS * GATES.length * d;
    const f = sigmoidCurve(highOf(data, at), data[at + 1]);
    const i = sigmoidCurve(highOf(data, at + WORDS), data[at + WORDS + 1]);
    const o = sigmoidCurve(highOf(data, at + 2 * WORDS), data[at + 2 * WORDS + 1]);
    const u = tanhCurve(highOf(data, at + 3 * WORDS), data[at + 3 * WORDS + 1]);
    const c_prev = cell.state.c_prev?.[d] ?? 0;
    const squash = tanhCurve(f.value * c_prev + i.value * u.value, 0);
    if (!(isPlainCurve(f) && isPlainCurve(i) && isPlainCurve(o) && isPlainCurve(u) && isPlainCurve(squash)))
      return null;
    if (!(isPlain(dh_t[d]) && isPlain(dc_t[d]) && isPlain(c_prev))) return null;
    found.push({ dh: dh_t[d], dc: dc_t[d], c_prev, gates: { f, i, o, u }, squash });
  }
  return found;
}

/** A number with an exponent of its own is no plain one. */
function highOf(data: Float64Array, at: number): number {
  return data[at + 2] === 0 ? data[at] : Number.NaN;
}

/** No slope of σ or tanh is zero: one that is here lies below the doubles, and large weights may bring it back. */
function isPlainCurve({ value, slope, curve }: Curve<number>): boolean {
  return slope !== 0 && isPlain(value) && isPlain(slope) && isPlain(curve);
}

/** z_g^(d) as number 4d + g. */
function preactivations({ gates, state, hiddenSize }: FullCell, { rows, inputs, biases }: Work) {
  inputs.fill(0);
  if (state.h_prev) inputs.set(state.h_prev);
  if (state.x_t) inputs.set(state.x_t, hiddenSize);
  const summands = [{ matrix: rows, vector: inputs }];
  for (const [j, key] of (["b", "bRest"] as const).entries()) {
    if (GATES.every((g) => !gates[g][key])) continue;
    for (let k = 0; k < GATES.length; k++) {
      const bias = gates[GATES[k]][key];
      for (let d = 0; d < hiddenSize; d++) biases[j][GATES.length * d + k] = bias?.[d] ?? 0;
    }
    summands.push(asSummand(biases[j]));
  }
  return affine(rows.rows, summands);
}

/** σ, σ' and σ'' = −σ'·tanh(z/2) at z = high + low: σ'(1 − 2σ) has no digits near 0, σ(1 − σ) none far out. */
function sigmoidCurve(high: number, low: number): Curve<number> {
  const { share, other, half } = shares(Math.abs(high), high < 0 ? -low : low);
  const slope = share * other;
  return { value: high > 0 ? other : share, slope, curve: high > 0 ? -slope * half : slope * half };
}

/** tanh, tanh' = sech² and tanh'' = −2 tanh·sech² at z = high + low. */
function tanhCurve(high: number, low: number): Curve<number> {
  const { share, other, half } = shares(2 * Math.abs(high), 2 * (high < 0 ? -low : low));
  const value = high < 0 ? -half : half;
  const slope = 4 * share * other;
  return { value, slope, curve: -2 * value * slope };
}

/** Of a = high + low ≥ 0, E = e^{-a}: E/(1 + E) = σ(−a), 1/(1 + E) = σ(a) and (1 − E)/(1 + E) = tanh(a/2). */
function shares(high: number, low: number) {
  // 1 − E cancels where a is small
  const isSmall = high < 1;
  const first = isSmall ? Math.expm1(-high) : Math.exp(-high);
  const below = (isSmall ? 1 + first : first) * low;
  const E = isSmall ? 1 + (first - below) : first - below;
  const less = isSmall ? below - first : 1 - E;
  const sum = 1 + E;
  return { share: E / sum, other: 1 / sum, half: less / sum };
}
