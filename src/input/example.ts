import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type Matrix, zeros } from "../linalg/matrix.ts";
import { GATES } from "../lstm/names.ts";

type ExampleCell = Record<string, string | Matrix | Float64Array>;

/**
 * A native cell with every key of a step, uniform in ±1/√H as frameworks initialise theirs; the same seed gives the same cell.
 * @param hidden H
 * @param input I
 */
export function exampleCell(hidden: number, input: number, seed: number): ExampleCell {
  return drawn(hidden, input, seed, null);
}

/** The same with upstream gradients as they are by default: ones and zeros. With a number of steps x stands in place of x_t. */
export function editableCell(hidden: number, input: number, seed: number, steps: number | null): ExampleCell {
  return {
    ...drawn(hidden, input, seed, steps),
    dh_t: new Float64Array(hidden).fill(1),
    dc_t: new Float64Array(hidden),
  };
}

function drawn(hidden: number, input: number, seed: number, steps: number | null): ExampleCell {
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
    ...(steps === null ? { x_t: vector(input) } : { x: matrix(steps, input) }),
    h_prev: vector(hidden),
    c_prev: vector(hidden),
  };
}
