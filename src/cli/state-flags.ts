import { DlstmError, failure, misuse } from "../errors.ts";
import { parseJson } from "../input/json.ts";
import type { StateKey } from "../input/keys.ts";
import type { CellOptions } from "./options.ts";

/** What flags give of the state, by the key of a cell that each overrides: --h-prev gives h_prev. */
function givenState({ xT, hPrev, cPrev, dhT, dcT }: CellOptions) {
  return { x_t: xT, h_prev: hPrev, c_prev: cPrev, dh_t: dhT, dc_t: dcT };
}

/**
 * The state that flags give, each a JSON array.
 * @throws {DlstmError} syntax and the like, naming the flag.
 */
export function stateFlags(options: CellOptions) {
  return Object.entries(givenState(options)).flatMap(([key, text]) => {
    if (text === undefined) return [];
    const place = flagOf(key);
    const value = flagValue(place, text);
    // rows for --x are a sequence
    const isSequence = key === "x_t" && Array.isArray(value) && Array.isArray(value[0]);
    return [{ key: (isSequence ? "x" : key) as StateKey, source: { value, file: null, place } }];
  });
}

/** @throws {DlstmError} usage, for the first flag that says something of the state. */
export function refuseState(options: CellOptions, message: string): void {
  const { state, step } = options;
  refuseFlags({ ...givenState(options), state, step }, message);
}

/** @throws {DlstmError} usage, for the first flag that gives numbers of the state. */
export function refuseStateFlags(options: CellOptions, message: string): void {
  refuseFlags(givenState(options), message);
}

/**
 * @param values what flags give, by their names or by keys
 * @throws {DlstmError} usage, for the first of them that is given.
 */
export function refuseFlags(values: Readonly<Record<string, unknown>>, message: string): void {
  const [key] = Object.entries(values).find(([, value]) => value !== undefined) ?? [];
  if (key) throw misuse(flagOf(key), message);
}

function flagOf(key: string): string {
  return `--${key.replaceAll("_", "-")}`;
}

function flagValue(flag: string, text: string): unknown {
  const expected = "expected a JSON array such as [0.5,-1]";
  if (text.trim() === "") throw failure("syntax", `empty, ${expected}`, { place: flag });
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    const [{ code, place, message }] = error.problems;
    throw failure(code, `${place}: ${message}; ${expected}`, { place: flag });
  }
}
