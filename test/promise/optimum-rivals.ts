/** Unit vectors that might beat an optimum: dense samples and climbs from many of them, by the equations as a textbook has them. */
import { randomIn } from "../helpers/random.ts";
import type { UnitCell } from "./optimum-cells.ts";

const sigmoid = (z: number) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, entry, k) => sum + entry * b[k], 0);

export type Output = "c_t" | "h_t";

/** c_t or h_t of the unit at h. */
export function valueAt({ rows, biases, c_prev }: UnitCell, of: Output, h: readonly number[]): number {
  const [f, i, u, o] = rows.map((row, g) => dot(row, h) + biases[g]);
  const c = sigmoid(f) * c_prev + sigmoid(i) * Math.tanh(u);
  return of === "c_t" ? c : sigmoid(o) * Math.tanh(c);
}

/** What a gap is measured by: |f c_prev| + |i u|, for h_t o·min(1, that). */
export function scaleAt({ rows, biases, c_prev }: UnitCell, of: Output, h: readonly number[]): number {
  const [f, i, u, o] = rows.map((row, g) => dot(row, h) + biases[g]);
  const size = Math.abs(sigmoid(f) * c_prev) + Math.abs(sigmoid(i) * Math.tanh(u));
  return of === "c_t" ? size : sigmoid(o) * Math.min(1, size);
}

/** The largest (sign 1) or smallest value that samples and climbs found, in the space of the rows and anywhere. */
export function bestRival(
  unit: UnitCell,
  of: Output,
  sign: 1 | -1,
  effort: { samples: number; climbs: number },
): number {
  const next = randomIn(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const H = unit.rows[0].length;
  const score = (h: readonly number[]) => sign * valueAt(unit, of, h);
  const found = Array.from({ length: effort.samples }, (_, k) => {
    const anywhere = Array.from({ length: H }, normal);
    const inRows = unit.rows.map(() => normal());
    const h = normalised(
      k % 4 === 0
        ? anywhere
        : anywhere.map((_, j) =>
            dot(
              inRows,
              unit.rows.map((row) => row[j]),
            ),
          ),
    );
    return { h, value: score(h) };
  }).filter(({ value }) => Number.isFinite(value));
  found.sort((a, b) => b.value - a.value);
  const climbed = found.slice(0, effort.climbs).map(({ h, value }) => climb(score, h, value));
  return sign * Math.max(...found.map(({ value }) => value), ...climbed);
}

/** Steps in drawn directions of the sphere, longer after a gain, shorter after none. */
function climb(score: (h: readonly number[]) => number, start: readonly number[], value: number): number {
  const next = randomIn(11);
  let [h, best, length] = [start, value, 0.5];
  for (let step = 0; step < 400 && length > 1e-9; step++) {
    const tried = normalised(h.map((entry) => entry + length * (2 * next() - 1)));
    const found = score(tried);
    if (found > best) [h, best, length] = [tried, found, length * 1.5];
    else length *= 0.9;
  }
  return best;
}

function normalised(h: readonly number[]): number[] {
  const length = Math.hypot(...h);
  return h.map((entry) => entry / length);
}
