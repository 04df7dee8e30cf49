import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { OUTPUTS, WRTS } from "../../src/lstm/names.ts";
import { StepReference } from "../../src/verify/step-reference.ts";
import { Unit } from "../../src/verify/unit.ts";
import { exactGoldens } from "../helpers/fixtures.ts";
import { Real } from "../promise/exact.ts";

/** |got − expected|/|expected|; a golden below 1e-1000 stands as "0". */
function apart(got: { toString(): string }, expected: string): number {
  const [a, b] = [new Real(got.toString()), new Real(expected)];
  return b.isZero() ? a.abs().toNumber() : a.minus(b).div(b).abs().toNumber();
}

describe("the reference agrees with mpmath's dual numbers to the digits that are stored", () => {
  test.each(exactGoldens())("$name", ({ cell: native, expected }) => {
    const cell = parseCell(native);
    const reference = new StepReference(cell);
    const jacobian = expected.jacobian as Record<string, Record<string, string[][]>>;
    let entries = 0;
    for (const of of OUTPUTS) {
      for (const wrt of WRTS) {
        jacobian[of]?.[wrt]?.forEach((row, r) => {
          row.forEach((entry, k) => {
            const { value } = reference.entries(wrt, r, k)(of);
            expect(apart(value, entry), `∂${of}/∂${wrt} [${r}][${k}]`).toBeLessThan(1e-24);
            entries += 1;
          });
        });
      }
    }
    for (const g of ["f", "i", "o", "u"] as const) {
      (expected.terms as Record<string, string[][]> | undefined)?.[g]?.forEach((row, r) => {
        row.forEach((entry, k) => {
          expect(apart(reference.term(g, r, k).value, entry), `T_${g}[${r}][${k}]`).toBeLessThan(1e-24);
        });
      });
    }
    expect(entries).toBeGreaterThan(0);
  });
});

describe("differences", () => {
  const one = new Real(1);
  const unitAt = (z: number, c_prev = 0.5) => {
    const at = new Real(z);
    return new Unit({ z: { f: at, i: at, o: at, u: at }, c_prev: new Real(c_prev) });
  };

  // mpmath 1.3, 400 digits: exp(-z)/(1+exp(-z))**2 and 4/(exp(z)+exp(-z))**2
  test.each([
    [300, "5.148200222412013781154861921067130998135e-131", "1.060158621201724326535471778907833080612e-260"],
    [40, "4.248354255291588959232207025950354801666e-18", "7.219405551381660689248513429400109424085e-35"],
  ])("keep 30 digits of σ′ and tanh′ at |z| = %s", (z, slope, slopeOfTanh) => {
    for (const sign of [1, -1]) {
      const unit = unitAt(sign * z);
      for (const g of ["f", "i", "o"] as const) {
        expect(apart(unit.difference({ [g]: one })[g]!, slope)).toBeLessThan(1e-30);
      }
      expect(apart(unit.difference({ u: one }).u!, slopeOfTanh)).toBeLessThan(1e-30);
    }
  });

  test("keep 30 digits of a path beside one that is 10³⁰⁰ times larger", () => {
    const unit = unitAt(0.5);
    const small = new Real("1e-300");
    for (const [direction, g] of [
      [{ f: small, u: one }, "f"],
      [{ f: one, u: small }, "u"],
    ] as const) {
      const alone = unit.difference({ [g]: one })[g]!;
      expect(apart(new Real(unit.difference(direction)[g]!.toString()).times("1e300"), alone.toString())).toBeLessThan(
        1e-30,
      );
    }
  });

  test("of a direction that stands still are none", () => {
    expect(unitAt(1).difference({})).toEqual({});
    expect(unitAt(1).difference({ f: new Real(0) })).toEqual({});
  });
});
