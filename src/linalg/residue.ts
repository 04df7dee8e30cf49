/** Arithmetic modulo a prime, in which what is zero whatever some numbers are can be seen by taking random ones. */
import type { Ball } from "./ball.ts";

/** 2^61 − 1, a Mersenne prime. */
export const PRIME = 2n ** 61n - 1n;

/** m·2^e of an exact number; 2^61 = 1. */
export function residueOf({ mantissa, exponent }: Ball): bigint {
  const shift = ((exponent % 61n) + 61n) % 61n;
  return reduce(mantissa << shift);
}

export function reduce(n: bigint): bigint {
  const rest = n % PRIME;
  return rest < 0n ? rest + PRIME : rest;
}

/** Of each column of a matrix of residues whether it is no linear combination of those before it. */
export function independentColumns(matrix: readonly (readonly bigint[])[]): boolean[] {
  const rows = matrix.map((row) => [...row]);
  let rank = 0;
  return rows[0].map((_, c) => {
    const at = rows.findIndex((row, r) => r >= rank && row[c] !== 0n);
    if (at < 0) return false;
    [rows[rank], rows[at]] = [rows[at], rows[rank]];
    const pivot = rows[rank];
    rank += 1;
    for (let r = rank; r < rows.length; r++) {
      const first = rows[r][c];
      if (first !== 0n) rows[r] = rows[r].map((entry, k) => reduce(entry * pivot[c] - first * pivot[k]));
    }
    return true;
  });
}

/** Residues that look random, none of them zero, the same each time (Steele, Lea, Flood 2014). */
export function randomResidues(): () => bigint {
  let state = 0n;
  const step = (x: bigint, shift: bigint, factor: bigint) => BigInt.asUintN(64, (x ^ (x >> shift)) * factor);
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    const mixed = step(step(state, 30n, 0xbf58476d1ce4e5b9n), 27n, 0x94d049bb133111ebn);
    return ((mixed ^ (mixed >> 31n)) % (PRIME - 1n)) + 1n;
  };
}
