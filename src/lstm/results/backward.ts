import { rowOf } from "../../linalg/matrix.ts";
import { backpropagate, backward, backwardFrom, type Gradient, type StepGradient, tracesOf } from "../backward.ts";
import type { Cell } from "../cell.ts";
import type { Trace } from "../forward.ts";
import { GATES } from "../names.ts";
import { stepLabel } from "../unroll.ts";
import { header, notes } from "./notes.ts";
import type { BackwardResult, GradientKey, StepGradients } from "./records.ts";

/**
 * The gradients of L = Σ dh_t·h_t + dc_t·c_t, along the sequence if the cell has one.
 * What rests on an input or on weights that the cell lacks is left out, and listed under `missing`.
 * @param steps also the intermediate gradients dh_t, dc_t, dz_f, dz_i, dz_o, dz_u of each step
 * @throws {DlstmError} missing, where the cell lacks a gate; overflow, where an entry leaves the double range.
 */
export function backwardResult(cell: Cell, { steps }: { readonly steps: boolean }): BackwardResult {
  const found = backward(cell);
  const missing = missingGradients(cell);
  return {
    ...header(cell),
    loss: found.loss,
    gradient: gradientRecord(cell, found),
    ...(steps ? { steps: found.steps.map((step) => stepRecord(cell, step)) } : {}),
    ...notes(cell, ["c_t", "h_t"], [], cell.x === null ? undefined : ["h_prev", "c_prev"]),
    ...(cell.upstream.dh_t === null ? { assumed_one: ["dh_t"] } : {}),
    ...(Object.keys(missing).length > 0 ? { missing } : {}),
  };
}

/**
 * The gradients of one step from whatever its trace says.
 * @throws {DlstmError} as {@link backwardResult}.
 */
export function backwardFromTrace(trace: Trace): Pick<BackwardResult, "loss" | "gradient"> {
  const found = backwardFrom(trace);
  return { loss: found.loss, gradient: gradientRecord(trace.cell, found) };
}

/**
 * The gradients and the intermediate ones of each step, with what leaves the double range in them.
 * @throws {DlstmError} as {@link backwardResult}, of the forward pass.
 */
export function unboundedGradients(cell: Cell): Pick<BackwardResult, "gradient"> & { steps: StepGradients[] } {
  const found = backpropagate(tracesOf(cell), cell.upstream);
  return { gradient: gradientRecord(cell, found), steps: found.steps.map((step) => stepRecord(cell, step)) };
}

function gradientRecord({ x, inputSize }: Cell, { gates, ...found }: Gradient): BackwardResult["gradient"] {
  const inputs = found.x === null || inputSize === null ? {} : x === null ? { x_t: rowOf(found.x, 0) } : { x: found.x };
  const weights = (["W", "U", "b"] as const).flatMap((letter) =>
    GATES.flatMap((g) => (gates[g][letter] === null ? [] : [[`${letter}_${g}`, gates[g][letter]]])),
  );
  return { ...inputs, h_prev: found.h_prev, c_prev: found.c_prev, ...Object.fromEntries(weights) };
}

function stepRecord(cell: Cell, { t, dh_t, dc_t, dz }: StepGradient): StepGradients {
  return { ...stepLabel(cell, t), dh_t, dc_t, dz_f: dz.f, dz_i: dz.i, dz_o: dz.o, dz_u: dz.u };
}

/** The gradients that are left out, with the keys that each of them lacks. */
function missingGradients(cell: Cell): Partial<Record<GradientKey, string[]>> {
  if ((cell.x ?? cell.state.x_t) !== null) return {};
  const lackingW = GATES.filter((g) => cell.gates[g]!.W === null).map((g) => `W_${g}`);
  const missing: Partial<Record<GradientKey, string[]>> = { x_t: [...lackingW, "x_t"] };
  for (const g of GATES) missing[`W_${g}`] = cell.gates[g]!.W === null ? [`W_${g}`, "x_t"] : ["x_t"];
  return missing;
}
