/** One cell, many states: the weights are read once, a line gives the state. */
import { ProblemList } from "../errors.ts";
import type { Cell } from "../lstm/cell.ts";
import { openEnvelope } from "./envelope.ts";
import { inferSizes, namedSizes } from "./sizes.ts";
import { checkInput, readState } from "./state.ts";

/**
 * The cell with the state that a line gives in the place of its own.
 * @param json x_t or x, h_prev, c_prev, dh_t, dc_t
 * @param file of the line, for messages
 * @throws {DlstmError} with all that is wrong with the state, or with its shapes beside the weights.
 */
export function cellWithState(cell: Cell, json: unknown, file: string | null): Cell {
  const problems = new ProblemList();
  const entries = openEnvelope("state", json, file, problems);
  const input = cell.inputSize ?? inferSizes(entries).input?.length ?? null;
  const state = readState(entries, namedSizes(cell.hiddenSize, input), problems, cell);
  checkInput(entries, cell.gates, file, problems);
  problems.throwIfAny();
  return { ...cell, inputSize: input, ...state };
}
