/** Where many inputs come from: several files, cells a line, or states a line of one cell. */
import { DlstmError, inFile, type Problem, withProblems } from "../errors.ts";
import { readJson } from "../input/json-file.ts";
import { WEIGHT_KEYS } from "../input/keys.ts";
import { type LineLabel, labelOf, withoutId } from "../input/line-label.ts";
import { decodeText } from "../input/text.ts";
import type { Cell } from "../lstm/cell.ts";
import type { Context } from "./context.ts";
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
  for (const path of paths) {
    const loaded = await loadWith(path, extent, options, overrides, context).catch((error: unknown) => {
      if (error instanceof DlstmError) return error;
      throw error;
    });
    yield [{ label: { file: nameOf(path) }, line: null, loaded }];
  }
}

/** A cell a line, all with the same state from flags and --state. */
export async function cellInputs(
  path: string,
  extent: Extent,
  options: CellOptions & Quiet,
  context: Context,
): Promise<Inputs> {
  const read = await cellReader(path, extent, options, context);
  return lineInputs(path, read, extent, options, context);
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
  const [{ cell, file: weightsFile }, { cellWithState }] = await Promise.all([
    loadCell(path, "either", ofFile, context),
    import("../input/state-line.ts"),
  ]);
  const file = nameOf(states);
  return lineInputs(states, (json) => cellWithState(cell, json, file), extent, options, context, weightsFile);
}

/** The work on a line: what the weights lack is their file's fault, and no line's. */
export function inWeightsFile<T>(file: string | null, run: () => T): T {
  const isOfWeights = ({ code, place }: Problem) =>
    code === "missing" && (WEIGHT_KEYS as readonly (string | null)[]).includes(place);
  return withProblems(run, (problem) => (isOfWeights(problem) ? { ...problem, file } : problem));
}

async function* lineInputs(
  path: string,
  read: (json: unknown) => Cell,
  extent: Extent,
  options: CellOptions,
  context: Context,
  weightsFile: string | null = nameOf(path),
): Inputs {
  const file = nameOf(path);
  const load = (json: unknown): LoadedCell => {
    const selected = () => select(read(json), extent, options);
    const cell = inWeightsFile(weightsFile, () => inFile(file, selected));
    return { file, weightsFile, heading: cell.name ?? file, cell, remarks: [] };
  };
  for await (const lines of linesIn(path, options.maxBytes ?? MOST_JSON, context)) yield inputsOf(lines, file, load);
}

function* inputsOf(lines: Iterable<Line>, file: string, load: (json: unknown) => LoadedCell): Generator<Input> {
  for (const { number, bytes } of lines) {
    let label: LineLabel = {};
    const loaded = attempt(() => {
      const json = readJson(bytes(), file);
      const text = () => decodeText(bytes());
      label = labelOf(json, text);
      return load(inFile(file, () => withoutId(json, text)));
    });
    yield { label, line: number, loaded };
  }
}
