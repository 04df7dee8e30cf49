import { describe, expect, test } from "vitest";
import { DlstmError } from "../../src/errors.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { affine } from "../../src/linalg/affine.ts";
import { toDoubles } from "../../src/linalg/real-vector.ts";
import { forward, preactivation } from "../../src/lstm/forward.ts";
import { matrix } from "../helpers/fixtures.ts";
import { deviation, exact, tanh } from "../promise/exact.ts";

const zeroU = { U_f: [[0]], U_i: [[0]], U_o: [[0]], U_u: [[0]] };

function failureOf(run: () => unknown): DlstmError {
  try {
    run();
  } catch (error) {
    if (error instanceof DlstmError) return error;
    throw error;
  }
  throw new Error("expected a failure");
}

describe("one step", () => {
  test("with no weights leaves every gate half open and halves the memory", () => {
    const trace = forward(parseCell({ ...zeroU, c_prev: [3] }));
    expect([trace.gate("f")![0], trace.gate("i")![0], trace.gate("o")![0]]).toEqual([0.5, 0.5, 0.5]);
    expect([trace.gate("u")![0], trace.c_t![0]]).toEqual([0, 1.5]);
    expect(deviation(trace.h_t![0], tanh(exact(1.5)).value.div(2))).toBeLessThan(1);
  });

  test("computes z = W x + U h + b", () => {
    const cell = parseCell({
      W_f: matrix(3, 1, 2, 3, 0, 0, 1),
      U_f: matrix(2, 10, 20, 0, 5),
      b_f: [100, 200],
      x_t: [1, -1, 2],
      h_prev: [3, -1],
    });
    expect([...forward(cell).z("f")!]).toEqual([1 - 2 + 6 + 30 - 20 + 100, 2 - 5 + 200]);
  });

  test("takes what is absent for zero: x_t, h_prev, c_prev, b", () => {
    const trace = forward(parseCell({ ...zeroU, U_f: [[7]] }));
    expect([trace.z("f")![0], trace.h_prev[0], trace.c_prev[0], trace.c_t![0]]).toEqual([0, 0, 0, 0]);
  });

  test("of a partial cell holds what the cell tells, and no more", () => {
    const only = forward(parseCell({ U_f: [[1]] }));
    expect(Object.keys(only.numbers.gates)).toEqual(["f"]);
    expect([only.gate("i"), only.z("i")]).toEqual([null, null]);
    expect([only.c_t, only.tanh_c_t, only.h_t]).toEqual([null, null, null]);
    const withoutO = forward(parseCell({ U_f: [[1]], U_i: [[1]], U_u: [[1]], b_u: [1] }));
    expect(withoutO.c_t).not.toBeNull();
    expect(withoutO.h_t).toBeNull();
  });

  test("without h_prev a pre-activation is W x + b", () => {
    const cell = parseCell({ W_f: [[2]], U_f: [[1e300]], b_f: [1], x_t: [3], h_prev: [1] });
    expect([...toDoubles(affine(1, preactivation(cell, "f", null)!))]).toEqual([7]);
    expect(preactivation(cell, "o", null)).toBeNull();
  });
});

describe("at the ends of the double range", () => {
  test("gates at z = ±1e308 are saturated, not NaN", () => {
    const trace = forward(parseCell({ ...zeroU, b_f: [1e308], b_i: [-1e308], b_u: [-1e308], c_prev: [2] }));
    expect([trace.gate("f")![0], trace.gate("i")![0], trace.gate("u")![0]]).toEqual([1, 0, -1]);
    expect(trace.c_t![0]).toBe(2);
    expect(Number.isFinite(trace.h_t![0])).toBe(true);
  });

  test("W x = 1e400 that cancels gives the right z", () => {
    const cell = { ...zeroU, W_f: [[1e200, -1e200]], W_i: [[0, 0]], W_o: [[0, 0]], W_u: [[0, 0]], x_t: [1e200, 1e200] };
    expect(forward(parseCell(cell)).z("f")![0]).toBe(0);
    const nearly = { ...cell, W_f: [[2 ** 600, -(2 ** 600 - 2 ** 550)]], x_t: [2 ** 430, 2 ** 430] };
    expect(forward(parseCell(nearly)).z("f")![0]).toBe(2 ** 980);
  });

  test("U h that is far larger than z keeps z's digits", () => {
    const cell = { ...zeroU, U_f: [[1e15]], h_prev: [1], b_f: [-1e15 + 0.125] };
    expect(forward(parseCell(cell)).z("f")![0]).toBe(0.125);
    const twice = { U_f: matrix(2, 1e15, -1e15, 0, 0), h_prev: [0.1, 0.1], b_f: [1e-3, 0] };
    expect(forward(parseCell(twice)).z("f")![0]).toBe(1e-3);
  });

  test("a pre-activation that overflows saturates; to print it is an error that names it", () => {
    const trace = forward(parseCell({ U_u: matrix(2, 0, 0, 1e308, 0), h_prev: [1e10, 0] }));
    expect([...trace.gate("u")!]).toEqual([0, 1]);
    const { problems } = failureOf(() => trace.z("u"));
    expect(problems).toEqual([
      expect.objectContaining({
        code: "overflow",
        place: "preactivations.u[1]",
        message: expect.stringMatching(/double/),
      }),
    ]);
  });

  test("the largest memory stays finite", () => {
    const { c_t, h_t } = forward(
      parseCell({ ...zeroU, b_f: [800], b_i: [800], b_u: [800], c_prev: [Number.MAX_VALUE] }),
    );
    expect([c_t![0], h_t![0]]).toEqual([Number.MAX_VALUE, 0.5]);
  });
});

test("a sequence is refused: it is no step whose x_t is zero", () => {
  const { problems } = failureOf(() =>
    forward(parseCell({ ...zeroU, W_f: [[1]], W_i: [[1]], W_o: [[1]], W_u: [[1]], x: [[1]] })),
  );
  expect(problems).toMatchObject([{ code: "usage", place: "x", message: expect.stringContaining("cellAtStep") }]);
});
