/** Why no cell was found: the nearest that there is, or what was found and expected. */

import { DlstmError, failure, type Problem } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import { typeFault } from "../files/number-type.ts";
import type { Weights } from "../weights.ts";
import type { Candidate } from "./candidates.ts";
import type { Choice } from "./choices.ts";
import { CONVENTIONS } from "./convention.ts";
import { LAYOUTS } from "./convention-table.ts";
import { fitShapes } from "./fit.ts";
import { bareOtherGates, foreignLayers, otherGates, refusals, unread } from "./refuse.ts";

/** How many tensors a message names. */
const NAMED = 5;

/** @throws {DlstmError} what is wrong with the nearest, where there is something like a cell */
export function rejectNearest(weights: Weights, candidates: readonly Candidate[], choice: Choice): void {
  const problems = problemsOf(weights, candidates, choice);
  if (problems.length > 0) throw new DlstmError(problems);
}

function problemsOf(weights: Weights, candidates: readonly Candidate[], choice: Choice): readonly Problem[] {
  const foreign = foreignLayers(weights);
  if (foreign.length > 0) return foreign;
  const near = nearest(candidates, choice);
  if (near === null) return [...candidates.flatMap(bareOtherGates), ...unread(weights)].slice(0, 1);
  const refused = [...otherGates(near), ...refusals(near, weights)];
  return refused.length > 0 ? refused : fitShapes(near).problems;
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

/** The error of a file that holds nothing like a cell. */
export function noCell({ tensors, file }: Weights, { from }: Choice): DlstmError {
  const named = tensors.slice(0, NAMED).map(({ name, shape, type }) => {
    const ofType = typeFault(type) === null ? "" : ` of type ${excerpt(type, 20)}`;
    return `${excerpt(name, 40)} [${shape.join(" × ")}]${ofType}`;
  });
  if (tensors.length > NAMED) named.push(`… (${tensors.length} in all)`);
  const found = tensors.length === 0 ? "no tensors" : `no LSTM cell among ${named.join(", ")}`;
  const layouts = LAYOUTS.filter(({ convention }) => convention === from);
  const names = layouts.map((layout) => layout.tensors.map(({ name }) => name).join(", "));
  const expected = from
    ? `of ${from}: ${names.join("; or ")}`
    : `the names of one of ${CONVENTIONS.join(", ")}, or --names with --order`;
  return failure("missing", `${found}; expected ${expected}`, { file });
}
