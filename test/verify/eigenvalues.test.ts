import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { parseDerivatives } from "../../src/input/parse-derivatives.ts";
import { ownDerivatives } from "../../src/lstm/results/derivatives.ts";
import { difference, exact, toDouble } from "../../src/verify/arithmetic.ts";
import { compare, magnitude, radiusOf, topOf } from "../../src/verify/ball.ts";
import { checkResult } from "../../src/verify/result.ts";
import { symmetricEigenvalues } from "../../src/verify/symmetric-eigenvalues.ts";
import { fixture } from "../helpers/fixtures.ts";
import { bits53, randomIn } from "../helpers/random.ts";

/** Q diag(values) Qᵀ with the reflector Q = I − v vᵀ/8, v = (±1 … ±1), 16 of them: exact in doubles for values of few bits. */
function reflected(values: readonly number[], next: () => number): number[][] {
  const v = values.map(() => (next() < 0.5 ? -1 : 1));
  const Q = v.map((a, r) => v.map((b, k) => (r === k ? 1 : 0) - (a * b) / 8));
  return Q.map((row) => Q.map((other) => row.reduce((sum, q, k) => sum + q * values[k]! * other[k]!, 0)));
}

describe("the eigenvalues of a symmetric matrix", () => {
  test.each<[string, number[]]>([
    ["far apart", Array.from({ length: 16 }, (_, k) => (k - 7) * 2 ** -k)],
    ["all but one the same", [...Array(15).fill(3), 5]],
    ["clusters that doubles hardly tell apart", Array.from({ length: 16 }, (_, k) => (k % 3) + 2 ** -36 * (k % 5))],
    ["of both signs and zero", Array.from({ length: 16 }, (_, k) => (k % 4) - 2)],
  ])("are enclosed to 2^-90 of the largest: %s", (_, values) => {
    const found = symmetricEigenvalues(reflected(values, randomIn(7)).map((row) => row.map(exact)));
    const scale = Math.max(...values.map(Math.abs));
    for (const [k, value] of values.toSorted((a, b) => b - a).entries()) {
      const ball = found[k]!;
      expect(topOf(radiusOf(ball))).toBeLessThan(Math.log2(scale) - 90);
      expect(compare(magnitude(difference({ ...ball, r: 0n }, exact(value))), radiusOf(ball))).toBeLessThanOrEqual(0);
    }
  });

  test("have the sum of the diagonal, whatever the entries", () => {
    const next = randomIn(11);
    const rows = Array.from({ length: 7 }, () => Array.from({ length: 7 }, () => bits53(next) * 2 ** (900 * next())));
    const symmetric = rows.map((row, r) => row.map((entry, k) => (r < k ? entry : rows[k]![r]!)));
    const found = symmetricEigenvalues(symmetric.map((row) => row.map(exact)));
    const trace = symmetric.reduce((sum, row, r) => sum + row[r]!, 0);
    const total = found.reduce((sum, ball) => sum + toDouble(ball), 0);
    expect(Math.abs(total - trace) / Math.max(...found.map((ball) => Math.abs(toDouble(ball))))).toBeLessThan(1e-14);
  });
});

describe("an answer's eigenvalues", () => {
  const cell = parseCell(fixture("homework6.json"));
  const eigenvalues = [...ownDerivatives.eigenvalues(cell)!];
  const judge = (answer: unknown) =>
    checkResult(cell, ownDerivatives, parseDerivatives(answer, "answer.json", cell), { tolerance: 1e-6 });

  test("are those of the Hessian, and a planted error is found where it is", () => {
    expect(judge({ eigenvalues })).toMatchObject({ passed: true, quantities: [{ of: "eigenvalues", entries: 2 }] });
    const [most, least] = eigenvalues as [number, number];
    expect(judge({ eigenvalues: [most + 1.5e-6 * Math.abs(least), least] })).toMatchObject({
      passed: false,
      quantities: [{ of: "eigenvalues", wrt: "h_prev", worst: { row: 0, column: null } }],
    });
    // descending, and as many as there are
    expect(judge({ eigenvalues: [least, most] }).passed).toBe(false);
    expect(() => judge({ eigenvalues: [most] })).toThrow("eigenvalues: 1 number, expected 2");
  });

  test("of a cell that is too large are passed over", () => {
    const zero = Array.from({ length: 17 }, () => Array(17).fill(0));
    const large = parseCell({ U_f: zero, U_i: zero, U_o: zero, U_u: zero });
    expect(() => parseDerivatives({ eigenvalues: Array(17).fill(0) }, "answer.json", large)).toThrow(
      "answer.json: no derivative in it",
    );
  });
});
