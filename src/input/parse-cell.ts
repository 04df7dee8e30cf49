import { ProblemList } from "../errors.ts";
import { type Matrix, zeros } from "../linalg/matrix.ts";
import type { Cell, GateWeights } from "../lstm/cell.ts";
import { GATES, type Gate } from "../lstm/names.ts";
import { cellSchema, stateSchema } from "./cell-schema.ts";
import { openEnvelope } from "./envelope.ts";
import { counted } from "./excerpt.ts";
import { MATRIX_KEYS, type Sourced, type StateKey, UPSTREAM_KEYS, VECTOR_KEYS } from "./keys.ts";
import { readMatrix, readVector, type Size } from "./numbers.ts";
import { inferSizes, type Sizes } from "./sizes.ts";

/** State that takes the place of the cell's own, in this order: a --state file, then flags. */
export interface StateOverrides {
  readonly stateFile?: { readonly json: unknown; readonly file: string | null } | undefined;
  readonly flags?: readonly { readonly key: StateKey; readonly source: Sourced }[];
}

/**
 * A native cell from parsed JSON, checked once and for all: keys, kinds, numbers, shapes.
 * @param json what JSON.parse made of the file
 * @param file its name, for messages
 * @throws {DlstmError} with all that is wrong with it, at most ten problems and a count.
 */
export function parseCell(json: unknown, file: string | null = null, overrides: StateOverrides = {}): Cell {
  const problems = new ProblemList();
  const entries = openEnvelope({ schema: cellSchema, name: "native cell" }, json, file, problems);
  override(entries, overrides, problems);
  const known = new Map(
    [...MATRIX_KEYS, ...VECTOR_KEYS, ...UPSTREAM_KEYS].flatMap((key) => {
      const source = entries.get(key);
      return source === undefined ? [] : [[key, source] as const];
    }),
  );
  const sizes = inferSizes(known);
  const { matrices, vectors } = readArrays(known, sizes, problems);
  checkKeys(known, file, problems);
  problems.throwIfAny();

  const vector = (key: string) => vectors.get(key) ?? null;
  return {
    name: (entries.get("name")?.value as string | undefined) ?? null,
    hiddenSize: sizes.hidden!.length,
    inputSize: sizes.input?.length ?? null,
    gates: gateWeights(matrices, vectors),
    state: { x_t: vector("x_t"), h_prev: vector("h_prev"), c_prev: vector("c_prev") },
    x: matrices.get("x") ?? null,
    upstream: { dh_t: matrices.get("dh_t") ?? null, dc_t: matrices.get("dc_t") ?? null },
  };
}

function override(
  entries: Map<string, Sourced>,
  { stateFile, flags = [] }: StateOverrides,
  problems: ProblemList,
): void {
  const given = new Map<string, Sourced>();
  if (stateFile) {
    const state = openEnvelope({ schema: stateSchema, name: "state" }, stateFile.json, stateFile.file, problems);
    for (const [key, source] of state) if (key !== "name" && key !== "$schema") given.set(key, source);
  }
  for (const { key, source } of flags) given.set(key, source);
  // one input instead of the other is an override too
  if (given.has("x_t") && !given.has("x")) entries.delete("x");
  if (given.has("x") && !given.has("x_t")) entries.delete("x_t");
  for (const [key, source] of given) entries.set(key, source);
}

function readArrays(entries: ReadonlyMap<string, Sourced>, sizes: Sizes, problems: ProblemList) {
  const matrices = new Map<string, Matrix>();
  const vectors = new Map<string, Float64Array>();
  const { hidden, input } = sizes;
  for (const [key, source] of entries) {
    if (key === "x") matrices.set(key, readMatrix(source, null, input, problems));
    else if (key.startsWith("U_")) matrices.set(key, readMatrix(source, hidden, hidden, problems));
    else if (key.startsWith("W_")) matrices.set(key, readMatrix(source, hidden, input, problems));
    else if (key === "dh_t" || key === "dc_t") matrices.set(key, readUpstream(source, entries, hidden, problems));
    else vectors.set(key, readVector(source, key === "x_t" ? input : hidden, problems));
  }
  return { matrices, vectors };
}

/** One row for the last step, or with a sequence x a row for each of its steps. */
function readUpstream(
  source: Sourced,
  entries: ReadonlyMap<string, Sourced>,
  hidden: Size | null,
  problems: ProblemList,
): Matrix {
  // a flag's value may be anything
  const hasRows = Array.isArray(source.value) && Array.isArray(source.value[0]);
  const x = entries.get("x")?.value;
  if (hasRows && Array.isArray(x)) {
    return readMatrix(source, { length: x.length, name: "the steps of x" }, hidden, problems);
  }
  if (hasRows) {
    const { file, place } = source;
    const message = `rows, expected ${counted(hidden?.length ?? 0, "number")}: a row a step goes with a sequence x`;
    problems.add({ code: "shape", file, place, message });
    return zeros(1, hidden?.length ?? 0);
  }
  const data = readVector(source, hidden, problems);
  return { rows: 1, cols: data.length, data };
}

/** What the keys must and must not be together. */
function checkKeys(entries: ReadonlyMap<string, Sourced>, file: string | null, problems: ProblemList): void {
  if (problems.count > 0) return;
  const x = entries.get("x");
  const x_t = entries.get("x_t");
  if (x && x_t) {
    const message = "given beside x_t, expected one of them: x is a sequence, x_t the input of one step";
    problems.add({ code: "ambiguous", file: x.file, place: x.place, message });
  }
  if (!GATES.some((g) => entries.has(`U_${g}`))) {
    const message = "missing, expected at least one of U_f, U_i, U_o, U_u: nothing can be computed without";
    problems.add({ code: "missing", file, place: "U_f", message });
  }
  for (const g of GATES) {
    if ((x ?? x_t) && entries.has(`U_${g}`) && !entries.has(`W_${g}`)) {
      const message = `missing, expected it beside U_${g}, because ${x ? "x" : "x_t"} is given`;
      problems.add({ code: "missing", file, place: `W_${g}`, message });
    }
  }
}

function gateWeights(matrices: ReadonlyMap<string, Matrix>, vectors: ReadonlyMap<string, Float64Array>) {
  const gates: Partial<Record<Gate, GateWeights>> = {};
  for (const g of GATES) {
    const U = matrices.get(`U_${g}`);
    if (U) gates[g] = { W: matrices.get(`W_${g}`) ?? null, U, b: vectors.get(`b_${g}`) ?? null };
  }
  return gates;
}
