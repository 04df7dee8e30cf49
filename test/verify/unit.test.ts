import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { OUTPUTS, WRTS } from "../../src/lstm/names.ts";
import { type Ball, fromDouble, isZero } from "../../src/verify/ball.ts";
import { StepEntries } from "../../src/verify/step-entries.ts";
import { StepReference } from "../../src/verify/step-reference.ts";
import { Unit } from "../../src/verify/unit.ts";
import { realOf } from "../helpers/balls.ts";
import { exactGoldens } from "../helpers/fixtures.ts";
import { Real } from "../promise/exact.ts";

/** |got − expected|/|expected|; a golden below 1e-1000 stands as "0". */
function apart(got: Ball, expected: string): number {
  const [a, b] = [realOf(got), new Real(expected)];
  return b.isZero() ? a.abs().toNumber() : a.minus(b).div(b).abs().toNumber();
}

describe("the reference agrees with mpmath's dual numbers to the digits that are stored", () => {
  test.each(exactGoldens())("$name", ({ cell: native, expected }) => {
    const cell = parseCell(native);
    const reference = new StepEntries(new StepReference(cell));
    const jacobian = expected.jacobian as Record<string, Record<string, string[][]>>;
    let entries = 0;
    for (const of of OUTPUTS) {
      for (const wrt of WRTS) {
        jacobian[of]?.[wrt]?.forEach((row, r) => {
          row.forEach((entry, k) => {
            const { value } = reference.byInput(wrt, k).exactly(of, r);
            expect(apart(value, entry), `∂${of}/∂${wrt} [${r}][${k}]`).toBeLessThan(1e-24);
            entries += 1;
          });
        });
      }
    }
    for (const g of ["f", "i", "o", "u"] as const) {
      (expected.terms as Record<string, string[][]> | undefined)?.[g]?.forEach((row, r) => {
        row.forEach((entry, k) => {
          expect(apart(reference.term(g, k).exactly("h_t", r).value, entry), `T_${g}[${r}][${k}]`).toBeLessThan(1e-24);
        });
      });
    }
    expect(entries).toBeGreaterThan(0);
  });
});

describe("differences", () => {
  const unitAt = (z: number, c_prev = 0.5) => {
    const at = fromDouble(z);
    return new Unit({ z: { f: at, i: at, o: at, u: at }, c_prev: fromDouble(c_prev) });
  };

  // mpmath 1.3, 400 digits: exp(-z)/(1+exp(-z))**2 and 4/(exp(z)+exp(-z))**2
  test.each([
    [300, "5.148200222412013781154861921067130998135e-131", "1.060158621201724326535471778907833080612e-260"],
    [40, "4.248354255291588959232207025950354801666e-18", "7.219405551381660689248513429400109424085e-35"],
  ])("keep 38 digits of σ′ and tanh′ at |z| = %s", (z, slope, slopeOfTanh) => {
    for (const sign of [1, -1]) {
      const unit = unitAt(sign * z);
      for (const g of ["f", "i", "o"] as const) expect(apart(unit.difference(g)[g]!, slope)).toBeLessThan(1e-38);
      expect(apart(unit.difference("u").u!, slopeOfTanh)).toBeLessThan(1e-38);
    }
  });

  // σ′(z) → e^{-z} and tanh′(z) → 4e^{-2z}: at 5000 what they leave out is below 1e-2000
  test("keep all digits however far a gate is saturated", () => {
    const unit = unitAt(5000);
    const power = new Real(-5000).exp();
    expect(apart(unit.difference("f").f!, power.toString())).toBeLessThan(1e-60);
    expect(apart(unit.difference("u").u!, power.times(power).times(4).toString())).toBeLessThan(1e-60);
  });

  test.each([0, 1e-300, 5e-324, 2, 700, 1e308])("are within a radius of 2⁻¹⁸⁰ of themselves at z = %s", (z) => {
    for (const c_prev of [0, 5e-324, -3, 1e300]) {
      const unit = unitAt(z, c_prev);
      for (const input of ["f", "i", "o", "u", "c_prev"] as const) {
        for (const [of, { m, r }] of Object.entries(unit.difference(input))) {
          expect(r << 180n <= (m < 0n ? -m : m), `∂${of}/∂${input} with c_prev = ${c_prev}`).toBe(true);
        }
      }
    }
  });

  test("are 0 exactly where an output does not depend on what moves", () => {
    const { f, i, c_t, h_t } = unitAt(0, 0).difference("f");
    expect([isZero(f!), isZero(i!), isZero(c_t!), isZero(h_t!)]).toEqual([false, true, true, true]);
    // u = tanh(0)
    expect(isZero(unitAt(0).difference("i").c_t!)).toBe(true);
  });
});
