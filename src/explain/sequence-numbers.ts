/** What the topic sequence shows beside the quantities of a step. */
import { diagonal } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { gate, PREVIOUS } from "../lstm/letters.ts";
import { sequenceFlow } from "../lstm/results/sequence.ts";
import { productBlocks } from "../lstm/results/sequence-parts.ts";
import { times } from "../lstm/sensitivity.ts";
import { stepAt } from "../lstm/sequence-jacobian.ts";
import { toScaledMatrix } from "../lstm/state-product.ts";
import { type Unrolled, unroll } from "../lstm/unroll.ts";
import type { Rows } from "../lstm/values.ts";
import { apply, derivative, large, norm, type Part, sub } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { once } from "../once.ts";
import type { NumberRow, SequenceNumbers, Value, WholeSequence } from "./number-row.ts";

const state = (t: Part) => sub("s", t);
const LETTERS = ["h", "c"] as const;
const blocks = <T>(block: (of: "h" | "c", wrt: "h" | "c") => T) =>
  LETTERS.flatMap((of) => LETTERS.map((wrt) => block(of, wrt)));

/** ∂(h_1, c_1)/∂(h_0, c_0) by blocks. */
const FIRST = blocks((of, wrt) => {
  const value = ({ first }: SequenceNumbers) => {
    const block = first()[`${of}_t`][`${wrt}_prev`];
    return block instanceof Float64Array ? diagonal(block) : block;
  };
  return { path: `sequence.first.${of}_t.${wrt}_prev`, symbol: derivative(sub(of, 1), sub(wrt, 0)), value };
});
export const FIRST_BLOCKS = FIRST.map(({ path }) => path);

/** Those of the whole sequence; none where they are no doubles. */
const WHOLE = blocks((of, wrt) => {
  const value = ({ whole }: SequenceNumbers) => whole().jacobian?.[`${of}_T`][`${wrt}_0`] ?? null;
  return { path: `sequence.jacobian.${of}_T.${wrt}_0`, symbol: derivative(sub(of, "T"), sub(wrt, 0)), value };
});
export const WHOLE_BLOCKS = WHOLE.map(({ path }) => path);

const BEYOND =
  "the entries of the product lie beyond the normal doubles: dlstm sequence prints them times a power of two";

export const SEQUENCE_NUMBERS: Readonly<Record<string, NumberRow>> = {
  ...Object.fromEntries([...FIRST, ...WHOLE].map(({ path, symbol, value }) => [path, entry(symbol, value)])),
  "sequence.memory_path": entry(large("Π", "t", gate("f")), ({ whole }) => whole().memoryPath),
  "sequence.flow.step_norm": entry(norm(derivative(state("t"), state(PREVIOUS)), 2), ({ whole }) =>
    byStep(whole().stepNorms),
  ),
  "sequence.flow.to_end_log10": entry(apply(sub("log", 10), norm(derivative(state("T"), state("t")), 2)), ({ whole }) =>
    byStep(whole().toEndLogarithms),
  ),
};

function entry(symbol: Formula, value: (numbers: SequenceNumbers) => Value | null): NumberRow {
  return { symbol, needs: { of: "h_t" }, value: ({ sequence }) => value(sequence), why: BEYOND };
}

/** What of a sequence they are taken from, each computed when it is first asked for. A cell of one step is a sequence of one. */
export function sequenceNumbers(cell: Cell): SequenceNumbers {
  const unrolled = once(() => unroll(cell));
  return { first: once(() => stepAt(unrolled(), 1)), whole: once(() => wholeOf(unrolled())) };
}

function wholeOf({ cell, steps, traces }: Unrolled): WholeSequence {
  const { flow, product } = sequenceFlow(cell, traces, { from: 0, to: steps });
  const { scaled, exponent } = toScaledMatrix(product);
  const ones: Float64Array = new Float64Array(cell.hiddenSize).fill(1);
  return {
    jacobian: exponent === 0 ? productBlocks(scaled) : null,
    memoryPath: traces.reduce((path, { gates }) => times(gates.f.value.hi, path), ones),
    stepNorms: flow.map(({ step_norm }) => step_norm),
    toEndLogarithms: flow.map(({ to_end_log10 }) => to_end_log10),
  };
}

/** One number a step; null for a step that has none. */
function byStep(numbers: readonly (number | null)[]): Float64Array | Rows {
  if (numbers.every((entry) => entry !== null)) return Float64Array.from(numbers);
  return numbers.map((entry) => (entry === null ? null : Float64Array.of(entry)));
}
