import { DlstmError, failure } from "../errors.ts";
import { parseJson } from "../input/json.ts";
import type { StateKey } from "../input/keys.ts";
import type { CellOptions } from "./options.ts";

/**
 * The state that flags give, each a JSON array.
 * @throws {DlstmError} syntax and the like, naming the flag.
 */
export function stateFlags({ xT, hPrev, cPrev, dhT, dcT }: CellOptions) {
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
