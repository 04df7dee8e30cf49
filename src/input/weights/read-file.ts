/** A file of weights of any kind, to what it holds or to the cell that is chosen. */
import { inFile } from "../../errors.ts";
import type { Cell } from "../../lstm/cell.ts";
import type { CellOverrides } from "../overrides.ts";
import type { Choice } from "./conventions/choices.ts";
import { type CellRecord, listCells } from "./conventions/list.ts";
import { prepared } from "./conventions/prepare.ts";
import { PLAIN_JSON } from "./files/kind.ts";
import { kindOf } from "./files/kinds.ts";
import { OpenedFile } from "./files/opened.ts";
import { cellFromWeights, readJsonCell } from "./read-cell.ts";
import type { ByteSource, Tensor } from "./tensor.ts";
import { type Weights, weightsFrom } from "./weights.ts";

/**
 * What a file holds: its tensors, whose numbers are read when they are asked for, its settings, and what is to be said of it.
 * @throws {DlstmError} what the reader of its kind throws.
 */
export async function readWeights(source: ByteSource): Promise<Weights> {
  const { file } = source;
  return readOpened(inFile(file, () => new OpenedFile(source)));
}

async function readOpened(opened: OpenedFile): Promise<Weights> {
  const { file } = opened.source;
  const read = await inFile(file, () => kindOf(opened)).reader();
  return prepared(await weightsFrom(file, () => read(opened)));
}

/** A cell with what people have to know of the file that it is from. */
export interface NotedCell {
  readonly cell: Cell;
  readonly notes: readonly string[];
}

/** The cell that the flags choose in a file that holds no native one. */
export async function readForeignFile(
  source: ByteSource,
  choice: Choice,
  overrides: CellOverrides,
  json: unknown,
): Promise<NotedCell> {
  const { file } = source;
  const opened = inFile(file, () => new OpenedFile(source, json));
  if (json !== undefined && inFile(file, () => kindOf(opened).name) === PLAIN_JSON) {
    return { cell: readJsonCell(json, file, choice, overrides), notes: [] };
  }
  const weights = await readOpened(opened);
  return { cell: cellFromWeights(weights, choice, overrides), notes: weights.notes };
}

/** What a file of weights holds, as JSON tells it. */
export interface WeightList {
  readonly version: 1;
  readonly tensors: readonly Pick<Tensor, "name" | "shape" | "type">[];
  readonly cells: readonly CellRecord[];
  /** What is to be known of the file, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * The tensors of a file, and the cells in it that the flags leave.
 * @throws {DlstmError} what the reader of its kind throws.
 */
export async function listWeights(source: ByteSource, choice: Choice = {}): Promise<WeightList> {
  const weights = await readWeights(source);
  const tensors = weights.tensors.map(({ name, shape, type }) => ({ name, shape, type }));
  return { version: 1, tensors, cells: listCells(weights, choice), notes: weights.notes };
}
