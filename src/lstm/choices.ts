/** What a caller chose by its name or its number, refused where there is no such thing: the types are none of JavaScript's. */
import { misuse } from "../errors.ts";

/**
 * The one of these names that is given.
 * @param place what messages call it
 * @throws {DlstmError} usage
 */
export function requireOneOf<Name extends string>(given: Name, known: readonly Name[], place: string): Name {
  const found = known.find((name) => name === String(given));
  if (found !== undefined) return found;
  throw misuse(place, `${String(given)}, expected one of ${known.join(", ")}`);
}

/**
 * Refuses what is no unit of a cell of so many.
 * @throws {DlstmError} usage
 */
export function requireUnit(unit: number, hiddenSize: number, place: string): void {
  if (Number.isInteger(unit) && unit >= 0 && unit < hiddenSize) return;
  throw misuse(place, `${unit}, expected 0 … ${hiddenSize - 1}, the units of this cell`);
}
