import { Maxima } from "../lstm/optimum.ts";
import { showResult } from "../lstm/results/one-step.ts";
import type { ShowResult } from "../lstm/results/records.ts";
import type { OnCell } from "./on-cell.ts";

/** What `show` does with a cell. */
export const SHOW: OnCell<object, ShowResult> = {
  prepare: () => {
    // of one cell with many states they are the same for all
    const maxima = new Maxima();
    return (cell) => showResult(cell, maxima);
  },
};
