/** A file of weights of any kind, to what it holds. */
import { inFile } from "../../errors.ts";
import type { Choice } from "./conventions/choices.ts";
import { type CellRecord, listCells } from "./conventions/list.ts";
import { jsonWeights } from "./files/json-tensors.ts";
import { nameByShape, onnxWeights } from "./files/onnx-weights.ts";
import { openWeightFile } from "./files/weight-file.ts";
import type { ByteSource, Tensor } from "./tensor.ts";
import { type Weights, weightsIn } from "./weights.ts";

/**
 * What a file holds: its tensors, whose numbers are read when they are asked for, and its settings.
 * @throws {DlstmError} what the reader of its kind throws.
 */
export async function readWeights(source: ByteSource): Promise<Weights> {
  const { file } = source;
  const opened = inFile(file, () => openWeightFile(source));
  if (opened.kind === "json") return nameByShape(jsonWeights(opened.json, file));
  if (opened.kind !== "onnx") return weightsIn(file, () => ({ tensors: opened.tensors, settings: [] }));
  // the library for protobuf is loaded only where there is any
  const { readOnnx } = await import("./files/onnx-file.ts");
  return onnxWeights(
    inFile(file, () => readOnnx(source)),
    file,
  );
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
