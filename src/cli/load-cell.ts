import { DlstmError, failure, inFile } from "../errors.ts";
import { parseJson } from "../input/json.ts";
import type { StateKey } from "../input/keys.ts";
import { parseCell } from "../input/parse-cell.ts";
import { decodeText } from "../input/text.ts";
import type { Cell } from "../lstm/cell.ts";
import { cellAtStep, requireOneStep } from "../lstm/step.ts";
import type { Context } from "./context.ts";
import type { CellOptions } from "./options.ts";
import { readBytes, STDIN } from "./read.ts";

/** A cell of one step, with the name under which messages know its file. */
export interface LoadedCell {
  readonly file: string;
  readonly cell: Cell;
}

/**
 * Reads the cell and the state that overrides its own.
 * @throws {DlstmError} with all that is wrong with them.
 */
export async function loadCell(path: string | undefined, options: CellOptions, context: Context): Promise<LoadedCell> {
  const source = path ?? "-";
  if (source === "-" && options.state === "-") {
    throw failure("usage", "standard input, which is the cell already", { place: "--state" });
  }
  const file = nameOf(source);
  const json = await readJson(source, options.maxBytes, context);
  const stateFile = options.state === undefined ? undefined : await readState(options.state, options.maxBytes, context);
  const cell = parseCell(json, file, { stateFile, flags: stateFlags(options) });
  const { step } = options;
  return { file, cell: inFile(file, () => (step === undefined ? requireOneStep(cell) : cellAtStep(cell, step))) };
}

async function readJson(path: string, maxBytes: number, context: Context): Promise<unknown> {
  const file = nameOf(path);
  return parseJson(decodeText(await readBytes(path, maxBytes, context), file), file);
}

async function readState(path: string, maxBytes: number, context: Context) {
  return { json: await readJson(path, maxBytes, context), file: nameOf(path) };
}

function nameOf(path: string): string {
  return path === "-" ? STDIN : path;
}

function stateFlags({ xT, hPrev, cPrev }: CellOptions) {
  const given: [StateKey, string, string | undefined][] = [
    ["x_t", "--x-t", xT],
    ["h_prev", "--h-prev", hPrev],
    ["c_prev", "--c-prev", cPrev],
  ];
  return given.flatMap(([key, flag, text]) =>
    text === undefined ? [] : [{ key, source: { value: flagValue(flag, text), file: null, place: flag } }],
  );
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
