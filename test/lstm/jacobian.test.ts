import { describe, expect, test } from "vitest";
import { DlstmError } from "../../src/errors.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { GATES, OUTPUTS, type Output, WRTS, type Wrt } from "../../src/lstm/names.ts";
import { terms } from "../../src/lstm/terms.ts";
import { matrix } from "../helpers/fixtures.ts";

const U = {
  U_f: matrix(2, 4, 8, 12, 16),
  U_i: matrix(2, 1, 0, 0, 1),
  U_o: matrix(2, 1, 1, 0, 2),
  U_u: matrix(2, 2, 0, 1, 3),
};
const W = {
  W_f: matrix(3, 4, 0, 8, 0, 4, 12),
  W_i: matrix(3, 1, 0, 0, 0, 1, 0),
  W_o: matrix(3, 0, 0, 1, 1, 0, 0),
  W_u: matrix(3, 1, 1, 1, 0, 0, 0),
};

function rows(native: object, of: Output, wrt: Wrt): number[][] {
  const { cols, data } = jacobian(forward(parseCell(native)), of, wrt);
  return matrix(cols, ...data);
}

function failureOf(native: object, of: Output, wrt: Wrt): DlstmError["problems"] {
  try {
    rows(native, of, wrt);
  } catch (error) {
    if (error instanceof DlstmError) return error.problems;
    throw error;
  }
  throw new Error("expected a failure");
}

describe("∂of/∂wrt", () => {
  test("∂f/∂h scales the rows of U_f by σ′(z_f), not the columns", () => {
    // σ′(0) = 1/4, σ′(40) = 4.248…e-18
    const steep = 4.248354255291589e-18;
    expect(rows({ ...U, b_f: [0, 40] }, "f", "h_prev")).toEqual([
      [1, 2],
      [12 * steep, 16 * steep],
    ]);
  });

  test("∂u/∂h is U_u itself at z_u = 0", () => {
    expect(rows(U, "u", "h_prev")).toEqual(U.U_u);
  });

  test("∂f/∂x_t is the same with W, H × I", () => {
    expect(rows({ ...U, ...W }, "f", "x_t")).toEqual([
      [1, 0, 2],
      [0, 1, 3],
    ]);
  });

  test("a gate does not look at c_{t-1}, and c_t keeps f of it", () => {
    for (const g of GATES) expect(rows(U, g, "c_prev")).toEqual(matrix(2, 0, 0, 0, 0));
    expect(rows({ ...U, c_prev: [5, 7] }, "c_t", "c_prev")).toEqual(matrix(2, 0.5, 0, 0, 0.5));
  });

  test("∂c_t/∂h = diag(c_{t-1} σ′) U_f + diag(u σ′) U_i + diag(i tanh′) U_u, with u = 0 here", () => {
    expect(rows({ ...U, c_prev: [2, -1] }, "c_t", "h_prev")).toEqual([
      [2 * 1 + 0.5 * 2, 2 * 2],
      [-3 + 0.5, -4 + 1.5],
    ]);
  });

  test("every output has a Jacobian with respect to every input, H × H or H × I", () => {
    for (const of of OUTPUTS) {
      for (const wrt of WRTS) {
        const shape = rows({ ...U, ...W, x_t: [1, 2, 3] }, of, wrt).map((row) => row.length);
        expect(shape).toEqual(wrt === "x_t" ? [3, 3] : [2, 2]);
      }
    }
  });
});

describe("the four terms", () => {
  test("are the paths through o, f, i and u, one U_g each", () => {
    const found = terms(forward(parseCell({ ...U, c_prev: [0, 0] })));
    // c_t = 0: tanh(c_t) = 0 closes the path through o, c_{t-1} = 0 that through f, u = 0 that through i
    for (const g of ["o", "f", "i"] as const) expect([...found[g].data].map(Math.abs)).toEqual([0, 0, 0, 0]);
    expect([...found.u.data]).toEqual([0.5, 0, 0.25, 0.75]);
  });
});

describe("what cannot be computed", () => {
  test("names the keys that are lacking", () => {
    expect(failureOf({ U_f: [[1]] }, "c_t", "h_prev").map(({ code, place }) => [code, place])).toEqual([
      ["missing", "U_i"],
      ["missing", "U_u"],
    ]);
    expect(failureOf({ U_f: [[1]] }, "f", "x_t").map(({ place }) => place)).toEqual(["W_f"]);
  });

  test("names the entry that overflows", () => {
    const huge = { ...U, U_f: matrix(2, 0, 0, 0, 1e308), c_prev: [1, 1e10] };
    const expected = (place: string) => [expect.objectContaining({ code: "overflow", place })];
    expect(failureOf(huge, "c_t", "h_prev")).toEqual(expected("jacobian.c_t.h_prev[1][1]"));
    const wide = { ...U, ...W, W_f: matrix(3, 0, 0, 1e308, 0, 0, 0), c_prev: [1e10, 0] };
    expect(failureOf(wide, "c_t", "x_t")).toEqual(expected("jacobian.c_t.x_t[0][2]"));
    // f c = 3/2, i u = −1: c_t = 1/2, and T_f = (3/2)(1 − f) sech²(1/2) U_f is larger than U_f
    const one = {
      U_f: [[1.7e308]],
      U_i: [[1]],
      U_o: [[1]],
      U_u: [[1]],
      b_f: [-10],
      b_i: [800],
      b_o: [800],
      b_u: [-800],
    };
    const trace = forward(parseCell({ ...one, c_prev: [1.5 * (1 + Math.exp(10))] }));
    expect(() => terms(trace)).toThrow("terms.f[0][0]: ");
  });
});
