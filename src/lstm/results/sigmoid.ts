import { fromDoubles, sigmoid, toDoubles } from "../../linalg/real-vector.ts";
import type { SigmoidResult } from "./records.ts";

/** σ(z) and σ'(z) */
export function sigmoidResult(zs: readonly number[]): SigmoidResult {
  const found = sigmoid(fromDoubles(Float64Array.from(zs)));
  const [sigma, derivative] = [toDoubles(found.value), toDoubles(found.derivative)];
  return { version: 1, values: zs.map((z, k) => ({ z, sigma: sigma[k], derivative: derivative[k] })) };
}
