/** All that src computes for a seeded cell, by quantity, as fixtures/golden/rounding.py names and orders it. */
import { DlstmError } from "../../src/errors.ts";
import { sumError } from "../../src/linalg/error-free.ts";
import type { Matrix } from "../../src/linalg/matrix.ts";
import { backward } from "../../src/lstm/backward.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { byGate, GATES, type Gate, type Goal, NORMS, type Norm, OUTPUTS } from "../../src/lstm/names.ts";
import { optimum } from "../../src/lstm/optimum.ts";
import { terms } from "../../src/lstm/terms.ts";
import type { SeededCell } from "./rounded-cells.ts";

export type Values = Map<string, Float64Array>;

export function cellOf(seeded: SeededCell): Cell {
  const { H, I, W, U, b, b2 } = seeded;
  const matrix = (data: Float64Array, cols: number): Matrix => ({ rows: H, cols, data });
  const row = (data: Float64Array): Matrix => ({ rows: 1, cols: H, data });
  const gates = byGate((g) => {
    const sums = b[g].map((first, r) => first + b2[g][r]);
    const rests = b[g].map((first, r) => sumError(first, b2[g][r], first + b2[g][r]));
    return { W: matrix(W[g], I), U: matrix(U[g], H), b: sums, bRest: rests };
  });
  const { x_t, h_prev, c_prev, dh_t, dc_t } = seeded;
  return {
    name: null,
    hiddenSize: H,
    inputSize: I,
    gates,
    state: { x_t, h_prev, c_prev },
    x: null,
    reverse: false,
    upstream: { dh_t: row(dh_t), dc_t: row(dc_t) },
  };
}

/** Every quantity that is printed of one step; what overflows is not there. */
export function valuesOf(seeded: SeededCell): Values {
  const cell = cellOf(seeded);
  const trace = forward(cell);
  const values: Values = new Map();
  const add = (entries: () => Iterable<readonly [string, ArrayLike<number>]>) => {
    try {
      for (const [name, entry] of entries()) values.set(name, Float64Array.from(entry));
    } catch (error) {
      if (!(error instanceof DlstmError && error.problems[0].code === "overflow")) throw error;
    }
  };
  for (const g of GATES) add(() => [[`preactivations.${g}`, trace.z(g)!]]);
  for (const g of GATES) add(() => [[`gates.${g}`, trace.gate(g)!]]);
  for (const name of ["c_t", "tanh_c_t", "h_t"] as const) add(() => [[name, trace[name]!]]);
  for (const of of OUTPUTS) {
    for (const wrt of ["h_prev", "x_t"] as const) {
      add(() => [[`jacobian.${of}.${wrt}`, jacobian(trace, of, wrt).data]]);
    }
    if (GATES.includes(of as never)) continue;
    add(() => {
      const { rows, data } = jacobian(trace, of, "c_prev");
      return [[`jacobian.${of}.c_prev`, data.filter((_, k) => k % (rows + 1) === 0)]];
    });
  }
  for (const g of GATES) add(() => [[`terms.${g}`, terms(trace)[g].data]]);
  for (const norm of NORMS) {
    for (const goal of ["max", "min"] as const) for (const g of GATES) add(() => optimumEntries(cell, norm, goal, g));
  }
  add(() => gradientEntries(cell));
  return values;
}

function* optimumEntries(cell: Cell, norm: Norm, goal: Goal, g: Gate): Generator<readonly [string, number[]]> {
  const units = optimum(cell, g, { norm, goal });
  const none = new Array<number>(cell.hiddenSize).fill(0);
  yield [`optimum.${norm}.${goal}.${g}.h_prev`, units.flatMap(({ h_prev }) => Array.from(h_prev ?? none))];
  yield [`optimum.${norm}.${goal}.${g}.preactivation`, units.map(({ preactivation }) => preactivation)];
  yield [`optimum.${norm}.${goal}.${g}.activation`, units.map(({ activation }) => activation)];
}

function* gradientEntries(cell: Cell): Generator<readonly [string, ArrayLike<number>]> {
  const { loss, x, h_prev, c_prev, gates, steps } = backward(cell);
  yield ["loss", [loss]];
  yield ["steps.dc_t", steps[0].dc_t];
  yield ["gradient.c_prev", c_prev];
  yield ["gradient.h_prev", h_prev];
  yield ["gradient.x_t", x!.data];
  for (const g of GATES) {
    yield [`gradient.b_${g}`, gates[g].b];
    yield [`gradient.U_${g}`, gates[g].U.data];
    yield [`gradient.W_${g}`, gates[g].W!.data];
  }
}
