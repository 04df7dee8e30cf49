/** Random cells, and their right and wrong numbers from plain loops over arrays: shares nothing with what it is to test. */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { GATES, type Gate, type NativeCell } from "../promise/reference.ts";

export type FullCell = Required<Omit<NativeCell, "name">>;
export type Numbers = number[] | number[][];

/** Uniform in ±1.5, H from 3 to 6, I from 2 to 5 and never H; the same seed gives the same cell. */
export function randomCell(seed: number): FullCell {
  const generator = xoroshiro128plus(seed);
  const number = () => 3 * uniformFloat64(generator) - 1.5;
  const H = 3 + (seed % 4);
  const I = H === 3 ? 2 : H - 1;
  const vector = (n: number) => Array.from({ length: n }, number);
  const matrix = (n: number) => Array.from({ length: H }, () => vector(n));
  const cell: Record<string, Numbers> = { x_t: vector(I), h_prev: vector(H), c_prev: vector(H) };
  for (const g of GATES) Object.assign(cell, { [`W_${g}`]: matrix(I), [`U_${g}`]: matrix(H), [`b_${g}`]: vector(H) });
  return cell as FullCell;
}

export const sigma = (z: number) => 1 / (1 + Math.exp(-z));
export const sigmaPrime = (z: number) => sigma(z) * (1 - sigma(z));
export const tanhPrime = (z: number) => 1 - Math.tanh(z) ** 2;
export const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, k) => sum + x * b[k], 0);
export const norm = (row: readonly number[]) => Math.sqrt(dot(row, row));
export const scaleRows = (d: readonly number[], M: readonly (readonly number[])[]) =>
  M.map((row, r) => row.map((x) => d[r] * x));
export const scaleColumns = (M: readonly (readonly number[])[], d: readonly number[]) =>
  M.map((row) => row.map((x, k) => x * d[k]));
export const transpose = (M: readonly (readonly number[])[]) => M[0].map((_, k) => M.map((row) => row[k]));
export const plus = (...matrices: (readonly (readonly number[])[])[]) =>
  matrices[0].map((row, r) => row.map((_, k) => matrices.reduce((sum, M) => sum + M[r][k], 0)));
export const negative = (M: readonly (readonly number[])[]) => M.map((row) => row.map((x) => -x));

/** z, gates, c_t and h_t of a cell, and the diagonals of ∂h_t/∂z_g and ∂c_t/∂z_g. */
export function workOut(cell: FullCell) {
  const z = {} as Record<Gate, number[]>;
  for (const g of GATES) {
    z[g] = cell[`b_${g}`].map((b, d) => dot(cell[`W_${g}`][d], cell.x_t) + dot(cell[`U_${g}`][d], cell.h_prev) + b);
  }
  const gates = { f: z.f.map(sigma), i: z.i.map(sigma), o: z.o.map(sigma), u: z.u.map(Math.tanh) };
  const prime = { f: z.f.map(sigmaPrime), i: z.i.map(sigmaPrime), o: z.o.map(sigmaPrime), u: z.u.map(tanhPrime) };
  const c_t = gates.f.map((f, d) => f * cell.c_prev[d] + gates.i[d] * gates.u[d]);
  const h_t = gates.o.map((o, d) => o * Math.tanh(c_t[d]));
  const byGate = {
    f: prime.f.map((p, d) => cell.c_prev[d] * p),
    i: prime.i.map((p, d) => gates.u[d] * p),
    u: prime.u.map((p, d) => gates.i[d] * p),
  };
  const byState = gates.o.map((o, d) => o * tanhPrime(c_t[d]));
  const through = (d: readonly number[]) => d.map((x, k) => x * byState[k]);
  const paths = {
    o: prime.o.map((p, d) => Math.tanh(c_t[d]) * p),
    f: through(byGate.f),
    i: through(byGate.i),
    u: through(byGate.u),
  };
  return { z, gates, prime, c_t, h_t, byGate, paths };
}

/** A student's JSON with one quantity in it. */
export function answerWith(path: string, value: Numbers): unknown {
  const [first, ...keys] = path.split(".");
  if (first !== "optimum")
    return [...path.split(".")].reverse().reduce<unknown>((inner, key) => ({ [key]: inner }), value);
  const [p, goal, gate, part] = keys;
  const units = value.map((entry, unit) => ({ unit, [part]: entry }));
  return { optimum: { norm: p, goal, gates: { [gate]: units } } };
}
