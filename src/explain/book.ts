/** Every number that a derivation may show, computed when it is looked up, by the functions that the commands print. */
import { affine } from "../linalg/affine.ts";
import type { Matrix } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { forward, type Trace } from "../lstm/forward.ts";
import { jacobian } from "../lstm/jacobian.ts";
import { GATES, type Gate, type Goal, type Norm, type Output, type Wrt } from "../lstm/names.ts";
import { optimum } from "../lstm/optimum.ts";
import { missingKeys } from "../lstm/requirements.ts";
import { backwardResult } from "../lstm/results/backward.ts";
import type { BackwardResult, GradientKey } from "../lstm/results/records.ts";
import { byCellState, sensitivity } from "../lstm/sensitivity.ts";
import { cellAtStep } from "../lstm/step.ts";
import { terms } from "../lstm/terms.ts";
import { sequenceNumbers } from "./sequence-numbers.ts";

/** null stands for a row that has no numbers: every unit vector would do, or a logarithm of zero. */
export type Rows = readonly (Float64Array | null)[];
/** One row of a matrix; null as above. */
export interface Row {
  readonly row: Float64Array | null;
}
export type Value = number | Float64Array | Matrix | Rows | Row;

/** A number of the cell, or the keys that it lacks for it; where the number does not exist at all none, and why. */
export type Told = { readonly value: Value } | { readonly lacking: readonly string[]; readonly why?: string };

/** Looks a quantity up by its path. */
export type Book = (path: string) => Told;

const BEYOND =
  "the entries of the product lie beyond the normal doubles: dlstm sequence prints them times a power of two";

type Chapter = (names: readonly string[]) => Told;

const told = (value: Value | null | undefined): Told =>
  value === null || value === undefined ? { lacking: [] } : { value };

/**
 * Opens the book of a cell. Of a cell with a sequence, everything but `sequence.` is that of step `step`.
 * Paths are those of the results (`gates.f`, `jacobian.f.h_prev`, `optimum.2.max.f.h_prev`, `gradient.h_prev`,
 * `steps.dz_f`), and for what lies between them `derivatives.f` = σ'(z_f), `derivatives.c_t` = 1 − tanh²c_t,
 * `sensitivities.g` = the diagonal of ∂h_t/∂z_g, `sums.W.f` = W_f x_t, `sums.U.f` = U_f h_{t-1}.
 * @throws {DlstmError} overflow, where an entry leaves the double range; usage, where the sequence has no such step.
 */
export function openBook(whole: Cell, step: number): Book {
  const cell = whole.x === null ? whole : cellAtStep(whole, step);
  const trace = forward(cell);
  const chapters = chaptersOf(whole, cell, trace);
  return (path) => {
    const [head, ...names] = path.split(".");
    return chapters[head](names);
  };
}

function chaptersOf(whole: Cell, cell: Cell, trace: Trace): Readonly<Record<string, Chapter>> {
  /** The value, if the cell tells the output that it is made of. */
  const ifTold = (of: Output, wrt: Wrt | undefined, value: () => Value | null): Told => {
    const lacking = missingKeys(cell, of, wrt);
    return lacking.length > 0 ? { lacking } : told(value());
  };
  const backwards = once(() => backwardResult(cell, { steps: true }));
  const along = once(() => sequenceNumbers(whole));
  return {
    preactivations: ([g]) => ifTold(g as Gate, undefined, () => trace.z[g as Gate]!.hi),
    gates: ([g]) => ifTold(g as Gate, undefined, () => trace.gates[g as Gate]!.value.hi),
    c_t: () => ifTold("c_t", undefined, () => trace.c_t!.hi),
    tanh_c_t: () => ifTold("c_t", undefined, () => trace.tanh_c_t!.value.hi),
    h_t: () => ifTold("h_t", undefined, () => trace.h_t),
    derivatives: ([of]) =>
      of === "c_t"
        ? ifTold("c_t", undefined, () => trace.tanh_c_t!.derivative)
        : ifTold(of as Gate, undefined, () => trace.gates[of as Gate]!.derivative),
    sensitivities: ([of]) =>
      ifTold("h_t", undefined, () =>
        of === "c_t" ? byCellState(trace) : sensitivity(trace, "h_t").preactivation[of as Gate]!,
      ),
    jacobian: ([of, wrt]) => ifTold(of as Output, wrt as Wrt, () => jacobian(trace, of as Output, wrt as Wrt)),
    terms: ([g]) => ifTold("h_t", undefined, () => terms(trace)[g as Gate]),
    optimum: ([norm, goal, g, what]) =>
      ifTold(g as Gate, undefined, () => optimumValue(cell, norm as Norm, goal as Goal, g as Gate, what)),
    loss: () => ifTold("h_t", undefined, () => backwards().loss),
    gradient: ([key]) => ifTold("h_t", undefined, () => backwards().gradient[key as GradientKey] ?? null),
    steps: ([key]) => ifTold("h_t", undefined, () => stepGradient(backwards(), key)),
    sequence: (names) => {
      const found = ifTold("h_t", undefined, () => along()[names.join(".")]);
      return "value" in found || found.lacking.length > 0 ? found : { lacking: [], why: BEYOND };
    },
    sums: ([letter, g]) => partOfSum(cell, trace, letter as "W" | "U", g as Gate),
    h_prev: () => told(trace.h_prev),
    c_prev: () => told(trace.c_prev),
    ...Object.fromEntries(GATES.map((g) => [`U_${g}`, () => weights(cell, "U", g)])),
    ...Object.fromEntries(
      GATES.map((g) => [`b_${g}`, () => told(cell.gates[g]?.b ?? new Float64Array(cell.hiddenSize))]),
    ),
  };
}

function once<T>(compute: () => T): () => T {
  let result: { value: T } | null = null;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}

function weights(cell: Cell, letter: "U" | "W", g: Gate): Told {
  const matrix = cell.gates[g]?.[letter];
  return matrix ? told(matrix) : { lacking: [`${letter}_${g}`] };
}

/** W_g x_t or U_g h_{t-1} [H], one summand of z_g. */
function partOfSum(cell: Cell, trace: Trace, letter: "W" | "U", g: Gate): Told {
  const vector = letter === "W" ? cell.state.x_t : trace.h_prev;
  if (vector === null) return told(new Float64Array(cell.hiddenSize));
  const matrix = cell.gates[g]?.[letter];
  if (!matrix) return { lacking: [`${letter}_${g}`] };
  return told(affine(cell.hiddenSize, [{ matrix, vector }], null).hi);
}

function optimumValue(cell: Cell, norm: Norm, goal: Goal, g: Gate, what: string): Value {
  const optima = optimum(cell, g, { norm, goal });
  if (what === "h_prev") return optima.map(({ h_prev }) => h_prev);
  return Float64Array.from(optima, (unit) => (what === "activation" ? unit.activation : unit.preactivation));
}

function stepGradient({ steps }: BackwardResult, key: string): Float64Array {
  const { t: _, x_row: __, ...vectors } = steps![0];
  return vectors[key as keyof typeof vectors];
}
