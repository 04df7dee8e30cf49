/** How far src is from the exact values, in ε of the scale that the contract names, entry by entry. */
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Matrix } from "../../src/linalg/matrix.ts";
import type { PairVector } from "../../src/linalg/pair.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { GATES, NORMS, OUTPUTS, WRTS } from "../../src/lstm/names.ts";
import { optimum } from "../../src/lstm/optimum.ts";
import { missingKeys } from "../../src/lstm/requirements.ts";
import { terms } from "../../src/lstm/terms.ts";
import { deviation } from "./exact.ts";
import type { NativeCell, Reference } from "./reference.ts";

/** Rows of numbers by quantity, under the keys of {@link Reference}. */
export type Numbers<T = number> = Map<string, T[][]>;

/** All that src computes for a cell of one step. */
export function compute(native: NativeCell): Numbers {
  const cell = parseCell(native);
  const trace = forward(cell);
  const result: Numbers = new Map();
  const column = (v: PairVector | Float64Array) => Array.from("hi" in v ? v.hi : v, (entry) => [entry]);
  const rows = ({ rows, cols, data }: Matrix) =>
    Array.from({ length: rows }, (_, r) => [...data.subarray(r * cols, (r + 1) * cols)]);
  for (const g of GATES) {
    if (trace.z[g]) result.set(`preactivations.${g}`, column(trace.z[g]));
    if (trace.gates[g]) result.set(`gates.${g}`, column(trace.gates[g].value));
    if (!trace.z[g]) continue;
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
  if (trace.tanh_c_t) result.set("tanh_c_t", column(trace.tanh_c_t.value));
  if (trace.h_t) result.set("h_t", column(trace.h_t));
  for (const of of OUTPUTS) {
    for (const wrt of WRTS) {
      if (missingKeys(cell, of, wrt).length === 0) result.set(`jacobian.${of}.${wrt}`, rows(jacobian(trace, of, wrt)));
    }
  }
  if (trace.h_t) for (const [g, matrix] of Object.entries(terms(trace))) result.set(`terms.${g}`, rows(matrix));
  return result;
}

/** The bound of a quantity in ε; the factor 1 + m is part of the scale. */
export function boundOf(quantity: string): number {
  if (/^(preactivations|gates|c_t|optimum|jacobian\.[fiou]\.)/.test(quantity)) return 8;
  return quantity.startsWith("jacobian.c_t.") ? 16 : 24;
}

export interface Deviation {
  readonly bound: number;
  /** |computed − exact| in ε of the scale, of each entry that is promised; Infinity where an exact zero is not zero. */
  readonly errors: number[];
  /** The largest of them, and where it is. */
  worst: { error: number; seed: number; row: number; column: number };
  /** How many entries lie outside the promise; these are only required to be finite. */
  skipped: number;
}

export type Deviations = Map<string, Deviation>;

/**
 * Compares numbers with the exact ones and adds what it finds to the deviations.
 * A quantity or an entry that is not there, or is no finite number, is an infinite error.
 */
export function measure(reference: Reference, computed: Numbers, seed: number, into: Deviations = new Map()) {
  for (const [quantity, rows] of reference) {
    const fresh = { error: -1, seed, row: -1, column: -1 };
    const found = into.get(quantity) ?? { bound: boundOf(quantity), errors: [], worst: fresh, skipped: 0 };
    into.set(quantity, found);
    rows.forEach((entries, row) => {
      entries.forEach(({ value, scale, promised }, column) => {
        const got = computed.get(quantity)?.[row]?.[column] ?? Number.NaN;
        let error = Number.POSITIVE_INFINITY;
        if (Number.isFinite(got)) {
          if (!promised) {
            found.skipped += 1;
            return;
          }
          error = deviation(got, value, scale);
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

/** What is outside the promise, in words; empty where all is well. */
export function violations(deviations: Deviations): string[] {
  return [...deviations].flatMap(([quantity, { bound, worst }]) =>
    worst.error <= bound
      ? []
      : [`${quantity}[${worst.row}][${worst.column}] of cell ${worst.seed}: ${worst.error}ε, promised ${bound}ε`],
  );
}
