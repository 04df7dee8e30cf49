import type { Cell } from "../lstm/cell.ts";
import { inputsToEnd } from "../lstm/input-jacobian.ts";
import { sequenceFlow } from "../lstm/results/sequence.ts";
import { inputNorms } from "../lstm/results/sequence-inputs.ts";
import { productBlocks } from "../lstm/results/sequence-parts.ts";
import { stepAt } from "../lstm/sequence-jacobian.ts";
import { toScaledMatrix } from "../lstm/state-product.ts";
import { type Unrolled, unroll } from "../lstm/unroll.ts";
import { once } from "../once.ts";

/** What the numbers of a sequence are taken from. */
export type SequenceValues = ReturnType<typeof sequenceValues>;

/** The first step and the whole, each computed when it is first asked for. A cell of one step is a sequence of one. */
export function sequenceValues(cell: Cell) {
  const unrolled = once(() => unroll(cell));
  return {
    first: once(() => stepAt(unrolled(), 1)),
    whole: once(() => wholeOf(unrolled())),
    /** The norms of ∂h_T/∂x_t and ∂c_T/∂x_t, step by step. */
    inputs: once(() => inputsOf(unrolled())),
  };
}

function inputsOf({ cell, steps, traces }: Unrolled) {
  return Array.from(inputsToEnd(traces, { from: 0, to: steps }), ({ t, product }) =>
    inputNorms(cell, t, product),
  ).reverse();
}

function wholeOf({ cell, steps, traces }: Unrolled) {
  const { flow, product } = sequenceFlow(cell, traces, { from: 0, to: steps });
  const { scaled, exponent } = toScaledMatrix(product);
  const ones: Float64Array = new Float64Array(cell.hiddenSize).fill(1);
  return {
    /** ∂(h_T, c_T)/∂(h_0, c_0); null where its entries lie beyond the normal doubles. */
    jacobian: exponent === 0 ? productBlocks(scaled) : null,
    /** Π f_t [H] */
    memoryPath: Array.from(traces, (trace) => trace.gate("f")).reduce(
      (path, gate) => gate.map((f, d) => f * path[d]),
      ones,
    ),
    stepNorms: flow.map(({ step_norm }) => step_norm),
    toEndLogarithms: flow.map(({ to_end_log10 }) => to_end_log10),
  };
}
