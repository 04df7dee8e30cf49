/** Which runs: the loops as they can be read, or the same compiled. */
import { type Kernels, kernels } from "./kernels.ts";

/** Products of a process after which compiling them, half a millisecond, has paid. */
const WORTH_COMPILING = 2 ** 14;

/** Below so many products what is copied for a kernel costs more than it gains. */
const WORTH_COPYING = 256;

let products = 0;
let compiled: Kernels | null | undefined;

/** The compiled loops for so many products; null where the others are to be taken. */
export function kernelsFor(count: number): Kernels | null {
  if (compiled === undefined) {
    products += count;
    if (products < WORTH_COMPILING) return null;
    compiled = kernels();
  }
  return count < WORTH_COPYING ? null : compiled;
}
