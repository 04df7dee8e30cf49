import { misuse } from "../errors.ts";
import { GATES, type Gate, isGate } from "../lstm/names.ts";
import { findQuantity, type Quantity, sibling } from "../lstm/quantities.ts";

/**
 * The quantity that a teacher names.
 * @throws {DlstmError} usage, where there is no such quantity.
 */
export function namedQuantity(path: string, place: string): Quantity {
  const quantity = findQuantity(path);
  if (quantity !== undefined) return quantity;
  throw misuse(
    place,
    `${JSON.stringify(path.slice(0, 80))} is no quantity, expected a path such as gates.f, h_t or jacobian.f.h_prev`,
  );
}

/** The same quantity of the other gates: `gates.i`, `gates.o`, `gates.u` for `gates.f`; none for what is of no gate. */
export function ofOtherGates(quantity: Quantity): Quantity[] {
  return GATES.map((gate) => sibling(quantity, changeOfGate(quantity, gate))).filter((other) => other !== quantity);
}

function changeOfGate(quantity: Quantity, gate: Gate) {
  if (quantity.family === "jacobian") return isGate(quantity.of) ? { of: gate } : {};
  if (quantity.family !== "gradient") return "gate" in quantity ? { gate } : {};
  return /^[WUb]_/.test(quantity.key) ? { key: `${quantity.key[0]}_${gate}` } : {};
}
