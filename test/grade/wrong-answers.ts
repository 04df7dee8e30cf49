/** What students hand in who hold one misconception: at least one quantity an id, from plain loops. */
import { GATES } from "../promise/reference.ts";
import {
  dot,
  type FullCell,
  type Numbers,
  negative,
  norm,
  plus,
  scaleColumns,
  scaleRows,
  sigma,
  sigmaPrime,
  tanhPrime,
  transpose,
  workOut,
} from "./lesson.ts";

const sum = (terms: readonly number[]) => terms.reduce((total, x) => total + x, 0);
const column = (M: readonly (readonly number[])[], k: number) => M.map((row) => row[k]);

type Planted = readonly (readonly [path: string, wrong: Numbers])[];

export const PLANTED: Readonly<Record<string, (cell: FullCell) => Planted>> = {
  transposed: (cell) => {
    const { prime, paths } = workOut(cell);
    const rows = GATES.map((g) => scaleRows(paths[g], cell[`U_${g}`]));
    return [
      ["jacobian.f.h_prev", transpose(scaleRows(prime.f, cell.U_f))],
      ["jacobian.h_t.h_prev", transpose(plus(...rows))],
      ["terms.i", transpose(scaleRows(paths.i, cell.U_i))],
      // I × H for H × I
      ["jacobian.o.x_t", transpose(scaleRows(prime.o, cell.W_o))],
      [
        "gradient.W_o",
        transpose(
          scaleRows(
            paths.o,
            cell.W_o.map(() => cell.x_t),
          ),
        ),
      ],
    ];
  },
  "columns-scaled": (cell) => {
    const { prime, paths, byGate } = workOut(cell);
    return [
      ["jacobian.f.h_prev", scaleColumns(cell.U_f, prime.f)],
      ["jacobian.u.h_prev", scaleColumns(cell.U_u, prime.u)],
      ["jacobian.c_t.h_prev", plus(...(["f", "i", "u"] as const).map((g) => scaleColumns(cell[`U_${g}`], byGate[g])))],
      ["jacobian.h_t.h_prev", plus(...GATES.map((g) => scaleColumns(cell[`U_${g}`], paths[g])))],
      ["terms.o", scaleColumns(cell.U_o, paths.o)],
    ];
  },
  "missing-tanh-prime": (cell) => {
    const { gates, paths, byGate } = workOut(cell);
    const wrong = { ...paths };
    for (const g of ["f", "i", "u"] as const) wrong[g] = byGate[g].map((x, d) => gates.o[d] * x);
    return [
      ["jacobian.h_t.h_prev", plus(...GATES.map((g) => scaleRows(wrong[g], cell[`U_${g}`])))],
      ["jacobian.h_t.x_t", plus(...GATES.map((g) => scaleRows(wrong[g], cell[`W_${g}`])))],
      ["jacobian.h_t.c_prev", gates.f.map((f, d) => gates.f.map((_, k) => (k === d ? gates.o[d] * f : 0)))],
      ["terms.f", scaleRows(wrong.f, cell.U_f)],
      // dz_f for dh_t = 1
      ["gradient.b_f", wrong.f],
    ];
  },
  "wrong-sign": (cell) => {
    const { h_t, prime } = workOut(cell);
    return [
      ["h_t", h_t.map((h) => -h)],
      ["jacobian.u.x_t", negative(scaleRows(prime.u, cell.W_u))],
      ["optimum.2.max.f.h_prev", cell.U_f.map((row) => row.map((x) => -x / norm(row)))],
    ];
  },
  "column-of-U": (cell) => [
    ["optimum.2.max.f.h_prev", transpose(cell.U_f).map((column) => column.map((x) => x / norm(column)))],
    ["optimum.2.max.u.h_prev", transpose(cell.U_u).map((column) => column.map((x) => x / norm(column)))],
  ],
  "gates-swapped": (cell) => {
    const { gates, z, prime } = workOut(cell);
    return [
      ["gates.f", gates.i],
      ["gates.u", gates.o],
      ["preactivations.o", z.u],
      ["jacobian.i.h_prev", scaleRows(prime.o, cell.U_o)],
      ["jacobian.f.x_t", scaleRows(prime.i, cell.W_i)],
      ["gradient.b_u", workOut(cell).paths.f],
    ];
  },
  "sigmoid-for-tanh": (cell) => {
    const { gates, z, c_t } = workOut(cell);
    return [
      ["gates.u", z.u.map(sigma)],
      ["jacobian.u.h_prev", scaleRows(z.u.map(sigmaPrime), cell.U_u)],
      ["h_t", gates.o.map((o, d) => o * sigma(c_t[d]))],
    ];
  },
  "missing-sigma-prime": (cell) => {
    const { c_t, prime, paths } = workOut(cell);
    const dz_i = paths.i.map((x, d) => x / prime.i[d]);
    return [
      ["jacobian.f.h_prev", cell.U_f],
      ["jacobian.u.h_prev", cell.U_u],
      ["jacobian.o.x_t", cell.W_o],
      ["terms.o", scaleRows(c_t.map(Math.tanh), cell.U_o)],
      [
        "gradient.U_i",
        scaleRows(
          dz_i,
          cell.U_i.map(() => cell.h_prev),
        ),
      ],
    ];
  },
  "sigma-prime-of-activation": (cell) => {
    const { gates, prime, paths } = workOut(cell);
    const ofGates = (["f", "i", "o"] as const).map((g) => {
      const path = gates[g].map((a, d) => (paths[g][d] / prime[g][d]) * sigmaPrime(a));
      return scaleRows(path, cell[`U_${g}`]);
    });
    return [
      // with tanh'(z_u), which is known by heart as 1 − u²
      ["jacobian.h_t.h_prev", plus(...ofGates, scaleRows(paths.u, cell.U_u))],
      ["jacobian.f.h_prev", scaleRows(gates.f.map(sigmaPrime), cell.U_f)],
      ["jacobian.u.h_prev", scaleRows(gates.u.map(tanhPrime), cell.U_u)],
      ["jacobian.i.x_t", scaleRows(gates.i.map(sigmaPrime), cell.W_i)],
    ];
  },
  ...Object.fromEntries(
    GATES.map((left) => [
      `missing-term-${left}`,
      (cell: FullCell): Planted => {
        const { paths, byGate } = workOut(cell);
        const others = GATES.filter((g) => g !== left);
        const ofState = (["f", "i", "u"] as const).filter((g) => g !== left);
        return [
          ["jacobian.h_t.h_prev", plus(...others.map((g) => scaleRows(paths[g], cell[`U_${g}`])))],
          ["jacobian.h_t.x_t", plus(...others.map((g) => scaleRows(paths[g], cell[`W_${g}`])))],
          [
            "gradient.h_prev",
            cell.h_prev.map((_, k) => sum(others.map((g) => dot(paths[g], column(cell[`U_${g}`], k))))),
          ],
          ...(left === "o"
            ? []
            : ([["jacobian.c_t.h_prev", plus(...ofState.map((g) => scaleRows(byGate[g], cell[`U_${g}`])))]] as const)),
        ];
      },
    ]),
  ),
  "not-normalised": (cell) => [
    ["optimum.2.max.f.h_prev", cell.U_f],
    ["optimum.2.min.o.h_prev", negative(cell.U_o)],
    ["optimum.inf.max.f.h_prev", cell.U_f],
  ],
  "norm-not-activation": (cell) => [
    ["optimum.2.max.f.activation", cell.U_f.map(norm)],
    ["optimum.2.max.f.activation", cell.U_f.map((row, d) => dot(cell.W_f[d], cell.x_t) + cell.b_f[d] + norm(row))],
    ["gates.i", workOut(cell).z.i],
  ],
  "missing-bias": (cell) => {
    const zero = cell.b_f.map(() => 0);
    const { z, gates, h_t } = workOut({ ...cell, b_f: zero, b_i: zero, b_o: zero, b_u: zero });
    return [
      ["preactivations.f", z.f],
      ["gates.o", gates.o],
      ["h_t", h_t],
      ["optimum.2.max.f.activation", cell.U_f.map((row, d) => sigma(dot(cell.W_f[d], cell.x_t) + norm(row)))],
    ];
  },
  "tanh-for-sigmoid": (cell) => {
    const { z, gates } = workOut(cell);
    const inOne = z.i.map((x, d) => gates.f[d] * cell.c_prev[d] + Math.tanh(x) * gates.u[d]);
    const inAll = z.i.map((x, d) => Math.tanh(z.f[d]) * cell.c_prev[d] + Math.tanh(x) * gates.u[d]);
    return [
      ["c_t", inOne],
      ["c_t", inAll],
      ["h_t", inOne.map((c, d) => gates.o[d] * Math.tanh(c))],
      ["h_t", inAll.map((c, d) => Math.tanh(z.o[d]) * Math.tanh(c))],
      ["gates.f", z.f.map(Math.tanh)],
      ["jacobian.o.h_prev", scaleRows(z.o.map(tanhPrime), cell.U_o)],
    ];
  },
};
