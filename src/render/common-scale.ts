import type { Matrix } from "../linalg/matrix.ts";
import { maxNorm } from "../linalg/norm.ts";

/** The largest entry of several matrices, for pictures that compare; 0 of none. */
export function commonScale(matrices: readonly Matrix[]): number {
  return matrices.reduce((largest, { data }) => Math.max(largest, maxNorm(data)), 0);
}
