/** The state that an ONNX model itself gives its LSTM: constant initial_h and initial_c. */

import { type ProblemList, toProblem } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import type { Sourced } from "../../keys.ts";
import type { Tensor } from "../tensor.ts";
import type { Weights } from "../weights.ts";
import { directionsOf } from "./axes.ts";
import type { Reading } from "./fit.ts";
import { attributesOf } from "./onnx-attributes.ts";
import { below, normal } from "./settings.ts";

const STATES = [
  ["h_prev", "initial_h"],
  ["c_prev", "initial_c"],
] as const;

/**
 * Puts h_prev and c_prev of the reading's direction where no other has been given: [directions × batch × H], or with layout 1
 * [batch × directions × H]. Another shape is a problem in any case, rows of a batch that differ only where they are needed.
 */
export function addInitialState(
  entries: Map<string, Sourced>,
  reading: Reading,
  weights: Weights,
  problems: ProblemList,
): void {
  if (!reading.layout.directions) return;
  const { file } = weights;
  for (const [key, name] of STATES) {
    const tensor = weights.tensors.find((one) => normal(one.name) === below(reading.prefix, name));
    if (tensor === undefined) continue;
    const place = excerpt(tensor.name);
    const rows = rowsOf(tensor, reading, weights);
    if (typeof rows === "string") problems.add(toProblem("shape", rows, { file, place }));
    else if (entries.has(key)) continue;
    else if (rows.some((row) => row.some((entry, k) => entry !== rows[0][k]))) {
      const message = `${rows.length} rows of a batch that differ, expected one ${key}: --state gives it, or --${key.replace("_", "-")}`;
      problems.add(toProblem("ambiguous", message, { file, place }));
    } else entries.set(key, { value: [...rows[0]], file, place });
  }
}

/** The rows of the batch for the direction that is read, or what is wrong with their shape. */
function rowsOf(tensor: Tensor, reading: Reading, weights: Weights): Float64Array[] | string {
  const { sizes, prefix, reverse } = reading;
  const isBatchFirst = attributesOf(weights)(prefix, "layout")?.value === 1;
  const directions = directionsOf(reading);
  const { shape } = tensor;
  const [first, second, width] = shape;
  const [found, batch] = isBatchFirst ? [second, first] : [first, second];
  if (shape.length !== 3 || found !== directions || width !== sizes.hidden || !batch) {
    const order = isBatchFirst ? `[batch × ${directions} ×` : `[${directions} × batch ×`;
    return `${shape.join(" × ")}, expected ${order} ${sizes.hidden}], the hidden size being ${sizes.hidden}`;
  }
  const values = tensor.values();
  const own = directions === 2 && reverse ? 1 : 0;
  return Array.from({ length: batch }, (_, row) => {
    const at = isBatchFirst ? row * directions + own : own * batch + row;
    return values.subarray(at * width, (at + 1) * width);
  });
}
