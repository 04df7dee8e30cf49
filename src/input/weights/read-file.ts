/** A file of weights of any kind, to what it holds or to the cell that is chosen. */
import type { Cell } from "../../lstm/cell.ts";
import type { StateOverrides } from "../state.ts";
import type { Choice } from "./conventions/choices.ts";
import { type CellRecord, listCells } from "./conventions/list.ts";
import { jsonWeights } from "./files/json-tensors.ts";
import { readOnnx } from "./files/onnx-file.ts";
import { nameByShape, onnxWeights } from "./files/onnx-weights.ts";
import { openWeightFile, type WeightFile } from "./files/weight-file.ts";
import { cellFromWeights, readJsonCell } from "./read-cell.ts";
import type { ByteSource, Tensor } from "./tensor.ts";
import type { Weights } from "./weights.ts";

/**
 * What a file holds: its tensors, whose numbers are read when they are asked for, and its settings.
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
export async function readCellFile(
  source: ByteSource,
  choice: Choice = {},
  overrides: StateOverrides = {},
): Promise<Cell> {
  const opened = openWeightFile(source);
  if (opened.kind === "json") return readJsonCell(opened.json, source.file, choice, overrides);
  return cellFromWeights(await binaryWeights(opened, source), choice, overrides);
}

/** What a file of weights holds, as JSON tells it. */
export interface WeightList {
  readonly version: 1;
  readonly tensors: readonly Pick<Tensor, "name" | "shape" | "type">[];
  readonly cells: readonly CellRecord[];
}

/**
 * The tensors of a file, and the cells in it that the flags leave.
 * @throws {DlstmError} what the reader of its kind throws.
 */
export async function listWeights(source: ByteSource, choice: Choice = {}): Promise<WeightList> {
  const weights = await readWeights(source);
  const tensors = weights.tensors.map(({ name, shape, type }) => ({ name, shape, type }));
  return { version: 1, tensors, cells: listCells(weights, choice) };
}

async function binaryWeights(opened: Exclude<WeightFile, { kind: "json" }>, source: ByteSource): Promise<Weights> {
  if (opened.kind === "onnx") return onnxWeights(await readOnnx(source), source.file);
  return { file: source.file, tensors: opened.tensors, settings: [] };
}
