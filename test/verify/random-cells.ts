/** Seeded cells and sequences over all 53 bits and exponents from −1022 to 1023, for the check of the check. */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { GATES } from "../../src/lstm/names.ts";

/** @param steps null for a cell of one step */
export function randomNative(seed: number, steps: number | null): Record<string, unknown> {
  const generator = xoroshiro128plus(Math.imul(seed + 1, 0x9e3779b1));
  const whole = (from: number, to: number) => uniformInt(generator, from, to);
  const sign = () => (whole(0, 1) === 0 ? -1 : 1);
  const significand = () => 1 + uniformFloat64(generator) + whole(0, 1) * 2 ** -52;
  // half of the vectors moderate, where digits are decided; the others from anywhere
  const anywhere = () => sign() * (significand() / 2) * 2 ** whole(-1021, 1023);
  const moderate = () => sign() * significand() * 2 ** whole(-6, 1);
  const entry = (wild: number) => () => (whole(1, 100) <= 5 ? 0 : whole(1, 100) <= wild ? anywhere() : moderate());
  const vector = (length: number, draw: () => number) => Array.from({ length }, draw);
  const matrix = (rows: number, cols: number, draw: () => number) =>
    vector(rows, () => 0).map(() => vector(cols, draw));
  const [H, I] = [whole(1, 4), whole(1, 3)];
  const wild = () => entry([0, 0, 10, 40][whole(0, 3)]!);
  const cell: Record<string, unknown> = {};
  for (const g of GATES) {
    cell[`W_${g}`] = matrix(H, I, wild());
    cell[`U_${g}`] = matrix(H, H, wild());
    cell[`b_${g}`] = vector(H, wild());
  }
  const upstream = (rows: number) => (steps === null ? vector(H, wild()) : matrix(rows, H, wild()));
  const state = {
    h_prev: vector(H, wild()),
    c_prev: vector(H, wild()),
    dh_t: upstream(steps ?? 1),
    dc_t: upstream(steps ?? 1),
  };
  return { ...cell, ...state, ...(steps === null ? { x_t: vector(I, wild()) } : { x: matrix(steps, I, wild()) }) };
}
