/** The one way in: from a file of any kind to the cell that is chosen, with its state. */

import type { Cell } from "../lstm/cell.ts";
import { jsonIn } from "./json-file.ts";
import { nativeCell } from "./native.ts";
import type { CellOverrides } from "./overrides.ts";
import type { Choice } from "./weights/conventions/choices.ts";
import type { NotedCell } from "./weights/read-file.ts";
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
  overrides: CellOverrides = {},
  json: unknown = jsonIn(source),
): Promise<Cell> {
  return (await readNotedCell(source, choice, overrides, json)).cell;
}

/** The same, with what is to be said of the file. */
export async function readNotedCell(
  source: ByteSource,
  choice: Choice,
  overrides: CellOverrides,
  json: unknown,
): Promise<NotedCell> {
  const cell = nativeCell(json, source.file, choice, overrides);
  if (cell !== null) return { cell, notes: [] };
  // readers of weights are loaded only where there are any: the native cell starts faster without
  const { readForeignFile } = await import("./weights/read-file.ts");
  return readForeignFile(source, choice, overrides, json);
}
