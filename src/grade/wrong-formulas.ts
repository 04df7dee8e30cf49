/** The wrong formulas that take more than a line. What says nothing of a quantity gives null, or an empty list. */
import { zeros } from "../linalg/matrix.ts";
import { sumWeightedRows } from "../linalg/weighted-rows.ts";
import { sigmoid, tanh } from "../lstm/activation.ts";
import { GATES, type Gate, isGate } from "../lstm/names.ts";
import { type Quantity, type QuantityOf, sibling } from "../lstm/quantities.ts";
import { GATES_OF } from "../lstm/requirements.ts";
import { sensitivity } from "../lstm/sensitivity.ts";
import { type Entries, mapEntries, matrix, transposed } from "./entries.ts";
import type { CellFacts, Facts, Wrong } from "./facts.ts";
import type { GradedValues } from "./values.ts";
import type { WrongValues } from "./wrong-values.ts";

const SIGMOIDS: readonly Gate[] = ["f", "i", "o"];

export function isDerivative({ family }: Quantity): boolean {
  return family === "jacobian" || family === "terms" || family === "gradient";
}

export function transposes(entries: Entries | null): Wrong {
  return entries?.kind === "matrix" && transposed(entries);
}

/** The negative; of an optimum also the minimum for the maximum. */
export function negatives(q: Quantity, { expected, cell }: Facts): Wrong[] {
  const right = expected(q);
  const negative = right && mapEntries(right, (entry) => -entry);
  return [negative, q.family === "optimum" && cell?.right.of(sibling(q, { goal: q.goal === "max" ? "min" : "max" }))];
}

/** Σ_g U_g diag(w_g) for Σ_g diag(w_g) U_g */
export function columnsScaled(q: Quantity, { cell, trace }: GradedValues): Wrong {
  const isTerm = q.family === "terms";
  const of = isTerm ? "h_t" : q.family === "jacobian" && q.wrt === "h_prev" ? q.of : null;
  if (trace === null || of === null) return null;
  const { preactivation } = sensitivity(trace, of);
  const n = cell.hiddenSize;
  const result = zeros(n, n);
  for (const g of isTerm ? [q.gate] : GATES) {
    const [weights, own] = [preactivation[g], cell.gates[g]];
    if (weights === undefined || own === undefined) continue;
    const columns = transposed(matrix(own.U));
    const scaled = transposed(matrix(sumWeightedRows([{ weights, matrix: columns }], n, n)));
    scaled.data.forEach((entry, k) => {
      result.data[k] += entry;
    });
  }
  return matrix(result);
}

/** σ' and tanh' left out everywhere, or σ' alone. */
export function withoutDerivative(q: Quantity, wrong: WrongValues): Wrong[] {
  return inAllOrSigmoids(q, (gates) => wrong.withoutDerivative(gates));
}

/** σ'(f) for σ'(z_f) in every gate with tanh'(u), or in the σ gates alone: 1 − u² is known by heart. */
export function atActivation(q: Quantity, wrong: WrongValues): Wrong[] {
  return inAllOrSigmoids(q, (gates) => wrong.derivativeOfActivation(gates));
}

function inAllOrSigmoids(q: Quantity, mistakeIn: (gates: readonly Gate[]) => GradedValues): Wrong[] {
  return isDerivative(q) ? [GATES, SIGMOIDS].map((gates) => mistakeIn(gates).of(q)) : [];
}

/** ∂h_t, ∂c_t, and what passes back to the inputs, without the path through one gate. */
export function withoutPath(q: Quantity, gate: Gate, wrong: WrongValues): Wrong {
  const isSum =
    (q.family === "jacobian" && !isGate(q.of) && GATES_OF[q.of].includes(gate)) ||
    (q.family === "gradient" && (q.key === "h_prev" || q.key === "x_t"));
  return isSum && wrong.withoutPath(gate).of(q);
}

/** ±U^(d) for ±U^(d)/‖U^(d)‖ */
export function rowsOfU(q: Quantity, { cell }: GradedValues): Wrong {
  if (q.family !== "optimum" || q.part !== "h_prev") return null;
  const sign = q.goal === "max" ? 1 : -1;
  const own = cell.gates[q.gate];
  return own && mapEntries(matrix(own.U), (entry) => sign * entry);
}

/** z for σ(z); of an optimum also the norm, which is only a part of z. */
export function beforeActivation(q: Quantity, { right, wrong }: CellFacts): Wrong[] {
  if (q.family === "gates") return [right.of(sibling(q, { family: "preactivations" }))];
  if (q.family !== "optimum" || q.part !== "activation") return [];
  const preactivation = sibling(q, { part: "preactivation" });
  const norm = wrong.normAlone().of(preactivation);
  return [right.of(preactivation), norm, norm && mapEntries(norm, Math.abs)];
}

/** σ in u, in tanh(c_t), or in both. */
export function sigmoidForTanh(q: Quantity, { right, wrong }: CellFacts): Wrong[] {
  if (q.family === "preactivations") return [];
  if (q.family === "optimum") return [q.gate === "u" && activationBy(sigmoid, q, right)];
  return [wrong.sigmoidForU(), wrong.sigmoidOfCell(false), wrong.sigmoidOfCell(true)].map((values) => values.of(q));
}

/** tanh in f, i and o, or in one of them. */
export function tanhForSigmoid(q: Quantity, { right, wrong }: CellFacts): Wrong[] {
  if (q.family === "preactivations") return [];
  if (q.family === "optimum") return [q.gate !== "u" && activationBy(tanh, q, right)];
  return [SIGMOIDS, ...SIGMOIDS.map((g) => [g])].map((gates) => wrong.tanhForSigmoid(gates).of(q));
}

function activationBy(fn: typeof sigmoid, q: QuantityOf<"optimum">, right: GradedValues): Wrong {
  const z = q.part === "activation" && right.of(sibling(q, { part: "preactivation" }));
  return z && mapEntries(z, (entry) => fn(entry).value.hi);
}
