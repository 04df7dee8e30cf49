import { failure } from "../../errors.ts";
import type { Wrt } from "../names.ts";
import type { FullCell } from "../requirements.ts";
import { hasInput } from "./by-input.ts";

/** A vector over the inputs; what of it is not there is zero. */
export type InputVector = Readonly<Partial<Record<Wrt, Float64Array>>>;

/**
 * Such a vector of a cell.
 * @throws {DlstmError} unknown-key, for an input that the cell has not; shape, for another number of entries; not-a-number, for one
 * that is not finite.
 */
export function requireInputVector(cell: FullCell, v: InputVector): InputVector {
  const { hiddenSize: H, inputSize: I } = cell;
  const lengths = new Map<string, number | null>([
    ["h_prev", H],
    ["c_prev", H],
    ...(hasInput(cell) ? [["x_t", I] as const] : []),
  ]);
  for (const [place, part] of Object.entries(v)) {
    const length = lengths.get(place);
    if (length === undefined) {
      throw failure("unknown-key", `no input of this cell, expected ${[...lengths.keys()].join(", ")}`, { place });
    }
    if (part.length !== length) throw failure("shape", `${part.length} numbers, expected ${length}`, { place });
    const at = part.findIndex((entry) => !Number.isFinite(entry));
    if (at >= 0) throw failure("not-a-number", `${part[at]}, expected a finite number`, { place: `${place}[${at}]` });
  }
  return v;
}
