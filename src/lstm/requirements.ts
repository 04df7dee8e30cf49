import { DlstmError } from "../errors.ts";
import type { Cell } from "./cell.ts";
import { GATES, type Gate, type Output, type Wrt } from "./names.ts";

/** The gates that an output is made of; c_t is not a function of o. */
export const GATES_OF: Record<Output, readonly Gate[]> = {
  f: ["f"],
  i: ["i"],
  o: ["o"],
  u: ["u"],
  c_t: ["f", "i", "u"],
  tanh_c_t: ["f", "i", "u"],
  h_t: GATES,
};

/** The keys that the cell lacks for computing an output; with `wrt`, for ∂output/∂wrt. Empty where it can be computed. */
export function missingKeys(cell: Cell, of: Output, wrt?: Wrt): string[] {
  const needsInput = cell.state.x_t !== null || wrt === "x_t";
  const lacking: string[] = [];
  for (const g of GATES_OF[of]) {
    const weights = cell.gates[g];
    if (weights === undefined) lacking.push(`U_${g}`);
    if (needsInput && (weights === undefined || weights.W === null)) lacking.push(`W_${g}`);
  }
  return lacking;
}

/**
 * Requires that a quantity can be computed.
 * @throws {DlstmError} missing, one problem for each key that the cell lacks.
 */
export function requireKeys(missing: readonly string[], quantity: string): void {
  if (missing.length === 0) return;
  const message = `missing, but needed for ${quantity}`;
  throw new DlstmError(missing.map((key) => ({ code: "missing", file: null, place: key, message })));
}
