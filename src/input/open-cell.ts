/** The one way in: from a file of any kind to the cell that is chosen, with its state. */

import type { Cell } from "../lstm/cell.ts";
import { jsonIn } from "./json-file.ts";
import { nativeCell } from "./native.ts";
import type { StateOverrides } from "./state.ts";
import type { Choice } from "./weights/conventions/choices.ts";
import type { ByteSource } from "./weights/tensor.ts";

/**
 * The cell that the flags choose. What begins as JSON is JSON: with a native weight among its keys it is the native cell,
 * unless a flag says otherwise. All else is weights, whose kind and convention their readers tell.
 * @param json what {@link jsonIn} finds, for a caller who knows it already
 * @throws {DlstmError} what the reader of its kind throws; ambiguous, where flags and file leave several cells.
 */
export async function readCellFile(
  source: ByteSource,
  choice: Choice = {},
  overrides: StateOverrides = {},
  json: unknown = jsonIn(source),
): Promise<Cell> {
  const native = nativeCell(json, source.file, choice, overrides);
  if (native !== null) return native;
  // readers of weights are loaded only where there are any: the native cell starts faster without
  const { cellFromWeights, readJsonCell } = await import("./weights/read-cell.ts");
  if (json !== undefined) return readJsonCell(json, source.file, choice, overrides);
  const { readWeights } = await import("./weights/read-file.ts");
  return cellFromWeights(await readWeights(source), choice, overrides);
}
