/** How far src is from the exact values, in ulp, entry by entry. */
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Matrix } from "../../src/linalg/matrix.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { GATES, NORMS, OUTPUTS, WRTS } from "../../src/lstm/names.ts";
import { optimum } from "../../src/lstm/optimum.ts";
import { missingKeys } from "../../src/lstm/requirements.ts";
import { terms } from "../../src/lstm/terms.ts";
import { ulps } from "./exact.ts";
import type { NativeCell, Reference } from "./reference.ts";

/** Rows of numbers by quantity, under the keys of {@link Reference}. */
export type Numbers<T = number> = Map<string, T[][]>;

/** All that src computes for a cell of one step. */
export function compute(native: NativeCell): Numbers {
  const cell = parseCell(native);
  const trace = forward(cell);
  const result: Numbers = new Map();
  const column = (v: Float64Array) => Array.from(v, (entry) => [entry]);
  const rows = ({ rows, cols, data }: Matrix) =>
    Array.from({ length: rows }, (_, r) => [...data.subarray(r * cols, (r + 1) * cols)]);
  for (const g of GATES) {
    const [z, gate] = [trace.z(g), trace.gate(g)];
    if (z === null || gate === null) continue;
    result.set(`preactivations.${g}`, column(z));
    result.set(`gates.${g}`, column(gate));
    for (const norm of NORMS) {
      for (const goal of ["max", "min"] as const) {
        const units = optimum(cell, g, { norm, goal });
        const at = `optimum.${norm}.${goal}.${g}`;
        result.set(
          `${at}.h_prev`,
          units.map(({ h_prev }) => [...(h_prev ?? [])]),
        );
        for (const key of ["preactivation", "activation"] as const) {
          result.set(
            `${at}.${key}`,
            units.map((unit) => [unit[key]]),
          );
        }
      }
    }
  }
  if (trace.c_t) result.set("c_t", column(trace.c_t));
  if (trace.tanh_c_t) result.set("tanh_c_t", column(trace.tanh_c_t));
  if (trace.h_t) result.set("h_t", column(trace.h_t));
  for (const of of OUTPUTS) {
    for (const wrt of WRTS) {
      if (missingKeys(cell, of, wrt).length === 0) result.set(`jacobian.${of}.${wrt}`, rows(jacobian(trace, of, wrt)));
    }
  }
  if (trace.h_t) for (const [g, matrix] of Object.entries(terms(trace))) result.set(`terms.${g}`, rows(matrix));
  return result;
}

export interface Deviation {
  /** |computed − exact| in ulp of each entry that is known; Infinity where an exact zero is not zero. */
  readonly errors: number[];
  /** The largest of them, and where it is. */
  worst: { error: number; seed: number; row: number; column: number };
  /** How many entries the reference does not know; these are only required to be finite. */
  skipped: number;
}

export type Deviations = Map<string, Deviation>;

/** Half an ulp, and what the reference may be off. */
export const ALLOWED = 0.5 * (1 + 2 ** -40);

/**
 * Compares numbers with the exact ones and adds what it finds to the deviations.
 * A quantity or an entry that is not there, or is no finite number, is an infinite error.
 */
export function measure(reference: Reference, computed: Numbers, seed: number, into: Deviations = new Map()) {
  for (const [quantity, rows] of reference) {
    const fresh = { error: -1, seed, row: -1, column: -1 };
    const found = into.get(quantity) ?? { errors: [], worst: fresh, skipped: 0 };
    into.set(quantity, found);
    rows.forEach((entries, row) => {
      entries.forEach(({ value, known }, column) => {
        const got = computed.get(quantity)?.[row]?.[column] ?? Number.NaN;
        let error = Number.POSITIVE_INFINITY;
        if (Number.isFinite(got)) {
          if (!known) {
            found.skipped += 1;
            return;
          }
          error = ulps(got, value);
        }
        found.errors.push(error);
        if (error > found.worst.error) found.worst = { error, seed, row, column };
      });
      const extra = (computed.get(quantity)?.[row]?.length ?? 0) - entries.length;
      if (extra > 0) found.worst = { error: Number.POSITIVE_INFINITY, seed, row, column: entries.length };
    });
  }
  return into;
}

/** What is not rounded to nearest, in words; empty where all is well. */
export function violations(deviations: Deviations, allowed = ALLOWED): string[] {
  return [...deviations].flatMap(
    ([
      quantity,
      {
        worst: { error, row, column, seed },
      },
    ]) => (error <= allowed ? [] : [`${quantity}[${row}][${column}] of cell ${seed}: ${error} ulp`]),
  );
}
