/**
 * Seeded cells that look for the edges of the numerical promise. A seed gives the same cell each time, on one engine:
 * how 10 ** x is rounded is the engine's affair.
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { exact, Real, sigmoid, sum, tanh } from "./exact.ts";
import { GATES, type Gate, type NativeCell } from "./reference.ts";

type FullCell = Required<NativeCell>;

/** Draws of one seed. */
class Dice {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(Math.imul(seed + 1, 0x9e3779b1));
  }

  /** uniform in [from, to) */
  between(from: number, to: number): number {
    return from + (to - from) * uniformFloat64(this.#generator);
  }

  chance(probability: number): boolean {
    return this.between(0, 1) < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.between(0, values.length))];
  }

  sign(): number {
    return this.pick([-1, 1]);
  }

  vector(length: number, spread: number): number[] {
    return Array.from({ length }, () => this.between(-spread, spread));
  }
}

function plainCell(dice: Dice, largest: number): FullCell {
  const H = dice.chance(0.04) ? dice.pick([12, 16, 24, 32]) : dice.pick([1, 1, 2, 2, 3, 3, 4, 5, 6, 8]);
  const I = dice.pick([1, 2, 3, 4, 5, 7].filter((size) => size !== H));
  const scale = Math.min(largest, dice.pick([0.01, 0.1, 1, 1, 3, 10, 30]));
  const cell = { x_t: dice.vector(I, 1.5), h_prev: dice.vector(H, 1), c_prev: dice.vector(H, 2) } as FullCell;
  for (const g of GATES) {
    cell[`W_${g}`] = Array.from({ length: H }, () => dice.vector(I, scale));
    cell[`U_${g}`] = Array.from({ length: H }, () => dice.vector(H, scale));
    cell[`b_${g}`] = dice.vector(H, 1);
  }
  return cell;
}

/** W x + U h exactly, the bias left out */
function productsOf(cell: FullCell, g: Gate, d: number): Real {
  const dot = (a: number[], b: number[]) => sum(a.map((entry, k) => exact(entry).times(exact(b[k]))));
  return dot(cell[`W_${g}`][d], cell.x_t).plus(dot(cell[`U_${g}`][d], cell.h_prev));
}

/** Sets b so that z is what is wanted. */
function aim(cell: FullCell, g: Gate, d: number, z: number): void {
  cell[`b_${g}`][d] = new Real(z).minus(productsOf(cell, g, d)).toNumber();
}

function forEachRow(cell: FullCell, act: (g: Gate, d: number) => void): void {
  for (const g of GATES) for (let d = 0; d < cell.h_prev.length; d++) act(g, d);
}

type Plan = (dice: Dice, cell: FullCell) => void;

