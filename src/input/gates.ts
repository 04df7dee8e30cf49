/** The weights of the gates among the numbers of a cell: of all of a native one, or of what flags replace in foreign weights. */

import type { ProblemList } from "../errors.ts";
import { keeper } from "../linalg/kernels/memory.ts";
import type { Matrix } from "../linalg/matrix.ts";
import type { Cell, GateWeights } from "../lstm/cell.ts";
import { GATES, type Gate } from "../lstm/names.ts";
import type { Sourced } from "./keys.ts";
import { ifGiven, readMatrix, readVector, type Size } from "./numbers.ts";
import type { Sizes } from "./sizes.ts";

/**
 * The gates with the weights that are given in the place of their own; what is wrong is added to the problems, key by key.
 * A gate without U is none.
 * @param own the gates before
 */
export function readGates(
  entries: ReadonlyMap<string, Sourced>,
  { hidden, input }: Sizes,
  problems: ProblemList,
  own: Cell["gates"] = {},
): Cell["gates"] {
  const matrices = (name: "W" | "U", cols: Size | null) =>
    GATES.map((g) => ifGiven(entries, `${name}_${g}`, (source) => readMatrix(source, hidden, cols, problems)));
  const [W, U] = [matrices("W", input), matrices("U", hidden)];
  const b = GATES.map((g) => ifGiven(entries, `b_${g}`, (source) => readVector(source, hidden, problems)));
  const gates: Partial<Record<Gate, GateWeights>> = {};
  for (const [k, g] of GATES.entries()) {
    const before = own[g];
    const ofState = U[k] ?? before?.U;
    if (!ofState) continue;
    const ofInput = W[k] ?? before?.W ?? null;
    // a bias that is given is no sum of two: what the sum lost is gone with it
    gates[g] = b[k] === null ? { b: null, ...before, W: ofInput, U: ofState } : { W: ofInput, U: ofState, b: b[k] };
  }
  return kept(gates);
}

/** The same weights, those of a large cell in one memory. */
function kept(gates: Cell["gates"]): Cell["gates"] {
  const numbersOf = ({ W, U, b, bRest }: GateWeights) =>
    [W?.data, U.data, b, bRest].map((numbers) => numbers?.length ?? 0);
  const keep = keeper(
    Object.values(gates)
      .flatMap(numbersOf)
      .reduce((total, length) => total + length, 0),
  );
  const whole = (matrix: Matrix) => ({ ...matrix, data: keep(matrix.data) });
  const entries = Object.entries(gates).map(([g, { W, U, b, bRest }]) => {
    const weights = { W: W && whole(W), U: whole(U), b: b && keep(b) };
    return [g, bRest ? { ...weights, bRest: keep(bRest) } : weights];
  });
  return Object.fromEntries(entries);
}
