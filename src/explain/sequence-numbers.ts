import { diagonal, type Matrix } from "../linalg/matrix.ts";
import { log10 } from "../linalg/scaled-number.ts";
import type { Cell } from "../lstm/cell.ts";
import { gate, PREVIOUS } from "../lstm/letters.ts";
import { flowRecord, productBlocks, productNorm } from "../lstm/results/sequence-parts.ts";
import { times } from "../lstm/sensitivity.ts";
import { productsToEnd, stepAt } from "../lstm/sequence-jacobian.ts";
import { type StateProduct, toScaledMatrix } from "../lstm/state-product.ts";
import { stepJacobian } from "../lstm/step-jacobian.ts";
import { traceAt, unroll } from "../lstm/unroll.ts";
import type { Rows } from "../lstm/values.ts";
import { apply, derivative, large, norm, type Part, sub } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";

/** The numbers of the topic sequence by path; null where there is no such number in the doubles. */
export type SequenceNumbers = Readonly<Record<keyof typeof SEQUENCE_SYMBOLS, Float64Array | Matrix | Rows | null>>;

const state = (t: Part) => sub("s", t);

export const SEQUENCE_SYMBOLS = {
  "sequence.first.h_t.h_prev": derivative(sub("h", 1), sub("h", 0)),
  "sequence.first.h_t.c_prev": derivative(sub("h", 1), sub("c", 0)),
  "sequence.first.c_t.h_prev": derivative(sub("c", 1), sub("h", 0)),
  "sequence.first.c_t.c_prev": derivative(sub("c", 1), sub("c", 0)),
  "sequence.jacobian.h_T.h_0": derivative(sub("h", "T"), sub("h", 0)),
  "sequence.jacobian.h_T.c_0": derivative(sub("h", "T"), sub("c", 0)),
  "sequence.jacobian.c_T.h_0": derivative(sub("c", "T"), sub("h", 0)),
  "sequence.jacobian.c_T.c_0": derivative(sub("c", "T"), sub("c", 0)),
  "sequence.memory_path": large("Π", "t", gate("f")),
  "sequence.flow.step_norm": norm(derivative(state("t"), state(PREVIOUS)), 2),
  "sequence.flow.to_end_log10": apply(sub("log", 10), norm(derivative(state("T"), state("t")), 2)),
} as const satisfies Record<string, Formula>;

/**
 * The Jacobian of the first step by blocks, that of all steps, their norms, and the memory's path Π f_t [H].
 * A cell of one step is a sequence of one.
 * @throws {DlstmError} missing, where the cell lacks a gate; overflow, where an entry of a step leaves the double range.
 */
export function sequenceNumbers(cell: Cell): SequenceNumbers {
  const unrolled = unroll(cell);
  const { steps } = unrolled;
  const first = stepAt(unrolled, 1);
  let memory: Float64Array = new Float64Array(cell.hiddenSize).fill(1);
  const stepNorms = Array.from({ length: steps }, (_, k) => {
    const trace = traceAt(unrolled, k + 1);
    memory = times(trace.gates.f!.value.hi, memory);
    return flowRecord(k + 1, trace, stepJacobian(trace)).step_norm;
  });
  const toEnd = new Array<number | null>(steps).fill(0);
  let whole: StateProduct | null = null;
  for (const { t, product } of productsToEnd(unrolled, { from: 0, to: steps })) {
    whole = product;
    if (t === 0) continue;
    toEnd[t - 1] = log10(productNorm(product, `‖∂s_${steps}/∂s_${t}‖`));
  }
  const { scaled, exponent } = toScaledMatrix(whole!);
  const { h_T, c_T } = productBlocks(scaled);
  const isDouble = exponent === 0;
  return {
    "sequence.first.h_t.h_prev": first.h_t.h_prev,
    "sequence.first.h_t.c_prev": diagonal(first.h_t.c_prev),
    "sequence.first.c_t.h_prev": first.c_t.h_prev,
    "sequence.first.c_t.c_prev": diagonal(first.c_t.c_prev),
    "sequence.jacobian.h_T.h_0": isDouble ? h_T.h_0 : null,
    "sequence.jacobian.h_T.c_0": isDouble ? h_T.c_0 : null,
    "sequence.jacobian.c_T.h_0": isDouble ? c_T.h_0 : null,
    "sequence.jacobian.c_T.c_0": isDouble ? c_T.c_0 : null,
    "sequence.memory_path": memory,
    "sequence.flow.step_norm": byStep(stepNorms),
    "sequence.flow.to_end_log10": byStep(toEnd),
  };
}

/** One number a step; null for a step that has none. */
function byStep(numbers: readonly (number | null)[]): Float64Array | Rows {
  if (numbers.every((entry) => entry !== null)) return Float64Array.from(numbers);
  return numbers.map((entry) => (entry === null ? null : Float64Array.of(entry)));
}
