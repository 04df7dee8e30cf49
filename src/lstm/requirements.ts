import { DlstmError } from "../errors.ts";
import type { Cell, GateWeights } from "./cell.ts";
import { GATES, type Gate, isParameter, type Output, type Parameter, partsOf, type Wrt } from "./names.ts";

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

/** The same as types. */
export type GateOf<O extends Output> = O extends Gate ? O : O extends "h_t" ? Gate : Exclude<Gate, "o">;

/** A cell that has every gate of an output. */
export type CellOf<O extends Output> = Cell & { readonly gates: Readonly<Record<GateOf<O>, GateWeights>> };

/** A cell that has all four gates. */
export type FullCell = CellOf<"h_t">;

/** The keys that the cell lacks for computing an output; with `wrt`, for ∂output/∂wrt. Empty where it can be computed. */
export function missingKeys(cell: Cell, of: Output, wrt?: Wrt | Parameter): string[] {
  const needsInput = cell.state.x_t !== null || wrt === "x_t";
  const lacking: string[] = [];
  for (const g of GATES_OF[of]) {
    const weights = cell.gates[g];
    if (weights === undefined) lacking.push(`U_${g}`);
    if (needsInput && (weights === undefined || weights.W === null)) lacking.push(`W_${g}`);
  }
  if (wrt === undefined || !isParameter(wrt)) return lacking;
  return [...new Set([...lacking, ...missingOfParameter(cell, wrt)])];
}

/** A parameter has to be there, and x_t that W is multiplied with; b absent stands for zero. */
function missingOfParameter({ gates, state }: Cell, parameter: Parameter): string[] {
  const [kind, g] = partsOf(parameter);
  if (kind !== "W") return gates[g] === undefined ? [`U_${g}`] : [];
  return [...(gates[g]?.W ? [] : [parameter]), ...(state.x_t === null ? ["x_t"] : [])];
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

/**
 * The cell as one that has every gate of an output.
 * @param quantity what it is needed for, in the message
 * @throws {DlstmError} missing, one problem for each key that the cell lacks.
 */
export function requireGates<O extends Output>(cell: Cell, of: O, quantity: string = of): CellOf<O> {
  requireKeys(missingKeys(cell, of), quantity);
  return cell as CellOf<O>;
}
