/** The textbook formulas in plain doubles, as most programs have them: σ' = σ(1 − σ), tanh' = 1 − tanh², plain sums. */
import type { Numbers } from "./measure.ts";
import { GATES, type Gate, type NativeCell } from "./reference.ts";

export function computeNaively(cell: NativeCell): Numbers {
  const H = cell.U_f!.length;
  const zero = new Array<number>(H).fill(0);
  const { x_t = [], h_prev = zero, c_prev = zero } = cell;
  const dot = (a: readonly number[], b: readonly number[]) => b.reduce((sum, entry, k) => sum + a[k] * entry, 0);
  const value = {} as Record<Gate, number[]>;
  const derivative = {} as Record<Gate, number[]>;
  for (const g of GATES) {
    const b = cell[`b_${g}`] ?? zero;
    const z = b.map((entry, d) => dot(cell[`W_${g}`]![d], x_t) + dot(cell[`U_${g}`]![d], h_prev) + entry);
    value[g] = z.map((entry) => (g === "u" ? Math.tanh(entry) : 1 / (1 + Math.exp(-entry))));
    derivative[g] = value[g].map((entry) => (g === "u" ? 1 - entry * entry : entry * (1 - entry)));
  }
  const { f, i, o, u } = value;
  const c_t = f.map((entry, d) => entry * c_prev[d] + i[d] * u[d]);
  const t = c_t.map(Math.tanh);
  const rows = (at: (d: number, k: number) => number) => zero.map((_, d) => zero.map((__, k) => at(d, k)));
  const U = (g: Gate, d: number, k: number) => cell[`U_${g}`]![d][k];
  const dc = rows(
    (d, k) =>
      c_prev[d] * derivative.f[d] * U("f", d, k) +
      u[d] * derivative.i[d] * U("i", d, k) +
      i[d] * derivative.u[d] * U("u", d, k),
  );
  const dh = rows((d, k) => t[d] * derivative.o[d] * U("o", d, k) + o[d] * (1 - t[d] * t[d]) * dc[d][k]);
  const column = (vector: number[]) => vector.map((entry) => [entry]);
  return new Map([
    ...GATES.map((g) => [`gates.${g}`, column(value[g])] as const),
    ...GATES.map((g) => [`jacobian.${g}.h_prev`, rows((d, k) => derivative[g][d] * U(g, d, k))] as const),
    ["c_t", column(c_t)] as const,
    ["h_t", column(o.map((entry, d) => entry * t[d]))] as const,
    ["jacobian.c_t.h_prev", dc] as const,
    ["jacobian.h_t.h_prev", dh] as const,
  ]);
}
