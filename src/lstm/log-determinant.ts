import { isZero } from "../linalg/ball.ts";
import { logarithm } from "../linalg/ball-rounding.ts";
import { determinant } from "../linalg/determinant.ts";
import type { Matrix } from "../linalg/matrix.ts";
import { toDoubles } from "../linalg/real-vector.ts";
import { byOutputGate } from "./equations.ts";
import type { FullTrace } from "./forward.ts";

/**
 * Σ_t log|det S_t| of steps S_t = [I D; 0 I] [T_o 0; ∂c_t/∂h_{t-1} F], F = diag(f), T_o = diag(tanh(c_t) ∘ σ'(z_o)) U_o:
 * T·log|det U_o| and the logarithms of the factors, each right to a few digits of its last; null where a factor is no
 * normal double, or U_o is singular.
 */
export function logDeterminant(traces: Iterable<FullTrace>, U_o: Matrix): number | null {
  const output = determinant(U_o);
  if (isZero(output)) return null;
  const each = logarithm(output).value;
  let sum = 0;
  for (const trace of traces) {
    sum += each;
    for (const factors of [toDoubles(byOutputGate(trace.numbers)), trace.gate("f")]) {
      for (const factor of factors) {
        if (Math.abs(factor) < 2 ** -1022) return null;
        sum += Math.log(Math.abs(factor));
      }
    }
  }
  return sum;
}
