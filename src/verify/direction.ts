import type { Cell } from "../lstm/cell.ts";
import { GATES, type Wrt } from "../lstm/names.ts";
import { sampled } from "./claims.ts";

/** What a Hessian is multiplied with, by the inputs of the step; what is not there is zero. */
export type Direction = Readonly<Partial<Record<Wrt, Float64Array>>>;

/** So many components of an input are not zero: of a large cell these tell. */
const MOST = 8;

/** The vector for our own product: 1/2, −1/3, 1/4 …, so that no two components could be taken for each other. */
export function directionFor({ gates, hiddenSize, inputSize }: Cell): Direction {
  let count = 1;
  const part = (length: number) => {
    const v = new Float64Array(length);
    for (const k of sampled(length, MOST)) {
      count += 1;
      v[k] = (count % 2 === 0 ? 1 : -1) / count;
    }
    return v;
  };
  const states = { h_prev: part(hiddenSize), c_prev: part(hiddenSize) };
  return GATES.every((g) => gates[g]?.W) ? { ...states, x_t: part(inputSize ?? 0) } : states;
}
