/** Where many inputs come from: several files, cells a line, or states a line of one cell. */
import { DlstmError, inFile, type Problem, withProblems } from "../errors.ts";
import { readJson } from "../input/json-file.ts";
import { WEIGHT_KEYS } from "../input/keys.ts";
import { type LineLabel, labelOf, withoutId } from "../input/line-label.ts";
import { decodeText } from "../input/text.ts";
import type { WalkLine } from "../input/walk/cell-walk.ts";
import type { Cell } from "../lstm/cell.ts";
import type { Context } from "./context.ts";
import type { Part } from "./jobs/part.ts";
import { type Line, linesIn } from "./lines.ts";
import {
  cellReader,
  type LoadedCell,
  loadCell,
  loadWith,
  nameOf,
  type Quiet,
  readOverrides,
  select,
} from "./load-cell.ts";
import { attempt, type Input, type Inputs } from "./many.ts";
import type { CellOptions, Extent } from "./options.ts";
import { MOST_JSON } from "./source.ts";

/** The cells of several files; one that cannot be read is told in its place. */
export async function* fileInputs(
  paths: readonly string[],
  extent: Extent,
  options: CellOptions & Quiet,
  context: Context,
): Inputs {
  const overrides = await readOverrides(paths, extent, options, context);
  for await (const path of context.part ? pathsOf(paths, context.part) : paths) {
    const loaded = await loadWith(path, extent, options, overrides, context).catch((error: unknown) => {
      if (error instanceof DlstmError) return error;
      throw error;
    });
    yield [{ label: { file: nameOf(path) }, line: null, loaded }];
  }
}

/** Of the files those that a job is handed. */
async function* pathsOf(paths: readonly string[], { blocks }: Part): AsyncGenerator<string> {
  for await (const { before } of blocks) yield paths[before];
}

/** A cell a line, all with the same state from flags and --state. */
export async function cellInputs(
  path: string,
  extent: Extent,
  options: CellOptions & Quiet,
  context: Context,
): Promise<Inputs> {
  const { read, isPlain } = await cellReader(path, extent, options, context);
  const walk = isPlain ? (await import("../input/walk/cell-walk.ts")).cellWalk() : null;
  return lineInputs(path, { read, walk }, extent, options, context);
}

/** A state a line, each in the place of the cell's own. */
export async function stateInputs(
  path: string | undefined,
  states: string,
  extent: Extent,
  options: CellOptions & Quiet,
  context: Context,
): Promise<Inputs> {
  const { step: _, ...ofFile } = options;
  const [{ cell, file: weightsFile }, { cellWithState }, { stateWalk }] = await Promise.all([
    loadCell(path, "either", ofFile, context),
    import("../input/state-line.ts"),
    import("../input/walk/cell-walk.ts"),
  ]);
  const file = nameOf(states);
  const reader = { read: (json: unknown) => cellWithState(cell, json, file), walk: stateWalk(cell) };
  return lineInputs(states, reader, extent, options, context, weightsFile);
}

/** The work on a line: what the weights lack is their file's fault, and no line's. */
export function inWeightsFile<T>(file: string | null, run: () => T): T {
  const isOfWeights = ({ code, place }: Problem) =>
    code === "missing" && (WEIGHT_KEYS as readonly (string | null)[]).includes(place);
  return withProblems(run, (problem) => (isOfWeights(problem) ? { ...problem, file } : problem));
}

/** How the cell of a line is read: by a walk over plain lines, where flags leave them as they are, and all others with care. */
interface LineReader {
  readonly read: (json: unknown) => Cell;
  readonly walk: WalkLine | null;
}

async function* lineInputs(
  path: string,
  { read, walk }: LineReader,
  extent: Extent,
  options: CellOptions,
  context: Context,
  weightsFile: string | null = nameOf(path),
): Inputs {
  const file = nameOf(path);
  const load = (find: () => Cell): LoadedCell => {
    const cell = inWeightsFile(weightsFile, () => inFile(file, () => select(find(), extent, options)));
    return { file, weightsFile, heading: cell.name ?? file, cell, remarks: [] };
  };
  const inputOf = ({ number, bytes }: Line): Input => {
    let label: LineLabel = {};
    const loaded = attempt(() => {
      const line = bytes();
      const walked = walk?.(line);
      if (walked) {
        label = walked.label;
        return load(() => walked.cell);
      }
      const json = readJson(line, file);
      const text = () => decodeText(line);
      label = labelOf(json, text);
      return load(() => read(withoutId(json, text)));
    });
    return { label, line: number, loaded };
  };
  for await (const lines of linesIn(path, options.maxBytes ?? MOST_JSON, context)) yield eachOf(lines, inputOf);
}

function* eachOf<T, R>(all: Iterable<T>, of: (one: T) => R): Generator<R> {
  for (const one of all) yield of(one);
}
