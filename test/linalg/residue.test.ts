import { describe, expect, test } from "vitest";
import { exactly } from "../../src/linalg/ball.ts";
import { independentColumns, PRIME, randomResidues, residueOf } from "../../src/linalg/residue.ts";
import { bits53, randomIn } from "../helpers/random.ts";

const residues = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map((a) => residueOf(exactly(a))));

describe("residues", () => {
  test("of doubles are those of their exact values", () => {
    expect([3, -1, 0].map((a) => residueOf(exactly(a)))).toEqual([3n, PRIME - 1n, 0n]);
    const third = residueOf(exactly(1 / 3));
    const numerator = BigInt((1 / 3) * 2 ** 54);
    expect((third * 2n ** 54n) % PRIME).toBe(numerator % PRIME);
    expect((residueOf(exactly(2 ** -1074)) * 2n ** 1074n) % PRIME).toBe(1n);
  });

  test("tell columns that others make up, however far apart the entries lie", () => {
    const next = randomIn(3);
    const column = () => Array.from({ length: 5 }, () => bits53(next) * 2 ** Math.round(600 * (next() - 0.5)));
    const [a, b, c] = [column(), column(), column()];
    const columns = [a, a.map((entry) => -4 * entry), b, a.map(() => 0), c, b.map((entry) => entry / 8)];
    const matrix = a.map((_, r) => columns.map((entries) => entries[r]!));
    expect(independentColumns(residues(matrix))).toEqual([true, false, true, false, true, false]);
    // the last bit of one entry
    matrix[1]![1]! *= 1 + 2 ** -52;
    expect(independentColumns(residues(matrix))).toEqual([true, true, true, false, true, false]);
    expect(independentColumns(residues([[0, 2, 3]]))).toEqual([false, true, false]);
  });

  test("that are random are no zeros, and differ", () => {
    const next = randomResidues();
    const drawn = Array.from({ length: 100 }, next);
    expect(new Set(drawn).size).toBe(100);
    expect(drawn.every((residue) => residue > 0n && residue < PRIME)).toBe(true);
  });
});
