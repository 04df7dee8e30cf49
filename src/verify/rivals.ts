/** Unit vectors that might beat an optimum, by the equations as they stand, in plain doubles: what is found is judged exactly. */
import { rowOf } from "../linalg/matrix.ts";
import { xorshift } from "../linalg/orthonormal.ts";
import type { Cell } from "../lstm/cell.ts";
import { GATES, type Gate, type StateOutput } from "../lstm/names.ts";

const SAMPLES = 256;
const CLIMBS = 4;
const STEPS = 200;

/** W^(d)x + b^(d) and U^(d) of the gates that the cell has. */
interface Row {
  readonly g: Gate;
  readonly offset: number;
  readonly weights: Float64Array;
}

/**
 * The best of samples, drawn in the span of the rows and anywhere, and of climbs from the best of them. Multi-start ascent may miss
 * the optimum, so it says nothing of how good a value is; what it finds above a bound proves that bound wrong.
 * @param sign 1 for the largest, −1 for the smallest
 * @returns h [H]
 */
export function bestRival(cell: Cell, of: StateOutput, unit: number, sign: number): Float64Array {
  const rows = rowsOf(cell, unit);
  const score = (h: Float64Array) => sign * valueAt(rows, of, cell.state.c_prev?.[unit] ?? 0, h);
  const next = xorshift();
  const found = Array.from({ length: SAMPLES }, (_, k) => {
    const h = new Float64Array(cell.hiddenSize).map(k % 4 === 0 ? next : () => 0);
    if (k % 4 !== 0) for (const { weights } of rows) addMultiple(h, next() / (maxOf(weights) || 1), weights);
    return scored(normalised(h), score);
  }).sort((a, b) => b.value - a.value);
  return found
    .slice(0, CLIMBS)
    .map((start) => climbed(start, score, next))
    .reduce((best, one) => (one.value > best.value ? one : best)).h;
}

type Score = (h: Float64Array) => number;
type Scored = ReturnType<typeof scored>;

const scored = (h: Float64Array, score: Score) => ({ h, value: score(h) });

/** Steps in drawn directions, longer after a gain and shorter after none. */
function climbed(start: Scored, score: Score, next: () => number): Scored {
  let best = start;
  let length = 0.5;
  for (let step = 0; step < STEPS; step++) {
    const tried = scored(normalised(best.h.map((entry) => entry + length * next())), score);
    length *= tried.value > best.value ? 1.5 : 0.9;
    if (tried.value > best.value) best = tried;
  }
  return best;
}

function valueAt(rows: readonly Row[], of: StateOutput, c_prev: number, h: Float64Array): number {
  const z: Partial<Record<Gate, number>> = {};
  for (const { g, offset, weights } of rows) z[g] = offset + dot(weights, h);
  const { f = 0, i = 0, u = 0, o = 0 } = z;
  const c = sigmoid(f) * c_prev + sigmoid(i) * Math.tanh(u);
  return of === "h_t" ? sigmoid(o) * Math.tanh(c) : c;
}

function rowsOf({ gates, state }: Cell, unit: number): Row[] {
  return GATES.flatMap((g) => {
    const own = gates[g];
    if (own === undefined) return [];
    const input = own.W && state.x_t ? dot(rowOf(own.W, unit), state.x_t) : 0;
    const offset = input + (own.b?.[unit] ?? 0) + (own.bRest?.[unit] ?? 0);
    return [{ g, offset, weights: rowOf(own.U, unit) }];
  });
}

const sigmoid = (z: number) => (z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z)));
const maxOf = (v: Float64Array) => v.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

function addMultiple(h: Float64Array, factor: number, row: Float64Array): void {
  for (let k = 0; k < h.length; k++) h[k] += factor * row[k];
}

/** h/‖h‖; the first unit vector for zero. */
function normalised(h: Float64Array): Float64Array {
  const largest = maxOf(h);
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return h.map((_, k) => (k === 0 ? 1 : 0));
  const scaled = h.map((entry) => entry / largest);
  const length = Math.sqrt(dot(scaled, scaled));
  return scaled.map((entry) => entry / length);
}
