import { ProblemList } from "../errors.ts";
import type { Matrix } from "../linalg/matrix.ts";
import type { Cell, GateWeights } from "../lstm/cell.ts";
import { GATES, type Gate } from "../lstm/names.ts";
import { cellSchema } from "./cell-schema.ts";
import { openEnvelope } from "./envelope.ts";
import { MATRIX_KEYS, type Sourced, UPSTREAM_KEYS, VECTOR_KEYS } from "./keys.ts";
import { readMatrix, readVector } from "./numbers.ts";
import { inferSizes, type Sizes } from "./sizes.ts";
import { checkInput, overrideState, readState, type StateOverrides } from "./state.ts";

export type { StateOverrides } from "./state.ts";

/** In the order in which problems are told. */
const ARRAY_KEYS = [...MATRIX_KEYS, ...VECTOR_KEYS, ...UPSTREAM_KEYS];

/**
 * A native cell from parsed JSON, checked once and for all: keys, kinds, numbers, shapes.
 * @param json what JSON.parse made of the file
 * @param file its name, for messages
 * @throws {DlstmError} with all that is wrong with it, at most ten problems and a count.
 */
export function parseCell(json: unknown, file: string | null = null, overrides: StateOverrides = {}): Cell {
  const problems = new ProblemList();
  const entries = openEnvelope({ schema: cellSchema, name: "native cell" }, json, file, problems);
  overrideState(entries, overrides, problems);
  const known = new Map<string, Sourced>();
  for (const key of ARRAY_KEYS) {
    const source = entries.get(key);
    if (source !== undefined) known.set(key, source);
  }
  const sizes = inferSizes(known);
  const { matrices, vectors } = readWeights(known, sizes, problems);
  const state = readState(known, sizes, problems);
  checkKeys(known, file, problems);
  problems.throwIfAny();

  return {
    name: (entries.get("name")?.value as string | undefined) ?? null,
    hiddenSize: sizes.hidden!.length,
    inputSize: sizes.input?.length ?? null,
    gates: gateWeights(matrices, vectors),
    ...state,
    reverse: entries.get("reverse")?.value === true,
  };
}

function readWeights(entries: ReadonlyMap<string, Sourced>, { hidden, input }: Sizes, problems: ProblemList) {
  const matrices = new Map<string, Matrix>();
  const vectors = new Map<string, Float64Array>();
  for (const [key, source] of entries) {
    if (key.startsWith("U_")) matrices.set(key, readMatrix(source, hidden, hidden, problems));
    else if (key.startsWith("W_")) matrices.set(key, readMatrix(source, hidden, input, problems));
    else if (key.startsWith("b_")) vectors.set(key, readVector(source, hidden, problems));
  }
  return { matrices, vectors };
}

/** What the keys must and must not be together. */
function checkKeys(entries: ReadonlyMap<string, Sourced>, file: string | null, problems: ProblemList): void {
  if (problems.count > 0) return;
  if (!GATES.some((g) => entries.has(`U_${g}`))) {
    const message = "missing, expected at least one of U_f, U_i, U_o, U_u: nothing can be computed without";
    problems.add({ code: "missing", file, place: "U_f", message });
  }
  const gatesWithoutW = GATES.filter((g) => entries.has(`U_${g}`) && !entries.has(`W_${g}`));
  checkInput(entries, gatesWithoutW, file, problems);
}

function gateWeights(matrices: ReadonlyMap<string, Matrix>, vectors: ReadonlyMap<string, Float64Array>) {
  const gates: Partial<Record<Gate, GateWeights>> = {};
  for (const g of GATES) {
    const U = matrices.get(`U_${g}`);
    if (U) gates[g] = { W: matrices.get(`W_${g}`) ?? null, U, b: vectors.get(`b_${g}`) ?? null };
  }
  return gates;
}
