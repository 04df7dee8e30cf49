/** Seeded cells of which one unit is optimised: what typical ones are, and what is hard for a search on a sphere. */
import { randomIn } from "../helpers/random.ts";

/** One unit of a cell, as a cell of its own needs it: rows of U, biases and c_{t-1}; without W, b is W x_t + b. */
export interface UnitCell {
  readonly name: string;
  /** by f, i, u, o [H] */
  readonly rows: readonly (readonly number[])[];
  readonly biases: readonly number[];
  readonly c_prev: number;
}

/** H from 2 to 64, weights of size 0.3 to 5, all 53 bits drawn. */
export function randomUnit(seed: number, largest = 64): UnitCell {
  const { next, normal } = drawn(seed);
  const H = 2 + Math.floor(next() * (largest - 1));
  const size = 0.3 * (5 / 0.3) ** next();
  const rows = [0, 1, 2, 3].map(() => Array.from({ length: H }, () => size * normal()));
  const biases = rows.map(() => size * normal());
  return { name: `random ${seed}`, rows, biases, c_prev: normal() * (next() < 0.3 ? 3 : 1) };
}

/** Nearly parallel opposed rows, a closed output gate, closed gates, no memory, dependent rows, few dimensions. */
export function hardUnit(seed: number): UnitCell {
  const unit = randomUnit(seed + 100_000, 16);
  const { next, normal } = drawn(seed + 200_000);
  const [f] = unit.rows;
  const kind = seed % 7;
  const name = `${KINDS[kind]} ${seed}`;
  if (kind === 0) {
    const deviation = 10 ** (-14 + 13 * next());
    const signs = [1, -1, next() < 0.5 ? 1 : -1, next() < 0.5 ? 1 : -1];
    const rows = signs.map((sign) => f.map((entry) => sign * entry + deviation * normal()));
    return { ...unit, name, rows };
  }
  if (kind === 1) return { ...unit, name, biases: unit.biases.with(3, -40) };
  if (kind === 2) return { ...unit, name, biases: [-20, -20, -20, -20] };
  if (kind === 3) return { ...unit, name, c_prev: 0 };
  if (kind === 4) return { ...unit, name, rows: [f, f.map((x) => -x), unit.rows[2], unit.rows[3].map(() => 0)] };
  if (kind === 5) return { ...unit, name, rows: [f, f.map((x) => -2 * x), f.map((x) => x / 4), f] };
  return { ...unit, name, rows: unit.rows.map((row) => row.slice(0, 1 + (Math.floor(seed / 7) % 4))) };
}

const KINDS = ["parallel", "closed output", "closed gates", "no memory", "opposed", "dependent", "small"];

/** The native cell whose unit 0 it is. */
export function nativeCell({ rows, biases, c_prev }: UnitCell): object {
  const H = rows[0].length;
  const entries = ["f", "i", "u", "o"].flatMap((g, k) => [
    [`U_${g}`, Array.from({ length: H }, (_, r) => (r === 0 ? rows[k] : Array(H).fill(0)))],
    [`b_${g}`, Array.from({ length: H }, (_, r) => (r === 0 ? biases[k] : 0))],
  ]);
  return { ...Object.fromEntries(entries), c_prev: Array.from({ length: H }, (_, r) => (r === 0 ? c_prev : 0)) };
}

function drawn(seed: number) {
  const next = randomIn(seed + 1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return { next, normal };
}
