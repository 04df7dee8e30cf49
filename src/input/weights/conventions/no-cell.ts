/** Why no cell was found: the nearest that there is, or what was found and expected. */

import { DlstmError, failure } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import { typeFault } from "../files/number-type.ts";
import type { Weights } from "../weights.ts";
import type { Candidate } from "./candidates.ts";
import type { Choice } from "./choices.ts";
import { CONVENTIONS } from "./convention.ts";
import { LAYOUTS } from "./convention-table.ts";
import { fitShapes } from "./fit.ts";
import { bareOtherGates, foreignLayers, otherGates, pickles, refusals } from "./refuse.ts";

/** How many tensors a message names. */
const NAMED = 5;

/** The error of a file in which no cell was found. */
export function explain(weights: Weights, candidates: readonly Candidate[], choice: Choice): DlstmError {
  const { file } = weights;
  const foreign = foreignLayers(weights);
  if (foreign.length > 0) return new DlstmError(foreign);
  const near = nearest(candidates, choice);
  const others = near === null ? [...candidates.flatMap((one) => bareOtherGates(one, file)), ...pickles(weights)] : [];
  if (others.length > 0) return new DlstmError(others.slice(0, 1));
  if (near === null) return failure("missing", nothing(weights, choice), { file });
  const refused = [...otherGates(near, file), ...refusals(near, weights)];
  return new DlstmError(refused.length > 0 ? refused : fitShapes(near, file).problems);
}

/** Whether there is a cell that lacks little: more than a kernel or a bias, which every layer has. */
export function nearest(candidates: readonly Candidate[], { from }: Choice): Candidate | null {
  let best: Candidate | null = null;
  let most = 0;
  for (const candidate of candidates) {
    const { layout, tensors } = candidate;
    if (from === undefined ? layout.mark || layout.bare : layout.convention !== from) continue;
    const share = tensors.size / layout.tensors.length;
    if ((tensors.size > 1 || from !== undefined) && share > most) [best, most] = [candidate, share];
  }
  return best;
}

function nothing({ tensors }: Weights, { from }: Choice): string {
  const named = tensors.slice(0, NAMED).map(({ name, shape, type }) => {
    const ofType = typeFault(type) === null ? "" : ` of type ${excerpt(type, 20)}`;
    return `${excerpt(name, 40)} [${shape.join(" × ")}]${ofType}`;
  });
  if (tensors.length > NAMED) named.push(`… (${tensors.length} in all)`);
  const found = tensors.length === 0 ? "no tensors" : `no LSTM cell among ${named.join(", ")}`;
  if (from === undefined) return `${found}; expected the names of one of ${CONVENTIONS.join(", ")}`;
  const layouts = LAYOUTS.filter(({ convention }) => convention === from);
  const names = layouts.map((layout) => layout.tensors.map(({ name }) => name).join(", "));
  return `${found}; expected of ${from}: ${names.join("; or ")}`;
}
