import { parseCell } from "../../src/input/parse-cell.ts";
import { showResult } from "../../src/lstm/results/one-step.ts";

/**
 * A forget gate at z_f = 0 that is worked out by hand: f = σ(0) = 1/2, ∂f/∂h = diag(1/4) U_f; the rows of U_f have norms
 * 5 and 8, hence h* = (3, −4)/5 and (0, 8)/8, and f(h*) = σ(5) = 0.99330714907571… and σ(8) = 0.99966464986953…
 */
export const handChecked = () =>
  showResult(
    parseCell({
      U_f: [
        [3, -4],
        [0, 8],
      ],
      h_prev: [0, 0],
    }),
  );
