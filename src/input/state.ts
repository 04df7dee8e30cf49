/** The state of the step: the same for a native cell and for foreign weights. */

import type { ProblemList } from "../errors.ts";
import { type Matrix, zeros } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { GATES } from "../lstm/names.ts";
import { counted } from "../words/counted.ts";
import type { Sourced, StateKey } from "./keys.ts";
import { ifGiven, readMatrix, readVector, type Size } from "./numbers.ts";
import type { Sizes } from "./sizes.ts";

type Own = Pick<Cell, "state" | "x" | "upstream">;

const NONE: Own = {
  state: { x_t: null, h_prev: null, c_prev: null },
  x: null,
  upstream: { dh_t: null, dc_t: null },
};

/**
 * The state in the numbers of a cell; what is wrong with it is added to the problems.
 * @param own the state before, in the place of which it is; one input instead of the other too
 */
export function readState(
  entries: ReadonlyMap<string, Sourced>,
  { hidden, input }: Sizes,
  problems: ProblemList,
  own: Own = NONE,
): Own {
  const vector = (key: StateKey, size: Size | null) =>
    ifGiven(entries, key, (source) => readVector(source, size, problems));
  const before = entries.has("x") || entries.has("x_t") ? NONE : own;
  const given = entries.get("x")?.value;
  const steps = Array.isArray(given) ? given.length : (before.x?.rows ?? null);
  const upstream = (key: "dh_t" | "dc_t") =>
    ifGiven(entries, key, (source) => readUpstream(source, steps, hidden, problems)) ?? own.upstream[key];
  return {
    state: {
      x_t: vector("x_t", input) ?? before.state.x_t,
      h_prev: vector("h_prev", hidden) ?? own.state.h_prev,
      c_prev: vector("c_prev", hidden) ?? own.state.c_prev,
    },
    x: ifGiven(entries, "x", (source) => readSequence(source, input, problems)) ?? before.x,
    upstream: { dh_t: upstream("dh_t"), dc_t: upstream("dc_t") },
  };
}

/** One input only, and none for gates that have U but no W. */
export function checkInput(
  entries: ReadonlyMap<string, Sourced>,
  gates: Cell["gates"],
  file: string | null,
  problems: ProblemList,
): void {
  const x = entries.get("x");
  const x_t = entries.get("x_t");
  if (x && x_t) {
    const message = "given beside x_t, expected one of them: x is a sequence, x_t the input of one step";
    problems.add({ code: "ambiguous", file: x.file, place: x.place, message });
  }
  if (!x && !x_t) return;
  for (const g of GATES.filter((one) => gates[one]?.W === null)) {
    const message = `missing, expected it beside U_${g}, because ${x ? "x" : "x_t"} is given`;
    problems.add({ code: "missing", file, place: `W_${g}`, message });
  }
}

/** A row a step. */
function readSequence(source: Sourced, input: Size | null, problems: ProblemList): Matrix {
  if (source.vector === undefined || input === null || input.length === 1) {
    return readMatrix(source, null, input, problems);
  }
  const { file, place } = source;
  const what = `a column, which is a sequence of ${counted(source.vector.length, "step")} with I = 1`;
  const message = `${what}, expected rows of ${input.length} (${input.name}); x_t is a row`;
  problems.add({ code: "shape", file, place, message });
  return zeros(source.vector.length, input.length);
}

/** One row for the last step, or with a sequence x a row for each of its steps. */
function readUpstream(given: Sourced, steps: number | null, hidden: Size | null, problems: ProblemList): Matrix {
  // along a sequence a row in its own brackets is that of one step, and of one unit a column is a row a step
  const isRows = steps !== null && (hidden?.length === 1 || (given.value as readonly unknown[]).length === 1);
  const source = given.vector === undefined || isRows ? given : { ...given, value: given.vector };
  const hasRows = Array.isArray(source.value) && Array.isArray(source.value[0]);
  if (hasRows && steps !== null) {
    return readMatrix(source, { length: steps, name: "the steps of x" }, hidden, problems);
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
