import { nameByShape } from "../files/onnx/weights.ts";
import type { Weights } from "../weights.ts";
import { foldWeightNorm } from "./weight-norm.ts";

/** What a file holds, under the names that conventions know where those of the file are another's. */
export function prepared(weights: Weights): Weights {
  return foldWeightNorm(nameByShape(weights));
}
