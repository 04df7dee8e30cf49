import { failure, inFile, misuse } from "../errors.ts";
import { allJson, jsonIn } from "../input/json-file.ts";
import { isNativeChoice } from "../input/native.ts";
import { readNotedCell } from "../input/open-cell.ts";
import type { CellOverrides } from "../input/overrides.ts";
import type { Cell } from "../lstm/cell.ts";
import { cellAtStep } from "../lstm/cell-at-step.ts";
import { isReversed, xRow } from "../lstm/unroll.ts";
import { once } from "../once.ts";
import { counted } from "../words/counted.ts";
import type { Context } from "./context.ts";
import { makesCell, numberFlags, refuseFlags, requireOwnStdin } from "./number-flags.ts";
import { flagOf } from "./number-keys.ts";
import type { CellOptions, Extent, OutputOptions } from "./options.ts";
import { STDIN } from "./read.ts";
import { withSource } from "./source.ts";
import { note } from "./terminal.ts";

export type Quiet = Pick<OutputOptions, "quiet">;

/** A cell with where it came from. */
export interface LoadedCell {
  /** The name under which messages know its file; null where flags alone make it. */
  readonly file: string | null;
  /** The same of its weights, where a state beside them has another. */
  readonly weightsFile?: string | null;
  /** What people are told it is: its name, else its file's. */
  readonly heading: string;
  readonly cell: Cell;
  /** What people have to know of the step that was chosen. */
  readonly remarks: readonly string[];
}

/**
 * Reads the cell that the flags choose, from a file of any kind, and the numbers that override its own.
 * @param path undefined: standard input, or no file where flags make a cell
 * @param other for a file that may hold something else: what it makes of its JSON, where that is not null
 * @throws {DlstmError} with all that is wrong with them.
 */
export async function loadCell<T extends object = never>(
  path: string | undefined,
  extent: Extent,
  options: CellOptions & Quiet,
  context: Context,
  other: (json: unknown, file: string) => T | null = () => null,
): Promise<LoadedCell | T> {
  if (path === undefined && makesCell(options)) return loadFlags(extent, options, context);
  const overrides = await readOverrides([path ?? "-"], extent, options, context);
  return loadWith(path ?? "-", extent, options, overrides, context, other);
}

/** The same with overrides that are read already. */
export async function loadWith<T extends object = never>(
  path: string,
  extent: Extent,
  options: CellOptions & Quiet,
  overrides: CellOverrides,
  context: Context,
  other: (json: unknown, file: string) => T | null = () => null,
): Promise<LoadedCell | T> {
  return withSource(path, options.maxBytes, context, async (source) => {
    const { file } = source;
    const json = jsonIn(source);
    const found = json === undefined ? null : other(json, file);
    if (found !== null) return found;
    const { cell: whole, notes } = await readNotedCell(source, options, overrides, json);
    for (const text of notes) note(text, options, context, file);
    if (whole.assumedActivation) await noteAssumed(file, options, context);
    return selected(whole, file, extent, options, overrides);
  });
}

/** The cell that flags alone make. */
async function loadFlags(extent: Extent, options: CellOptions, context: Context): Promise<LoadedCell> {
  const { from, names, order, layout, prefix, layer, reverse } = options;
  const alone = "only with a file of weights: flags alone make this cell";
  refuseFlags({ from, names, order, layout, prefix, layer, reverse }, alone);
  const overrides = await readOverrides([], extent, options, context);
  const { cellOfFlags } = await import("../input/typed/cell.ts");
  return selected(cellOfFlags(overrides), null, extent, options, overrides);
}

function selected(
  whole: Cell,
  file: string | null,
  extent: Extent,
  options: CellOptions,
  overrides: CellOverrides,
): LoadedCell {
  const cell = inFile(fileOfInput(file, options, overrides), () => select(whole, extent, options));
  return { file, heading: cell.name ?? file ?? "cell from flags", cell, remarks: remarksOn(whole, options.step) };
}

/** Where x or x_t stands: the flag names itself. */
function fileOfInput(file: string | null, { xT }: CellOptions, { stateFile }: CellOverrides): string | null {
  if (xT !== undefined) return null;
  const { json, file: ofState } = stateFile ?? { json: null, file };
  const holdsInput = typeof json === "object" && json !== null && ("x" in json || "x_t" in json);
  return holdsInput ? ofState : file;
}

/** A reader of one cell after another from parsed JSON, all with the same numbers from flags and --state; whether there are none of these. */
export async function cellReader(
  path: string,
  extent: Extent,
  options: CellOptions & Quiet,
  context: Context,
): Promise<{ readonly read: (json: unknown) => Cell; readonly isPlain: boolean }> {
  const overrides = await readOverrides([path], extent, options, context);
  const file = nameOf(path);
  const { readJsonCell } = await import("../input/weights/read-cell.ts");
  // once is enough for a stream of such cells
  const noteOnce = once(() => noteAssumed(file, options, context));
  const read = (json: unknown) => {
    const cell = readJsonCell(json, file, options, overrides);
    if (cell.assumedActivation) void noteOnce();
    return cell;
  };
  return { read, isPlain: isNativeChoice(options) && !overrides.stateFile && overrides.flags?.length === 0 };
}

async function noteAssumed(file: string, options: Quiet, context: Context): Promise<void> {
  const { ASSUMED_SIGMOID } = await import("../input/weights/conventions/activation.ts");
  note(ASSUMED_SIGMOID, options, context, file);
}

/** What --state and flags put in the place of the numbers of a cell, or of each of several. */
export async function readOverrides(
  sources: readonly string[],
  extent: Extent,
  options: CellOptions,
  context: Context,
): Promise<CellOverrides> {
  requireOwnStdin(options, sources.includes("-") ? "the cell" : null);
  const stateFile = options.state === undefined ? undefined : await loadJson(options.state, options.maxBytes, context);
  return { stateFile, flags: await numberFlags(options, extent, context) };
}

/** Of a reverse cell, the row of x that the step reads: nothing else would tell. */
function remarksOn(whole: Cell, step: number | undefined): string[] {
  if (step === undefined || !isReversed(whole)) return [];
  return [`step ${step} of a reverse cell: its x_t is row ${xRow(whole, step)} of x, counted from 0`];
}

/** The step or the sequence that a command computes. @throws {DlstmError} usage, missing: where the cell is none of these. */
export function select(cell: Cell, extent: Extent, { step, xT }: CellOptions): Cell {
  if (step !== undefined) return cellAtStep(cell, step);
  const place = xT === undefined ? "x" : flagOf("x_t");
  if (extent === "step" && cell.x !== null) {
    const what = `a sequence of ${counted(cell.x.rows, "step")}`;
    throw misuse(
      place,
      `${what}, expected x_t: this command computes one step, choose it with --step t; sequence and backward take them all`,
    );
  }
  if (extent === "sequence" && cell.x === null) {
    const expected = "expected a sequence [T × I]; show, forward and jacobian take one step";
    throw failure("missing", `${xT === undefined ? "missing" : "x_t"}, ${expected}`, { place });
  }
  return cell;
}

/** The JSON value in a file, or on standard input for "-", and how messages name the file. */
export function loadJson(path: string, maxBytes: number | undefined, context: Context) {
  return withSource(path, maxBytes, context, async (source) => ({ json: allJson(source), file: source.file }));
}

/** How messages name a file. */
export function nameOf(path: string): string {
  return path === "-" ? STDIN : path;
}
