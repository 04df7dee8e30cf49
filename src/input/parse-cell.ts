import { ProblemList } from "../errors.ts";
import type { Cell } from "../lstm/cell.ts";
import { openEnvelope } from "./envelope.ts";
import { readGates } from "./gates.ts";
import { type CellOverrides, override } from "./overrides.ts";
import { inferSizes } from "./sizes.ts";
import { checkInput, readState } from "./state.ts";

/**
 * A native cell from parsed JSON, checked once and for all: keys, kinds, numbers, shapes.
 * @param json what JSON.parse made of the file
 * @param file its name, for messages
 * @throws {DlstmError} with all that is wrong with it, at most ten problems and a count.
 */
export function parseCell(json: unknown, file: string | null = null, overrides: CellOverrides = {}): Cell {
  const problems = new ProblemList();
  const entries = openEnvelope("native cell", json, file, problems);
  override(entries, overrides, problems);
  const sizes = inferSizes(entries);
  const gates = readGates(entries, sizes, problems);
  const state = readState(entries, sizes, problems);
  problems.throwIfAny();
  if (Object.keys(gates).length === 0) {
    const message = "missing, expected at least one of U_f, U_i, U_o, U_u: nothing can be computed without";
    problems.add({ code: "missing", file, place: "U_f", message });
  }
  checkInput(entries, gates, file, problems);
  problems.throwIfAny();

  return {
    name: (entries.get("name")?.value as string | undefined) ?? null,
    hiddenSize: sizes.hidden!.length,
    inputSize: sizes.input?.length ?? null,
    gates,
    ...state,
    reverse: entries.get("reverse")?.value === true,
  };
}
