/**
 * Seeded cells of every kind that makes rounding hard. fixtures/golden/rounding.py draws the same cells from the same seeds: all is
 * done in 32-bit integers and in products and sums of doubles, which no two engines round differently.
 */
import { GATES, type Gate } from "../../src/lstm/names.ts";

/** A cell of one step with its upstream gradients, as flat vectors. */
export interface SeededCell {
  readonly seed: number;
  readonly family: string;
  readonly H: number;
  readonly I: number;
  /** W_g [H·I], U_g [H·H], b_g [H], and a second bias. */
  readonly W: Record<Gate, Float64Array>;
  readonly U: Record<Gate, Float64Array>;
  readonly b: Record<Gate, Float64Array>;
  readonly b2: Record<Gate, Float64Array>;
  readonly x_t: Float64Array;
  readonly h_prev: Float64Array;
  readonly c_prev: Float64Array;
  readonly dh_t: Float64Array;
  readonly dc_t: Float64Array;
}

/** Xorshift of 128 bits (Marsaglia 2003). */
export class Draws {
  readonly #state = [0, 0, 0, 0];

  constructor(seed: number) {
    let x = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) >>> 0;
    for (let k = 0; k < 4; k++) {
      x = (Math.imul(x ^ (x >>> 15), 0x85ebca6b) + 0x1b873593) >>> 0;
      this.#state[k] = x || 1;
    }
    for (let k = 0; k < 8; k++) this.word();
  }

  word(): number {
    const s = this.#state;
    let t = s[3];
    const first = s[0];
    s[3] = s[2];
    s[2] = s[1];
    s[1] = first;
    t ^= t << 11;
    t ^= t >>> 8;
    s[0] = (t ^ first ^ (first >>> 19)) >>> 0;
    return s[0];
  }

  below(n: number): number {
    return this.word() % n;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  /** ± a number of so many bits in [1, 2)·2^e for a normal result. */
  number(e: number, bits = 53): number {
    const high = this.word();
    const low = this.word();
    const fraction = (high & 0xfffff) * 2 ** 32 + low;
    const unit = 2 ** (53 - bits);
    const significand = 2 ** 52 + Math.floor(fraction / unit) * unit;
    return (high >>> 31 ? -1 : 1) * (significand * 2 ** -52) * 2 ** e;
  }

  vector(length: number, low: number, high: number, bits = 53): Float64Array {
    return new Float64Array(length).map(() => this.number(low + this.below(high - low + 1), bits));
  }
}

type Mutable = { -readonly [key in keyof SeededCell]: SeededCell[key] };
type Family = (draws: Draws, cell: Mutable) => void;

const each = (of: () => Float64Array): Record<Gate, Float64Array> => ({ f: of(), i: of(), o: of(), u: of() });

function weights(draws: Draws, cell: Mutable, low: number, high: number, bits = 53): void {
  const { H, I } = cell;
  cell.W = each(() => draws.vector(H * I, low, high, bits));
  cell.U = each(() => draws.vector(H * H, low, high, bits));
  cell.b = each(() => draws.vector(H, low, high, bits));
}

/** Puts z of row r of a gate near a target, up to what rounding leaves, by its bias. */
function aim({ W, U, b, b2, x_t, h_prev, H, I }: Mutable, g: Gate, r: number, target: number): void {
  let sum = b2[g][r];
  for (let k = 0; k < I; k++) sum += W[g][r * I + k] * x_t[k];
  for (let k = 0; k < H; k++) sum += U[g][r * H + k] * h_prev[k];
  b[g][r] = target - sum;
}

function aimAll(cell: Mutable, targetOf: (g: Gate, r: number) => number): void {
  for (const g of GATES) for (let r = 0; r < cell.H; r++) aim(cell, g, r, targetOf(g, r));
}

