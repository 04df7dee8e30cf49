import { failure, inPlace } from "../errors.ts";
import { type Matrix, rowOf, zeros } from "../linalg/matrix.ts";
import type { Cell } from "./cell.ts";
import { type FullTrace, forward, requireTrace } from "./forward.ts";
import { type FullCell, requireGates } from "./requirements.ts";
import { Traces } from "./traces.ts";

/**
 * A cell unrolled along its sequence x: the states between the steps, rounded to doubles as they are printed, 16 TH bytes,
 * and the trace of each step, in memory that {@link Traces} bound.
 */
export interface Unrolled {
  readonly cell: FullCell;
  /** T, the number of steps; a cell of one step has one. */
  readonly steps: number;
  /** h_0 … h_T and c_0 … c_T [T + 1 × H] */
  readonly h: Matrix;
  readonly c: Matrix;
  /** [T] */
  readonly traces: Traces;
}

/** The number of steps of a cell: the rows of x, or the one step of x_t. */
export function stepsOf(cell: Cell): number {
  return cell.x?.rows ?? 1;
}

/** The row of x, from 0, that step t reads: the rows in order or, of a reverse cell, from the last to the first. */
export function xRow(cell: Cell, t: number): number {
  return cell.reverse ? stepsOf(cell) - t : t - 1;
}

/** How results name a step. */
export interface StepLabel {
  /** From 1, in the order taken. */
  readonly t: number;
  /** The row of x that the step reads, from 0; of a reverse cell only. */
  readonly x_row?: number;
}

export function stepLabel(cell: Cell, t: number): StepLabel {
  return isReversed(cell) ? { t, x_row: xRow(cell, t) } : { t };
}

/** Whether the cell has a sequence to read from its last row to its first. */
export function isReversed({ reverse, x }: Cell): boolean {
  return reverse && x !== null;
}

/** The cell with the first `steps` steps of its sequence: what comes after them is not looked at. */
export function firstSteps(cell: Cell, steps: number): Cell {
  if (cell.x === null) return cell;
  const { cols, data } = cell.x;
  const start = cell.reverse ? xRow(cell, steps) * cols : 0;
  return { ...cell, x: { rows: steps, cols, data: data.subarray(start, start + steps * cols) } };
}

/**
 * Runs the cell over its sequence.
 * @throws {DlstmError} missing, where the cell lacks a gate; overflow, naming the step.
 */
export function unroll(cell: Cell): Unrolled {
  const steps = stepsOf(cell);
  const [h, c] = [zeros(steps + 1, cell.hiddenSize), zeros(steps + 1, cell.hiddenSize)];
  rowOf(h, 0).set(cell.state.h_prev ?? []);
  rowOf(c, 0).set(cell.state.c_prev ?? []);
  const kept: FullTrace[] = [];
  const room = Traces.room(cell.hiddenSize);
  for (const { t, trace } of walk(cell)) {
    rowOf(h, t).set(trace.h_t);
    rowOf(c, t).set(trace.c_t);
    if (kept.length < room) kept.push(trace);
  }
  const states = { cell: requireGates(cell, "h_t"), h, c };
  const traces = new Traces(steps, kept, (k) => requireTrace(forward(stepCell(states, k + 1)), "h_t"));
  return { ...states, steps, traces };
}

/** The steps in order, t from 1, each with its trace; nothing of them is kept. */
export function* walk(cell: Cell): Generator<{ t: number; trace: FullTrace }> {
  let step: Cell = requireGates(firstStep(cell), "h_t", "h_t and c_t");
  for (let t = 1; ; t++) {
    const trace = inPlace(placeOf(cell, t), () => requireTrace(forward(step), "h_t"));
    yield { t, trace };
    if (t === stepsOf(cell)) return;
    step = { ...step, state: { x_t: inputAt(cell, t + 1), h_prev: trace.h_t, c_prev: trace.c_t } };
  }
}

/** Step t as a cell of one step, with the state that it began with. */
export function stepCell({ cell, h, c }: Pick<Unrolled, "cell" | "h" | "c">, t: number): Cell {
  return { ...cell, x: null, state: { x_t: inputAt(cell, t), h_prev: rowOf(h, t - 1), c_prev: rowOf(c, t - 1) } };
}

/**
 * The trace of step t.
 * @throws {DlstmError} usage, where t is not one of the sequence's steps.
 */
export function traceAt({ traces, steps }: Unrolled, t: number): FullTrace {
  requireStep(t, steps, "t");
  return traces.at(t - 1);
}

/**
 * Refuses what is no step of a sequence of so many.
 * @param place what messages call t
 * @throws {DlstmError} usage
 */
export function requireStep(t: number, steps: number, place: string): void {
  if (Number.isInteger(t) && 1 <= t && t <= steps) return;
  throw failure("usage", `${t}, expected 1 … ${steps}, the steps of x`, { place });
}

/** Where problems of step t are in the result: steps[t − 1]. A cell of one step has no such list. */
export function placeOf(cell: Cell, t: number): string {
  return cell.x === null ? "" : `steps[${t - 1}].`;
}

function firstStep(cell: Cell): Cell {
  return { ...cell, x: null, state: { ...cell.state, x_t: inputAt(cell, 1) } };
}

function inputAt(cell: Cell, t: number): Float64Array | null {
  return cell.x === null ? cell.state.x_t : rowOf(cell.x, xRow(cell, t));
}
