/** The same values as rounded-values.ts, every one of them by the arithmetic of any precision: the slow path alone. */

import { affine } from "../../src/linalg/affine.ts";
import { rowOf } from "../../src/linalg/matrix.ts";
import { euclideanNorm, maxNorm, sumNorm } from "../../src/linalg/norm.ts";
import type { Real, RealArithmetic } from "../../src/linalg/real.ts";
import { nearestReal } from "../../src/linalg/real-rounding.ts";
import { fromDoubles, type RealVector } from "../../src/linalg/real-vector.ts";
import { type FullStep, sensitivity, stepBack } from "../../src/lstm/equations.ts";
import { forward, preactivation } from "../../src/lstm/forward.ts";
import { GATES, type Gate, type Norm } from "../../src/lstm/names.ts";
import type { SeededCell } from "./rounded-cells.ts";
import { cellOf } from "./rounded-values.ts";

/** Entry k of a quantity. */
type Entry = (A: RealArithmetic, k: number) => Real;

/** Entry k of a quantity that rounded-values.ts computes. */
export function slowValue(seeded: SeededCell): (quantity: string, k: number) => number {
  const cell = cellOf(seeded);
  const step = forward(cell).numbers as FullStep;
  const entries = new Map<string, Entry>();
  return (quantity, k) => {
    const entry = entries.get(quantity) ?? entryOf(quantity.split("."), seeded, cell, step);
    entries.set(quantity, entry);
    return nearestReal((A) => entry(A, k));
  };
}

const sum = (A: RealArithmetic, terms: readonly Real[]) =>
  terms.reduce((total, term) => A.plus(total, term), A.double(0));
const part = (vector: RealVector): Entry => vector.exactly;

function entryOf(
  [kind, ...names]: string[],
  seeded: SeededCell,
  cell: ReturnType<typeof cellOf>,
  step: FullStep,
): Entry {
  const { H, I, x_t, h_prev } = seeded;
  const [first, second] = names;
  const weighted = (A: RealArithmetic, vector: RealVector, r: number, weight: number) =>
    A.times(vector.exactly(A, r), A.double(weight));
  const back = stepBack(step, fromDoubles(seeded.dh_t), fromDoubles(seeded.dc_t));
  const units = [...Array(H).keys()];
  switch (kind) {
    case "preactivations":
      return part(step.z[first as Gate]);
    case "gates":
      return part(step.gates[first as Gate].value);
    case "tanh_c_t":
      return part(step.tanh_c_t.value);
    case "c_t":
    case "h_t":
      return part(step[kind]);
    case "jacobian": {
      const { preactivation, c_prev } = sensitivity(step, first as "h_t");
      if (second === "c_prev") return part(c_prev!);
      const [letter, cols] = second === "h_prev" ? (["U", H] as const) : (["W", I] as const);
      return (A, k) => {
        const r = Math.floor(k / cols);
        return sum(
          A,
          GATES.flatMap((g) => (preactivation[g] ? [weighted(A, preactivation[g], r, seeded[letter][g][k])] : [])),
        );
      };
    }
    case "terms": {
      const g = first as Gate;
      const path = sensitivity(step, "h_t").preactivation[g]!;
      return (A, k) => weighted(A, path, Math.floor(k / H), seeded.U[g][k]);
    }
    case "loss":
      return (A) =>
        sum(
          A,
          units.flatMap((r) => [weighted(A, step.h_t, r, seeded.dh_t[r]), weighted(A, step.c_t, r, seeded.dc_t[r])]),
        );
    case "steps":
      return part(back.dc_t);
    case "gradient": {
      if (first === "c_prev") return part(back.dc_prev);
      if (first === "h_prev" || first === "x_t") {
        const [letter, cols] = first === "h_prev" ? (["U", H] as const) : (["W", I] as const);
        return (A, k) =>
          sum(
            A,
            units.flatMap((r) => GATES.map((g) => weighted(A, back.dz[g], r, seeded[letter][g][r * cols + k]))),
          );
      }
      const [letter, g] = first.split("_") as ["W" | "U" | "b", Gate];
      const input = { W: x_t, U: h_prev, b: Float64Array.of(1) }[letter];
      return (A, k) => weighted(A, back.dz[g], Math.floor(k / input.length), input[k % input.length]);
    }
    default:
      return optimumEntry(first as Norm, second === "max" ? 1 : -1, names[2] as Gate, names[3], cell);
  }
}

function optimumEntry(norm: Norm, sign: number, g: Gate, told: string, cell: ReturnType<typeof cellOf>): Entry {
  const { U } = cell.gates[g]!;
  const rest = affine(U.rows, preactivation(cell, g, null)!);
  const size = (A: RealArithmetic, r: number) => {
    const row = rowOf(U, r);
    const of = { "1": sumNorm(Float64Array.of(maxNorm(row))), "2": euclideanNorm(row), inf: sumNorm(row) }[norm];
    return maxNorm(row) === 0 ? A.double(0) : of.exactly(A, 0);
  };
  if (told === "h_prev") {
    return (A, k) => {
      const row = rowOf(U, Math.floor(k / U.cols));
      const entry = row[k % U.cols];
      if (maxNorm(row) === 0) return A.double(0);
      if (norm === "2") return A.over(A.double(sign * entry), size(A, Math.floor(k / U.cols)));
      const isFirst = row.findIndex((other) => Math.abs(other) === maxNorm(row)) === k % U.cols;
      return A.double(norm === "inf" || isFirst ? sign * Math.sign(entry) : 0);
    };
  }
  const z: Entry = (A, k) => A.plus(rest.exactly(A, k), A.times(A.double(sign), size(A, k)));
  return (A, k) => (told === "preactivation" ? z(A, k) : A[g === "u" ? "tanh" : "sigmoid"](z(A, k)).value);
}

/** What is computed without a step, by number. */
export function slowSigmoid(z: number): { sigma: number; derivative: number } {
  const of = (told: "value" | "derivative") => nearestReal((A) => A.sigmoid(A.double(z))[told]);
  return { sigma: of("value"), derivative: of("derivative") };
}
