import { backpropagate, backward, type StepGradient, tracesOf } from "../backward.ts";
import type { Cell } from "../cell.ts";
import { gradientByKey } from "../gradient-by-key.ts";
import { GATES, type GradientKey } from "../names.ts";
import { stepLabel } from "../unroll.ts";
import { header, notes } from "./notes.ts";
import type { BackwardResult, StepGradients } from "./records.ts";

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
    gradient: gradientByKey(cell, found),
    ...(steps ? { steps: found.steps.map((step) => stepRecord(cell, step)) } : {}),
    ...notes(cell, ["c_t", "h_t"], [], cell.x === null ? undefined : ["h_prev", "c_prev"]),
    ...(cell.upstream.dh_t === null ? { assumed_one: ["dh_t"] } : {}),
    ...(Object.keys(missing).length > 0 ? { missing } : {}),
  };
}

/**
 * The gradients and the intermediate ones of each step, with what leaves the double range in them.
 * @throws {DlstmError} as {@link backwardResult}, of the forward pass.
 */
export function unboundedGradients(cell: Cell): Pick<BackwardResult, "gradient"> & { steps: StepGradients[] } {
  const found = backpropagate(tracesOf(cell), cell.upstream);
  return { gradient: gradientByKey(cell, found), steps: found.steps.map((step) => stepRecord(cell, step)) };
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
