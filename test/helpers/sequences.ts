import { GATES, type NativeCell } from "../promise/reference.ts";
import { numbers } from "./matrices.ts";

/** A native cell with a sequence. */
export type NativeSequence = NativeCell & {
  readonly x: number[][];
  dh_t?: number[] | number[][];
  dc_t?: number[] | number[][];
};

/** A full cell over a sequence, its numbers within ±spread, the same each time. */
export function randomSequence(H: number, I: number, T: number, seed = 1, spread = 1.5): NativeSequence {
  let drawn = seed * 1000;
  const vector = (length: number) => numbers(length, drawn++).map((x) => spread * x);
  const rows = (count: number, length: number) => Array.from({ length: count }, () => vector(length));
  const weights = GATES.flatMap((g) => [
    [`W_${g}`, rows(H, I)],
    [`U_${g}`, rows(H, H)],
    [`b_${g}`, vector(H)],
  ]);
  return { ...Object.fromEntries(weights), x: rows(T, I), h_prev: vector(H), c_prev: vector(H) };
}

/** One unit that reads nothing, over T steps: f = σ(b_f), i = o = ½, u = 0. */
export function fadingUnit(b_f: number, T: number): NativeSequence {
  return { ...unit({ U_f: 0, U_i: 0, U_o: 0, U_u: 0 }), b_f: [b_f], x: zeroInputs(T) };
}

/** One unit at rest, all gates half open and u = 0, whose h reaches u by a weight, over T steps. */
export function excitedUnit(U_u: number, T: number): NativeSequence {
  return { ...unit({ U_f: 0, U_i: 0, U_o: 0, U_u }), x: zeroInputs(T) };
}

function unit(U: Record<string, number>) {
  const matrices = Object.entries(U).map(([key, entry]) => [key, [[entry]]]);
  return Object.fromEntries([...matrices, ...GATES.map((g) => [`W_${g}`, [[0]]])]);
}

const zeroInputs = (T: number) => Array.from({ length: T }, () => [0]);
