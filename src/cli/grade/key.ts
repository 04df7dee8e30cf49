/** What answers are compared with: a cell, or a result that a command has printed. */
import { inFile } from "../../errors.ts";
import { cellKey, type Key, resultKey } from "../../grade/key.ts";
import { FAMILIES } from "../../lstm/quantities.ts";
import type { Context } from "../context.ts";
import { loadCell, type Quiet } from "../load-cell.ts";
import { refuseNumbers } from "../number-flags.ts";
import type { CellOptions } from "../options.ts";

/**
 * The key in a file: of a cell its exact answers are computed; a result is taken as it stands.
 * @throws {DlstmError} with all that is wrong with it, or with the flags of a result.
 */
export async function loadKey(
  path: string,
  flags: CellOptions & Quiet,
  context: Context,
): Promise<{ key: Key; heading: string }> {
  const loaded = await loadCell(path, "either", flags, context, (json, file) => {
    if (!isResult(json)) return null;
    refuseNumbers(flags, "not with a result as the key, whose numbers stand; expected a cell");
    return { key: resultKey(json, file), heading: file };
  });
  return "key" in loaded ? loaded : { ...loaded, key: inFile(loaded.file, () => cellKey(loaded.cell)) };
}

function isResult(json: unknown): boolean {
  // a cell has none of them
  return typeof json === "object" && json !== null && FAMILIES.some((key) => Object.hasOwn(json, key));
}
