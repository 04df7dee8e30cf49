/** The state that an ONNX model itself gives its LSTM: constant initial_h and initial_c. */

import { type Problem, type ProblemList, toProblem } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import type { Sourced } from "../../keys.ts";
import type { Tensor } from "../tensor.ts";
import type { Weights } from "../weights.ts";
import { directionsOf } from "./axes.ts";
import type { Candidate } from "./candidates.ts";
import type { Reading } from "./fit.ts";
import { type Attributes, attributesOf } from "./onnx-attributes.ts";
import { below, normal } from "./settings.ts";

const STATES = [
  ["h_prev", "initial_h"],
  ["c_prev", "initial_c"],
] as const;

/** The tensors of a file that may be a state, by their names, which are joined by dots. */
export function statesOf({ tensors }: Weights): ReadonlyMap<string, Tensor> {
  const states = tensors.filter(({ name }) => STATES.some(([, key]) => name.endsWith(key)));
  return new Map(states.map((tensor) => [normal(tensor.name), tensor]));
}

/**
 * A state of another shape than [directions × batch × H], or with layout 1 [batch × directions × H]: what PyTorch's exporter
 * makes of a projected LSTM has one, and weights that are rows of the wrong gates.
 */
export function* stateProblems(
  cell: Pick<Candidate, "layout" | "prefix" | "tensors">,
  states: ReadonlyMap<string, Tensor>,
  attributes: Attributes,
): Generator<Problem> {
  const { layout, prefix, tensors } = cell;
  const R = [...tensors].find(([{ part }]) => part === "U")?.[1];
  if (!layout.directions || R?.shape.length !== 3) return;
  const hidden = R.shape[2];
  const directions = directionsOf(cell);
  const isBatchFirst = attributes(prefix, "layout")?.value === 1;
  for (const [, key] of STATES) {
    const tensor = states.get(below(prefix, key));
    if (tensor === undefined) continue;
    const { shape } = tensor;
    const [found, batch] = isBatchFirst ? [shape[1], shape[0]] : [shape[0], shape[1]];
    if (shape.length === 3 && found === directions && shape[2] === hidden && batch > 0) continue;
    const order = isBatchFirst ? `[batch × ${directions} ×` : `[${directions} × batch ×`;
    const isProjected = key === "initial_c" && shape.length === 3 && shape[2] > hidden;
    const hint = isProjected ? ": PyTorch exports a projected LSTM (proj_size) so, with rows of the wrong gates" : "";
    const message = `${shape.join(" × ")}, expected ${order} ${hidden}], the hidden size being ${hidden}${hint}`;
    yield toProblem("shape", message, { place: excerpt(tensor.name) });
  }
}

/**
 * Puts h_prev and c_prev of the reading's direction, whose shapes are right, where no other has been given. Rows of a batch
 * that differ are a problem where they are needed.
 */
export function addInitialState(
  entries: Map<string, Sourced>,
  reading: Reading,
  weights: Weights,
  problems: ProblemList,
): void {
  if (!reading.layout.directions) return;
  const { file } = weights;
  const states = statesOf(weights);
  for (const [key, name] of STATES) {
    const tensor = states.get(below(reading.prefix, name));
    if (tensor === undefined || entries.has(key)) continue;
    const place = excerpt(tensor.name);
    const rows = rowsOf(tensor, reading, weights);
    if (rows.some((row) => row.some((entry, k) => entry !== rows[0][k]))) {
      const message = `${rows.length} rows of a batch that differ, expected one ${key}: --state gives it, or --${key.replace("_", "-")}`;
      problems.add(toProblem("ambiguous", message, { file, place }));
    } else entries.set(key, { value: [...rows[0]], file, place });
  }
}

/** The rows of the batch for the direction that is read. */
function rowsOf(tensor: Tensor, reading: Reading, weights: Weights): Float64Array[] {
  const { prefix, reverse } = reading;
  const isBatchFirst = attributesOf(weights)(prefix, "layout")?.value === 1;
  const directions = directionsOf(reading);
  const [first, second, width] = tensor.shape;
  const batch = isBatchFirst ? first : second;
  const values = tensor.values();
  const own = directions === 2 && reverse ? 1 : 0;
  return Array.from({ length: batch }, (_, row) => {
    const at = isBatchFirst ? row * directions + own : own * batch + row;
    return values.subarray(at * width, (at + 1) * width);
  });
}
