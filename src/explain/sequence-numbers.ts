/** What the topic sequence shows beside the quantities of a step. */
import { diagonal } from "../linalg/matrix.ts";
import type { Rows } from "../lstm/values.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { math } from "../notation/read-formula.ts";
import type { NumberRow, Value } from "./number-row.ts";
import type { SequenceValues } from "./sequence-values.ts";

const LETTERS = ["h", "c"] as const;
const blocks = <T>(block: (of: "h" | "c", wrt: "h" | "c") => T) =>
  LETTERS.flatMap((of) => LETTERS.map((wrt) => block(of, wrt)));

/** ∂(h_1, c_1)/∂(h_0, c_0) by blocks. */
const FIRST = blocks((of, wrt) => {
  const value = ({ first }: SequenceValues) => {
    const block = first()[`${of}_t`][`${wrt}_prev`];
    return block instanceof Float64Array ? diagonal(block) : block;
  };
  return { path: `sequence.first.${of}_t.${wrt}_prev`, row: entry(math`∂${of}_1/∂${wrt}_0`, value) };
});
export const FIRST_BLOCKS = FIRST.map(({ path }) => path);

/** Those of the whole sequence; none where they are no doubles. */
const WHOLE = blocks((of, wrt) => {
  const value = ({ whole }: SequenceValues) => whole().jacobian?.[`${of}_T`][`${wrt}_0`] ?? null;
  return { path: `sequence.jacobian.${of}_T.${wrt}_0`, row: entry(math`∂${of}_T/∂${wrt}_0`, value) };
});
export const WHOLE_BLOCKS = WHOLE.map(({ path }) => path);

/** log₁₀ ‖∂h_T/∂x_t‖₂ and log₁₀ ‖∂c_T/∂x_t‖₂ of each step. */
const INPUTS = LETTERS.map((of) => {
  const value = ({ inputs }: SequenceValues) => byStep(inputs().map((norms) => norms[`${of}_T_log10`]));
  const row = { ...entry(math`log_10(‖∂${of}_T/∂x_t‖_2)`, value), needs: { of: "h_t", wrt: "x_t" } as const };
  return { path: `sequence.inputs.${of}_T_log10`, row };
});
export const INPUT_NORMS = INPUTS.map(({ path }) => path);

export const SEQUENCE_NUMBERS: Readonly<Record<string, NumberRow>> = {
  ...Object.fromEntries([...FIRST, ...WHOLE, ...INPUTS].map(({ path, row }) => [path, row])),
  "sequence.memory_path": entry(math`Π_t f_t`, ({ whole }) => whole().memoryPath),
  "sequence.flow.step_norm": entry(math`‖∂s_t/∂s_{t-1}‖_2`, ({ whole }) => byStep(whole().stepNorms)),
  "sequence.flow.to_end_log10": entry(math`log_10(‖∂s_T/∂s_t‖_2)`, ({ whole }) => byStep(whole().toEndLogarithms)),
};

function entry(symbol: Formula, value: (values: SequenceValues) => Value | null): NumberRow {
  const why =
    "the entries of the product lie beyond the normal doubles: dlstm sequence prints them times a power of two";
  return { symbol, needs: { of: "h_t" }, value: ({ sequence }) => value(sequence), why };
}

/** One number a step; null for a step that has none. */
function byStep(numbers: readonly (number | null)[]): Float64Array | Rows {
  if (numbers.every((entry) => entry !== null)) return Float64Array.from(numbers);
  return numbers.map((entry) => (entry === null ? null : Float64Array.of(entry)));
}
