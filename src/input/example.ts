import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type Matrix, zeros } from "../linalg/matrix.ts";
import { GATES } from "../lstm/names.ts";

/**
 * A native cell with every key, uniform in ±1/√H as frameworks initialise theirs; the same seed gives the same cell.
 * @param hidden H
 * @param input I
 */
export function exampleCell(
  hidden: number,
  input: number,
  seed: number,
): Record<string, string | Matrix | Float64Array> {
  const generator = xoroshiro128plus(seed);
  const bound = 1 / Math.sqrt(hidden);
  const fill = (values: Float64Array) => values.map(() => bound * (2 * uniformFloat64(generator) - 1));
  const matrix = (rows: number, cols: number): Matrix => ({ rows, cols, data: fill(zeros(rows, cols).data) });
  const vector = (length: number) => fill(new Float64Array(length));
  return {
    name: `example, seed ${seed}`,
    ...Object.fromEntries(GATES.map((g) => [`W_${g}`, matrix(hidden, input)])),
    ...Object.fromEntries(GATES.map((g) => [`U_${g}`, matrix(hidden, hidden)])),
    ...Object.fromEntries(GATES.map((g) => [`b_${g}`, vector(hidden)])),
    x_t: vector(input),
    h_prev: vector(hidden),
    c_prev: vector(hidden),
  };
}
