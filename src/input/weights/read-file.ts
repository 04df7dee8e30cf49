/** A file of weights of any kind, to what it holds or to the cell that is chosen. */
import type { Cell } from "../../lstm/cell.ts";
import type { StateOverrides } from "../state.ts";
import type { Choice } from "./choices.ts";
import { jsonWeights } from "./json-tensors.ts";
import { readOnnx } from "./onnx-file.ts";
import { nameByShape, onnxWeights } from "./onnx-weights.ts";
import { cellFromWeights, readJsonCell } from "./read-cell.ts";
import type { ByteSource } from "./tensor.ts";
import { openWeightFile, type WeightFile } from "./weight-file.ts";
import type { Weights } from "./weights.ts";

/**
 * The tensors of a file under the names by which cells are recognised; their numbers are read when they are asked for.
 * @throws {DlstmError} what the reader of its kind throws.
 */
export async function readWeights(source: ByteSource): Promise<Weights> {
  const opened = openWeightFile(source);
  return opened.kind === "json" ? nameByShape(jsonWeights(opened.json, source.file)) : binaryWeights(opened, source);
}

/**
 * The cell that the flags choose.
 * @throws {DlstmError} what the reader of its kind throws; ambiguous, where flags and file leave several cells.
 */
export async function readCellFile(source: ByteSource, choice: Choice, overrides: StateOverrides): Promise<Cell> {
  const opened = openWeightFile(source);
  if (opened.kind === "json") return readJsonCell(opened.json, source.file, choice, overrides);
  return cellFromWeights(await binaryWeights(opened, source), choice, overrides);
}

async function binaryWeights(opened: Exclude<WeightFile, { kind: "json" }>, source: ByteSource): Promise<Weights> {
  if (opened.kind === "onnx") return onnxWeights(await readOnnx(source), source.file);
  return { file: source.file, tensors: opened.tensors, settings: [] };
}

export { readJsonCell };