/** What each plan makes of a plain cell. */
const PLANS: Record<string, Plan> = {
  plain: () => {},
  "some keys absent": (dice, cell) => {
    for (const g of GATES) if (dice.chance(0.4)) delete (cell as NativeCell)[`b_${g}`];
    for (const key of ["x_t", "h_prev", "c_prev"] as const) if (dice.chance(0.4)) delete (cell as NativeCell)[key];
  },
  "saturated up to |z| = 300": (dice, cell) => {
    const targets = [0.0625, 2, 18.7, 20, 36.74, 40, 150, 300];
    forEachRow(cell, (g, d) => {
      const stretch = (dice.pick(targets) * dice.between(0.99, 1.01)) / Math.abs(productsOf(cell, g, d).toNumber());
      for (const key of [`W_${g}`, `U_${g}`] as const) cell[key][d] = cell[key][d].map((entry) => entry * stretch);
    });
    cell.c_prev = cell.c_prev.map((c) => c * dice.pick([1, 1, 20, 200]));
  },
  // the last two columns of U cancel, and the rest of it and W against b, up to n²·S = 2⁵²·min(1, |z|)
  "U h against W x": (dice, cell) => {
    const n = cell.h_prev.length + cell.x_t.length;
    forEachRow(cell, (g, d) => {
      const z = dice.sign() * 10 ** dice.between(g === "u" ? -7 : -12, 1.5);
      const edge = (2 ** 52 / n ** 2) * Math.min(1, g === "u" ? Math.abs(z) : 1);
      const wanted = dice.pick([1e-6, 1e-3, 0.1, 0.9]) * edge;
      const [w, h] = [cell[`W_${g}`][d], cell[`U_${g}`][d]];
      const sizes = [...w.map((entry, k) => entry * cell.x_t[k]), ...h.map((entry, k) => entry * cell.h_prev[k])];
      const stretch = wanted / (2.2 * sizes.reduce((total, size) => total + Math.abs(size), 0));
      cell[`W_${g}`][d] = w.map((entry) => entry * stretch);
      cell[`U_${g}`][d] = h.map((entry) => entry * stretch);
      if (dice.chance(0.7)) {
        const last = h.length - 1;
        const rest = productsOf(cell, g, d).toNumber();
        // left over: the rounding of the last weight, which b takes away
        cell[`U_${g}`][d][last] -= rest / cell.h_prev[last];
      }
      aim(cell, g, d, z);
    });
  },
  "rows near 1e±200": (dice, cell) => {
    const state = dice.pick([-200, -100, 0, 0, 100, 200]);
    const input = dice.pick([-200, 0, 0, 200]);
    cell.h_prev = cell.h_prev.map((h) => h * 10 ** state);
    cell.x_t = cell.x_t.map((x) => x * 10 ** input);
    forEachRow(cell, (g, d) => {
      const small = (exponent: number) => 10 ** dice.pick([-exponent, -exponent, Math.max(-290, -exponent - 90)]);
      const [toState, toInput] = dice.chance(0.2)
        ? [10 ** dice.pick(state > 0 ? [-200] : [-200, 200]), small(input)]
        : [small(state), small(input)];
      cell[`U_${g}`][d] = cell[`U_${g}`][d].map((entry) => entry * toState);
      cell[`W_${g}`][d] = cell[`W_${g}`][d].map((entry) => entry * toInput);
    });
  },
  "zeros and ties": (dice, cell) => {
    const thin = (v: number[]) => v.map((entry) => (dice.chance(0.4) ? 0 : dice.chance(0.3) ? dice.sign() : entry));
    forEachRow(cell, (g, d) => {
      cell[`U_${g}`][d] = dice.chance(0.2) ? cell[`U_${g}`][d].map(() => 0) : thin(cell[`U_${g}`][d]);
      cell[`W_${g}`][d] = thin(cell[`W_${g}`][d]);
    });
    for (const g of GATES) cell[`b_${g}`] = thin(cell[`b_${g}`]);
    for (const key of ["x_t", "h_prev", "c_prev"] as const) cell[key] = thin(cell[key]);
  },
  "f c against i u": (dice, cell) => {
    cell.c_prev = cell.c_prev.map((_, d) => {
      const [f, i, u] = (["f", "i", "u"] as const).map((g) => {
        const z = productsOf(cell, g, d).plus(exact(cell[`b_${g}`][d]));
        return (g === "u" ? tanh : sigmoid)(z).value.toNumber();
      });
      return -((i * u) / f) * (1 + dice.pick([0, 1e-15, 1e-9, 1e-3]));
    });
  },
  "a huge memory": (dice, cell) => {
    const targets = [0.0625, 1, 18.7, 40, 300, 352, 1e4, 1e6];
    cell.c_prev = cell.c_prev.map((_, d) => {
      aim(cell, "f", d, dice.between(-15, 4));
      return dice.sign() * dice.pick(targets) * dice.between(0.98, 1.02);
    });
    if (dice.chance(0.5)) {
      // f small, so that c_t stays moderate
      cell.c_prev.forEach((c, d) => {
        if (Math.abs(c) > 100) aim(cell, "f", d, -Math.log(Math.abs(c) / dice.between(0.05, 30)));
      });
    }
  },
  "near the smallest doubles": (dice, cell) => {
    forEachRow(cell, (g, d) => {
      const size = 10 ** dice.pick(g === "u" ? [-300, -290, -150, 0] : [-290, -150, 0, 0, 0]);
      for (const key of [`W_${g}`, `U_${g}`] as const) cell[key][d] = cell[key][d].map((entry) => entry * size);
      if (g === "u") aim(cell, g, d, dice.sign() * size * dice.between(0.1, 2));
      else aim(cell, g, d, -dice.pick([-20, 1, 1, 300, 600, 690, 707]));
    });
    cell.c_prev = cell.c_prev.map((c) => c * 10 ** dice.pick([-300, -150, 0, 0]));
  },
  "where one formula takes over from another": (dice, cell) => {
    const targets = [1 / 16, 1 / 32, 1e-3, 1e-8, Math.LN2, 0.5, 17.33, 18.02, 36.04, 36.74, 37.43];
    forEachRow(cell, (g, d) => aim(cell, g, d, dice.sign() * dice.pick(targets) * (1 + dice.between(-3e-3, 3e-3))));
    cell.c_prev = cell.c_prev.map(() => dice.sign() * dice.pick(targets) * dice.pick([0.5, 1, 2]));
  },
};

export const PLAN_NAMES = Object.keys(PLANS);

/** The cell of a seed; consecutive seeds go through the plans. */
export function cellOf(seed: number): NativeCell {
  const name = PLAN_NAMES[seed % PLAN_NAMES.length];
  const dice = new Dice(seed);
  const cell = plainCell(dice, name.startsWith("near") || name.startsWith("where") ? 3 : 30);
  PLANS[name](dice, cell);
  return { ...cell, name: `${seed}: ${name}` };
}
