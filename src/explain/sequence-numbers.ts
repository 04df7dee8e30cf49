import { diagonal } from "../linalg/matrix.ts";
import { log10 } from "../linalg/scaled-number.ts";
import type { Cell } from "../lstm/cell.ts";
import { flowRecord, productBlocks, productNorm } from "../lstm/results/sequence-parts.ts";
import { times } from "../lstm/sensitivity.ts";
import { productsToEnd, stepAt } from "../lstm/sequence-jacobian.ts";
import { type StateProduct, toScaledMatrix } from "../lstm/state-product.ts";
import { stepJacobian } from "../lstm/step-jacobian.ts";
import { traceAt, unroll } from "../lstm/unroll.ts";
import type { Value } from "./book.ts";

/** The numbers of the topic sequence by name; null where there is no such number in the doubles. */
export type SequenceNumbers = Readonly<Record<string, Value | null>>;

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
    "first.h_t.h_prev": first.h_t.h_prev,
    "first.h_t.c_prev": diagonal(first.h_t.c_prev),
    "first.c_t.h_prev": first.c_t.h_prev,
    "first.c_t.c_prev": diagonal(first.c_t.c_prev),
    "jacobian.h_T.h_0": isDouble ? h_T.h_0 : null,
    "jacobian.h_T.c_0": isDouble ? h_T.c_0 : null,
    "jacobian.c_T.h_0": isDouble ? c_T.h_0 : null,
    "jacobian.c_T.c_0": isDouble ? c_T.c_0 : null,
    memory_path: memory,
    "flow.step_norm": byStep(stepNorms),
    "flow.to_end_log10": byStep(toEnd),
  };
}

/** One number a step; null for a step that has none. */
function byStep(numbers: readonly (number | null)[]): Value {
  if (numbers.every((entry) => entry !== null)) return Float64Array.from(numbers);
  return numbers.map((entry) => (entry === null ? null : Float64Array.of(entry)));
}
