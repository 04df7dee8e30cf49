import { DlstmError, failure, inFile } from "../errors.ts";
import { parseJson } from "../input/json.ts";
import type { StateKey } from "../input/keys.ts";
import { parseCell, type StateOverrides } from "../input/parse-cell.ts";
import { decodeText } from "../input/text.ts";
import type { Cell } from "../lstm/cell.ts";
import { cellAtStep } from "../lstm/step.ts";
import type { Context } from "./context.ts";
import type { CellOptions, Extent } from "./options.ts";
import { readBytes, STDIN } from "./read.ts";

/** A cell, with the name under which messages know its file. */
export interface LoadedCell {
  readonly file: string;
  readonly cell: Cell;
}

/**
 * Reads the cell and the state that overrides its own.
 * @throws {DlstmError} with all that is wrong with them.
 */
export async function loadCell(
  path: string | undefined,
  extent: Extent,
  options: CellOptions,
  context: Context,
): Promise<LoadedCell> {
  const source = path ?? "-";
  const overrides = await readOverrides(source, options, context);
  const file = nameOf(source);
  const json = await readJson(source, options.maxBytes, context);
  return { file, cell: cellOf(json, file, overrides, extent, options.step) };
}

/** A cell as the command wants it, from parsed JSON. */
function cellOf(json: unknown, file: string, overrides: StateOverrides, extent: Extent, step?: number): Cell {
  const cell = parseCell(json, file, overrides);
  return inFile(file, () => select(cell, extent, step));
}

/** A reader of one cell after another, each a JSON text, all with the same state from flags and --state. */
export async function cellReader(
  path: string,
  extent: Extent,
  options: CellOptions,
  context: Context,
): Promise<(bytes: Uint8Array) => Cell> {
  const overrides = await readOverrides(path, options, context);
  const file = nameOf(path);
  return (bytes) => cellOf(parseJson(decodeText(bytes, file), file), file, overrides, extent, options.step);
}

async function readOverrides(source: string, options: CellOptions, context: Context): Promise<StateOverrides> {
  if (source === "-" && options.state === "-") {
    throw failure("usage", "standard input, which is the cell already", { place: "--state" });
  }
  const stateFile = options.state === undefined ? undefined : await readState(options.state, options.maxBytes, context);
  return { stateFile, flags: stateFlags(options) };
}

function select(cell: Cell, extent: Extent, step: number | undefined): Cell {
  if (step !== undefined) return cellAtStep(cell, step);
  if (extent === "step" && cell.x !== null) {
    const message = `a sequence of ${cell.x.rows} steps, expected x_t: this command computes one step, choose it with --step t; sequence and backward take them all`;
    throw failure("usage", message, { place: "x" });
  }
  if (extent === "sequence" && cell.x === null) {
    throw failure("missing", "missing, expected a sequence [T × I]; show, forward and jacobian take one step", {
      place: "x",
    });
  }
  return cell;
}

/** The JSON value in a file, or on standard input for "-". */
export async function readJson(path: string, maxBytes: number, context: Context): Promise<unknown> {
  const file = nameOf(path);
  return parseJson(decodeText(await readBytes(path, maxBytes, context), file), file);
}

async function readState(path: string, maxBytes: number, context: Context) {
  return { json: await readJson(path, maxBytes, context), file: nameOf(path) };
}

/** How messages name a file. */
export function nameOf(path: string): string {
  return path === "-" ? STDIN : path;
}

function stateFlags({ xT, hPrev, cPrev, dhT, dcT }: CellOptions) {
  const given: [StateKey, string, string | undefined][] = [
    ["x_t", "--x-t", xT],
    ["h_prev", "--h-prev", hPrev],
    ["c_prev", "--c-prev", cPrev],
    ["dh_t", "--dh-t", dhT],
    ["dc_t", "--dc-t", dcT],
  ];
  return given.flatMap(([key, flag, text]) => {
    if (text === undefined) return [];
    const value = flagValue(flag, text);
    // rows for --x are a sequence
    const isSequence = key === "x_t" && Array.isArray(value) && Array.isArray(value[0]);
    return [{ key: isSequence ? ("x" as const) : key, source: { value, file: null, place: flag } }];
  });
}

function flagValue(flag: string, text: string): unknown {
  const expected = "expected a JSON array such as [0.5,-1]";
  if (text.trim() === "") throw failure("syntax", `empty, ${expected}`, { place: flag });
  try {
    return parseJson(text, null);
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    const [{ code, place, message }] = error.problems;
    throw failure(code, `${place}: ${message}; ${expected}`, { place: flag });
  }
}
