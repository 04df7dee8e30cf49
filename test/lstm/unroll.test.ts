import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { rowOf } from "../../src/linalg/matrix.ts";
import { forward } from "../../src/lstm/forward.ts";
import { placeOf, stepCell, stepsOf, traceAt, unroll, walk } from "../../src/lstm/unroll.ts";
import { randomSequence } from "../helpers/sequences.ts";

const native = randomSequence(3, 2, 4);
const { x, ...weights } = native;

describe("a cell unrolled along its sequence", () => {
  test("does what its steps do one by one, each from the state that the one before printed", () => {
    const { steps, h, c } = unroll(parseCell(native));
    expect(steps).toBe(4);
    expect([h.rows, h.cols, c.rows, c.cols]).toEqual([5, 3, 5, 3]);
    expect([...rowOf(h, 0), ...rowOf(c, 0)]).toEqual([...native.h_prev!, ...native.c_prev!]);
    let state = { h_prev: native.h_prev!, c_prev: native.c_prev! };
    x.forEach((x_t, k) => {
      const { h_t, c_t } = forward(parseCell({ ...weights, ...state, x_t }));
      expect([...rowOf(h, k + 1)]).toEqual([...h_t!]);
      expect([...rowOf(c, k + 1)]).toEqual([...c_t!]);
      state = { h_prev: [...h_t!], c_prev: [...c_t!] };
    });
  });

  test("tells each step again, as a cell of one step", () => {
    const unrolled = unroll(parseCell(native));
    for (const { t, trace } of walk(parseCell(native))) {
      expect(traceAt(unrolled, t).h_t).toEqual(trace.h_t);
      expect(stepCell(unrolled, t).x).toBeNull();
      expect([...stepCell(unrolled, t).state.x_t!]).toEqual(x[t - 1]);
    }
  });

  test("starts from zero where no state is given, and has one step without x", () => {
    const { h_prev, c_prev, ...rest } = native;
    const { h, c } = unroll(parseCell(rest));
    expect([...rowOf(h, 0), ...rowOf(c, 0)]).toEqual([0, 0, 0, 0, 0, 0]);
    const one = parseCell({ ...weights, x_t: x[0] });
    expect(stepsOf(one)).toBe(1);
    expect(unroll(one).h.rows).toBe(2);
    expect([placeOf(one, 1), placeOf(parseCell(native), 3)]).toEqual(["", "steps[2]."]);
  });
});

describe("what is wrong with a sequence", () => {
  test("is a gate that it lacks", () => {
    const { W_o, U_o, b_o, ...partial } = native;
    expect(() => unroll(parseCell(partial))).toThrow(/U_o.*missing, but needed for h_t and c_t/);
  });

  test("is no pre-activation beyond the doubles: its gate saturates, and no state overflows", () => {
    const overflowing = {
      ...native,
      W_i: [
        [1e308, 1e308],
        [0, 0],
        [0, 0],
      ],
      x: [
        [0, 0],
        [0, 1],
        [1, 1],
      ],
    };
    const unrolled = unroll(parseCell(overflowing));
    expect(traceAt(unrolled, 3).gate("i")![0]).toBe(1);
    expect([...unrolled.h.data, ...unrolled.c.data].every(Number.isFinite)).toBe(true);
  });
});

test.each([0, -1, 1.5, 4, Number.NaN])("a sequence of three steps has no trace of step %s", (t) => {
  expect(() => traceAt(unroll(parseCell(randomSequence(2, 1, 3))), t)).toThrow("expected 1 … 3, the steps of x");
});
