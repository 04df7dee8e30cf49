/** A cell without a file. */
import { ProblemList } from "../../errors.ts";
import type { Cell } from "../../lstm/cell.ts";
import type { CellOverrides } from "../overrides.ts";
import { parseCell } from "../parse-cell.ts";

/**
 * The cell that flags alone make, beside the state of a --state file.
 * @throws {DlstmError} missing, for W or b of a gate without its U, which in a file is merely of no use; what parseCell throws.
 */
export function cellOfFlags(overrides: CellOverrides): Cell {
  const { flags = [] } = overrides;
  const problems = new ProblemList();
  for (const { key, source } of flags) {
    const missing = key.replace(/^[Wb]_/, "U_");
    if (flags.some((flag) => flag.key === missing) || missing === key) continue;
    const message = `given without ${missing}, expected both: flags alone make this cell`;
    problems.add({ code: "missing", file: null, place: source.place, message });
  }
  problems.throwIfAny();
  return parseCell({}, null, overrides);
}
