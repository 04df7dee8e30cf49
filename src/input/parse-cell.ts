import { ProblemList } from "../errors.ts";
import type { Cell, GateWeights } from "../lstm/cell.ts";
import { GATES, type Gate } from "../lstm/names.ts";
import { cellSchema } from "./cell-schema.ts";
import { openEnvelope } from "./envelope.ts";
import type { Sourced } from "./keys.ts";
import { ifGiven, readMatrix, readVector, type Size } from "./numbers.ts";
import { inferSizes, type Sizes } from "./sizes.ts";
import { checkInput, overrideState, readState, type StateOverrides } from "./state.ts";

export type { StateOverrides } from "./state.ts";

/**
 * A native cell from parsed JSON, checked once and for all: keys, kinds, numbers, shapes.
 * @param json what JSON.parse made of the file
 * @param file its name, for messages
 * @throws {DlstmError} with all that is wrong with it, at most ten problems and a count.
 */
export function parseCell(json: unknown, file: string | null = null, overrides: StateOverrides = {}): Cell {
  const problems = new ProblemList();
  const entries = openEnvelope(cellSchema, "native cell", json, file, problems);
  overrideState(entries, overrides, problems);
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

/** The weights key by key, in the order in which problems are told; a gate without U is none. */
function readGates(
  entries: ReadonlyMap<string, Sourced>,
  { hidden, input }: Sizes,
  problems: ProblemList,
): Partial<Record<Gate, GateWeights>> {
  const matrices = (name: "W" | "U", cols: Size | null) =>
    GATES.map((g) => ifGiven(entries, `${name}_${g}`, (source) => readMatrix(source, hidden, cols, problems)));
  const [W, U] = [matrices("W", input), matrices("U", hidden)];
  const b = GATES.map((g) => ifGiven(entries, `b_${g}`, (source) => readVector(source, hidden, problems)));
  const gates: Partial<Record<Gate, GateWeights>> = {};
  for (const [k, g] of GATES.entries()) {
    const ofState = U[k];
    if (ofState) gates[g] = { W: W[k], U: ofState, b: b[k] };
  }
  return gates;
}
