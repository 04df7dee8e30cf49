import { DlstmError, failure } from "../errors.ts";
import type { ScaledMatrix } from "../linalg/scaled-matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { EIGENVALUES_DERIVATIVE, MOST_JUDGED } from "../lstm/derivatives.ts";
import type { Derivatives, SequenceDerivatives } from "../lstm/results/derivatives.ts";
import { header } from "../lstm/results/notes.ts";
import type { Header, OutputOptima } from "../lstm/results/records.ts";
import { stepLabel } from "../lstm/unroll.ts";
import { ofUnitAlone } from "../lstm/upstream.ts";
import { checkSequence, checkStep } from "./check.ts";
import { type CheckOptions, requireChoices } from "./claims.ts";
import { type Direction, directionFor } from "./direction.ts";
import { judgeOptima, type OptimumVerdict } from "./optima.ts";
import type { Place } from "./place.ts";
import type { Judgement, Quantity, Unjudged } from "./verdict.ts";

/** The verdict on every derivative of a cell. */
export interface CheckResult extends Header {
  readonly passed: boolean;
  /** How many columns of each matrix were looked at, where not all were. */
  readonly sampled_columns?: number;
  /** Of an answer: how far from the reference its entries may be, relative to the largest of their row. */
  readonly tolerance?: number;
  readonly quantities: readonly Quantity[];
  /** Where the optima of the outputs were asked for. */
  readonly optima?: readonly OptimumVerdict[];
  /** What leaves the double range, so that no result has it. */
  readonly not_judged?: readonly Unjudged[];
}

/** How our own derivatives are computed; handed in, so that nothing here depends on what it judges. */
export interface OwnDerivatives {
  readonly step: (cell: Cell) => Derivatives;
  /** Of a cell of one step the Hessian times a vector, `product.h_prev` …; absent: it is not judged. */
  readonly product?: (cell: Cell, direction: Direction) => Derivatives;
  /** Of its Hessian by h_{t-1}, descending; null where there is none; absent: they are not judged. */
  readonly eigenvalues?: (cell: Cell) => Float64Array | null;
  readonly sequence: (cell: Cell) => SequenceDerivatives;
  /** The optima of c_t, tanh(c_t) and h_t of a cell of one step; absent: they are not judged. */
  readonly optima?: (cell: Cell) => readonly OutputOptima[];
}

/** Somebody else's derivatives, in place of our own. */
export interface Answer {
  /** For messages. */
  readonly file: string | null;
  readonly derivatives: Derivatives;
  readonly exponent2: number;
  /** Of one step the unit whose outputs alone L is made of; absent or null: all. */
  readonly unit?: number | null;
  /** Of one step what its `product` is one with. */
  readonly direction?: Direction | null;
  /** Of a sequence ∂(h_T, c_T)/∂x_t by t; what is not there is not judged. */
  readonly inputs?: ReadonlyMap<number, ScaledMatrix>;
}

const ALL_BY_PROMISE: CheckOptions = { columns: null, tolerance: null, progress: () => undefined };

/**
 * Judges our own derivatives of a cell, or an answer: by a tolerance, or without one by the numerical promise.
 * @throws {DlstmError} usage, for columns and tolerances that are none; missing, where an answer holds what this cell does not determine; overflow, where not one entry is
 * within the double range; as the derivatives do.
 */
export function checkResult(
  cell: Cell,
  own: OwnDerivatives,
  answer: Answer | null = null,
  choices: Partial<CheckOptions> = {},
): CheckResult {
  const options = { ...ALL_BY_PROMISE, ...choices };
  requireChoices(options);
  const { quantities, not_judged } =
    cell.x === null ? judgeStep(cell, own, answer, options) : judgeSequence(cell, own, answer, options);
  if (quantities.length === 0 && not_judged.length > 0) {
    const { of, wrt } = not_judged[0];
    throw failure("overflow", "leaves the range of a double, expected an entry to judge", { place: `∂${of}/∂${wrt}` });
  }
  const { columns, tolerance } = options;
  const optima = own.optima && cell.x === null ? judgeOptima(cell, own.optima(cell)) : null;
  const isSampled = columns !== null && columns < Math.max(cell.hiddenSize, cell.inputSize ?? 0);
  return {
    ...header(cell),
    passed: [...quantities, ...(optima ?? [])].every(({ passed }) => passed),
    ...(isSampled ? { sampled_columns: columns } : {}),
    ...(tolerance === null ? {} : { tolerance }),
    quantities: quantities.map((quantity) => ({ ...quantity, worst: labelled(cell, quantity.worst) })),
    ...(optima === null ? {} : { optima }),
    ...(not_judged.length === 0
      ? {}
      : { not_judged: not_judged.map((left) => ({ ...left, first: labelled(cell, left.first) })) }),
  };
}

/** An entry with its step as results name it. */
function labelled<Entry extends Place>(cell: Cell, entry: Entry): Entry {
  const { t, ...place } = entry;
  return t === undefined ? entry : ({ ...stepLabel(cell, t), ...place } as Entry);
}

function judgeStep(whole: Cell, own: OwnDerivatives, answer: Answer | null, options: CheckOptions): Judgement {
  const cell = typeof answer?.unit === "number" ? ofUnitAlone(whole, answer.unit) : whole;
  const direction = answer ? (answer.direction ?? null) : directionFor(cell);
  const products = direction && own.product ? own.product(cell, direction) : [];
  const ours = new Map([...own.step(cell), ...products]);
  const eigenvalues = cell.hiddenSize <= MOST_JUDGED ? own.eigenvalues?.(cell) : null;
  if (eigenvalues) ours.set(EIGENVALUES_DERIVATIVE.path, eigenvalues);
  if (answer) requireKnown(answer, ours);
  return checkStep(cell, answer?.derivatives ?? ours, options, direction);
}

function judgeSequence(cell: Cell, own: OwnDerivatives, answer: Answer | null, options: CheckOptions): Judgement {
  const { unrolled, steps, inputs, whole, exponent2 } = own.sequence(cell);
  if (answer) requireKnown(answer, whole);
  const toEnd = (k: number) => answer?.inputs?.get(k + 1) ?? null;
  const claimedInputs = answer ? inputs.map(({ own }, k) => ({ own, toEnd: toEnd(k) })) : inputs;
  const claimed = { whole: answer?.derivatives ?? whole, exponent2: answer?.exponent2 ?? exponent2 };
  return checkSequence({ unrolled, steps, inputs: claimedInputs, judgeSteps: answer === null, ...claimed }, options);
}

function requireKnown(answer: Answer, ours: Derivatives): void {
  const message = "not a function of what this cell holds, expected the derivatives that dlstm prints for it";
  const unknown = [...answer.derivatives.keys()].filter((path) => !ours.has(path));
  if (unknown.length === 0) return;
  throw new DlstmError(unknown.map((place) => ({ code: "missing", file: answer.file, place, message })));
}