export const FAMILIES: Record<string, Family> = {
  typical: (draws, cell) => weights(draws, cell, -4, 0),
  scales: (draws, cell) => {
    const e = draws.pick([-40, -20, -8, 2, 4]);
    weights(draws, cell, e - 3, e);
  },
  float32: (draws, cell) => {
    weights(draws, cell, -4, 0, 24);
    cell.x_t = draws.vector(cell.I, -3, 0, 24);
    cell.h_prev = draws.vector(cell.H, -3, -1, 24);
    cell.c_prev = draws.vector(cell.H, -2, 1, 24);
  },
  bfloat16: (draws, cell) => {
    weights(draws, cell, -4, 0, 8);
    cell.x_t = draws.vector(cell.I, -3, 0, 8);
    cell.h_prev = draws.vector(cell.H, -3, -1, 8);
    cell.c_prev = draws.vector(cell.H, -2, 1, 8);
    cell.dh_t = draws.vector(cell.H, -2, 1, 8);
  },
  "two biases": (draws, cell) => {
    weights(draws, cell, -4, 0);
    cell.b2 = each(() => draws.vector(cell.H, -30, 0));
    for (const g of GATES) if (draws.below(2)) cell.b[g] = cell.b2[g].map((b) => -b * (1 + 2 ** -50));
  },
  saturated: (draws, cell) => {
    weights(draws, cell, -4, 0);
    const targets = [5, 18, 36, 37, 40, 150, 300, 690, 720, 745];
    aimAll(cell, (g) => (draws.below(2) ? -1 : 1) * draws.pick(targets) * (g === "u" ? 0.5 : 1));
  },
  "far saturated": (draws, cell) => {
    weights(draws, cell, 3, 7 + draws.below(4));
    cell.c_prev = draws.vector(cell.H, -2, 54);
  },
  "cancelling z": (draws, cell) => {
    weights(draws, cell, draws.pick([-2, 4, 12]), 14);
    aimAll(cell, () => draws.number(-draws.below(50)));
  },
  "z near zero": (draws, cell) => {
    weights(draws, cell, -4, 0);
    aimAll(cell, () => 0);
  },
  // f c' + i u with f = i and u known: c' is set so that it cancels
  "cancelling c_t": (draws, cell) => {
    weights(draws, cell, -4, 0);
    for (let r = 0; r < cell.H; r++) {
      cell.W.i.set(cell.W.f.subarray(r * cell.I, (r + 1) * cell.I), r * cell.I);
      cell.U.i.set(cell.U.f.subarray(r * cell.H, (r + 1) * cell.H), r * cell.H);
      cell.b.i[r] = cell.b.f[r];
      const z = draws.number(-30 - draws.below(20));
      aim(cell, "u", r, z);
      cell.c_prev[r] = -z * (1 + draws.pick([0, 2 ** -52, 2 ** -40, 2 ** -20]));
    }
  },
  // saturated f, i and u leave c' ± 1, a tie where c' has a digit too many
  "ties of the memory": (draws, cell) => {
    weights(draws, cell, -4, 0);
    aimAll(cell, (g) =>
      g === "o" ? draws.number(0) : (g === "u" && draws.below(2) ? -1 : 1) * (60 + draws.below(700)),
    );
    cell.c_prev = draws
      .vector(cell.H, 53, 53)
      .map((c, r) => (r % 3 === 0 ? c : r % 3 === 1 ? draws.number(-2) : draws.number(-1)));
  },
  // z_f = ±2 z_u, z_i = 0, c' = ±1: c_t is ±½, ∂c_t is 0
  identities: (draws, cell) => {
    weights(draws, cell, -4, 0);
    const { H, I } = cell;
    cell.U.i.fill(0);
    cell.W.i.fill(0);
    cell.b.i.fill(0);
    for (let r = 0; r < H; r++) {
      const sign = draws.below(2) ? 2 : -2;
      for (let k = 0; k < H; k++) cell.U.f[r * H + k] = sign * cell.U.u[r * H + k];
      for (let k = 0; k < I; k++) cell.W.f[r * I + k] = sign * cell.W.u[r * I + k];
      cell.b.f[r] = sign * cell.b.u[r];
      cell.c_prev[r] = sign > 0 ? -1 : 1;
      if (draws.below(4) === 0) cell.U.u[r * H] += 2 ** -60;
    }
  },
  zeros: (draws, cell) => {
    weights(draws, cell, -4, 0);
    const thin = (v: Float64Array) =>
      v.map((entry) => (draws.below(3) === 0 ? entry : draws.below(2) ? 0 : draws.pick([-1, 1, 0.5])));
    for (const g of GATES) {
      cell.W[g] = thin(cell.W[g]);
      cell.U[g] = draws.below(4) === 0 ? cell.U[g].map(() => 0) : thin(cell.U[g]);
      cell.b[g] = thin(cell.b[g]);
    }
    for (const key of ["x_t", "h_prev", "c_prev", "dh_t", "dc_t"] as const) cell[key] = thin(cell[key]);
  },
  subnormal: (draws, cell) => {
    weights(draws, cell, -4, 0);
    const e = draws.pick([-1022, -1010, -540, -530]);
    for (const g of GATES) {
      const small = draws.below(2) === 0;
      if (small) cell.U[g] = draws.vector(cell.H * cell.H, e, e + 8);
      if (small) cell.W[g] = draws.vector(cell.H * cell.I, e, e + 8);
      if (draws.below(3) === 0)
        for (let r = 0; r < cell.H; r++)
          aim(cell, g, r, -(draws.pick([300, 700, 740]) + draws.number(3)) / (g === "u" ? 2 : 1));
    }
    if (draws.below(2)) {
      cell.b.u.fill(0);
      cell.U.u = draws.vector(cell.H * cell.H, -1022, -1015);
      cell.W.u = draws.vector(cell.H * cell.I, -1022, -1015);
      cell.c_prev = cell.c_prev.map(() => draws.below(2 ** 20) * 2 ** -1074);
    }
  },
  "subnormal numbers": (draws, cell) => {
    weights(draws, cell, -4, 0);
    const tiny = (v: Float64Array) => v.map(() => (draws.below(64) - 32) * 2 ** -1074);
    for (const g of GATES) {
      if (draws.below(2)) cell.U[g] = tiny(cell.U[g]);
      if (draws.below(2)) cell.W[g] = tiny(cell.W[g]);
      if (draws.below(3) === 0) cell.b[g] = tiny(cell.b[g]);
    }
    if (draws.below(2)) cell.c_prev = tiny(cell.c_prev);
    if (draws.below(2)) cell.dh_t = tiny(cell.dh_t);
  },
  extreme: (draws, cell) => {
    weights(draws, cell, -4, 0);
    const { H, I } = cell;
    cell.h_prev = draws.vector(H, -900, -880);
    cell.x_t = draws.vector(I, 880, 900);
    for (const g of GATES) {
      cell.U[g] = draws.vector(H * H, draws.pick([880, 870, -100]), 900);
      cell.W[g] = draws.vector(H * I, -1000, draws.pick([-890, -880, -950]));
    }
    if (draws.below(2)) cell.c_prev = draws.vector(H, -900, 900);
    if (draws.below(2)) cell.dh_t = draws.vector(H, -900, 900);
  },
  "all exponents": (draws, cell) => {
    const { H, I } = cell;
    cell.W = each(() => draws.vector(H * I, -1022, 500));
    cell.U = each(() => draws.vector(H * H, -1022, 500));
    cell.b = each(() => draws.vector(H, -1022, 3));
    cell.x_t = draws.vector(I, -500, 400);
    cell.h_prev = draws.vector(H, -500, 400);
    cell.c_prev = draws.vector(H, -1022, 1000);
    cell.dh_t = draws.vector(H, -500, 300);
    cell.dc_t = draws.vector(H, -500, 300);
  },
};

export const FAMILY_NAMES = Object.keys(FAMILIES);

/** Sizes by what a seed leaves: many small cells, some large ones. */
const SIZES = [1, 2, 3, 4, 5, 8, 2, 3, 1, 6, 4, 7, 3, 2, 12, 16];

/** The cell of a seed; consecutive seeds go through the families. */
export function seededCell(seed: number, size: number | null = null): SeededCell {
  const family = FAMILY_NAMES[seed % FAMILY_NAMES.length];
  const draws = new Draws(seed);
  const H = size ?? SIZES[draws.below(SIZES.length)];
  const I = size === null ? 1 + draws.below(H + 2) : Math.max(1, size - 3);
  const none = (length: number) => new Float64Array(length);
  const cell: Mutable = {
    seed,
    family,
    H,
    I,
    W: each(() => none(0)),
    U: each(() => none(0)),
    b: each(() => none(0)),
    b2: each(() => none(H)),
    x_t: draws.vector(I, -3, 0),
    h_prev: draws.vector(H, -3, -1),
    c_prev: draws.vector(H, -2, 1),
    dh_t: draws.vector(H, -3, 0),
    dc_t: draws.vector(H, -3, 0),
  };
  FAMILIES[family](draws, cell);
  return cell;
}
