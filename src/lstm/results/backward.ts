import type { Cell } from "../cell.ts";
import { GATES, type Gate, type GradientKey } from "../names.ts";
import { requireFinite } from "../overflow.ts";
import { Values } from "../values.ts";
import { header, notes } from "./notes.ts";
import type { BackwardResult } from "./records.ts";

/**
 * The gradients of L = Σ dh_t·h_t + dc_t·c_t, along the sequence if the cell has one.
 * What rests on an input or on weights that the cell lacks is left out, and listed under `missing`.
 * @param steps also the intermediate gradients dh_t, dc_t, dz_f, dz_i, dz_o, dz_u of each step
 * @throws {DlstmError} missing, where the cell lacks a gate; overflow, where an entry leaves the double range.
 */
export function backwardResult(cell: Cell, { steps }: { readonly steps: boolean }): BackwardResult {
  const found = new Values(cell, null).backward();
  if (steps) for (const { t, dc_t } of found.steps) requireFinite(dc_t, `steps[${t - 1}].dc_t`);
  const missing = missingGradients(cell);
  return {
    ...header(cell),
    loss: found.loss,
    gradient: found.gradient,
    ...(steps ? { steps: found.steps } : {}),
    ...notes(cell, ["c_t", "h_t"], [], cell.x === null ? undefined : ["h_prev", "c_prev"]),
    ...(cell.upstream.dh_t === null ? { assumed_one: ["dh_t"] } : {}),
    ...(Object.keys(missing).length > 0 ? { missing } : {}),
  };
}

/** The gradients that are left out, with the keys that each of them lacks. */
function missingGradients(cell: Cell): Partial<Record<GradientKey, string[]>> {
  if ((cell.x ?? cell.state.x_t) !== null) return {};
  const lackingW = (g: Gate) => (cell.gates[g]?.W ? [] : [`W_${g}`]);
  const missing: Partial<Record<GradientKey, string[]>> = { x_t: [...GATES.flatMap(lackingW), "x_t"] };
  for (const g of GATES) missing[`W_${g}`] = [...lackingW(g), "x_t"];
  return missing;
}
