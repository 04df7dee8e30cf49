/** What every record says beside its quantities. */
import type { Cell } from "../cell.ts";
import { OUTPUTS, type Output, type Parameter, type Wrt } from "../names.ts";
import { GATES_OF, missingKeys } from "../requirements.ts";
import { isReversed } from "../unroll.ts";
import type { Header, Notes } from "./records.ts";

export function header(cell: Cell): Header {
  const sizes = { hidden_size: cell.hiddenSize, input_size: cell.inputSize };
  return { version: 1, ...sizes, ...(isReversed(cell) ? { reverse: true } : {}) };
}

/** What was assumed, and what is missing, of the outputs that were wanted; `state` is what they can rest on. */
export function notes(
  cell: Cell,
  wanted: readonly Output[],
  wrts: readonly (Wrt | Parameter)[] = [],
  state: readonly Wrt[] = STATE,
): Notes {
  const missing: Record<string, string[]> = {};
  for (const of of OUTPUTS) {
    if (!wanted.includes(of)) continue;
    const keys = wrts.reduce((all, wrt) => all.concat(missingKeys(cell, of, wrt)), missingKeys(cell, of));
    if (keys.length > 0) missing[of] = [...new Set(keys)];
  }
  const usesMemory = wanted.some((of) => !(of in missing) && GATES_OF[of].length > 1);
  const assumed = assumptions(cell, usesMemory, state);
  return Object.keys(missing).length > 0 ? { ...assumed, missing } : assumed;
}

/** What was assumed alone, for a result that has all that was wanted. */
export function assumptions(
  cell: Cell,
  usesMemory = true,
  state: readonly Wrt[] = STATE,
): Pick<Notes, "assumed_zero" | "assumed_activation"> {
  const assumed = state.filter((key) => {
    const used = key === "c_prev" ? usesMemory : key !== "x_t" || cell.inputSize !== null;
    return used && cell.state[key] === null;
  });
  return {
    ...(assumed.length > 0 ? { assumed_zero: assumed } : {}),
    ...(cell.assumedActivation ? { assumed_activation: cell.assumedActivation } : {}),
  };
}

const STATE = ["h_prev", "c_prev", "x_t"] as const;
