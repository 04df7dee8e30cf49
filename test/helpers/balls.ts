import type { Ball } from "../../src/verify/ball.ts";
import { Real } from "../promise/exact.ts";

/** The midpoint of a ball, to the digits of {@link Real}. */
export function realOf({ m, e }: Ball): Real {
  return new Real(m.toString()).times(new Real(2).pow(e));
}
