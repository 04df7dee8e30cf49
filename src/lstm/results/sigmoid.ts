import { sigmoid } from "../activation.ts";
import type { SigmoidResult } from "./records.ts";

/** σ(z) and σ'(z) */
export function sigmoidResult(zs: readonly number[]): SigmoidResult {
  const values = zs.map((z) => {
    const { value, derivative } = sigmoid(z);
    return { z, sigma: value.hi, derivative: derivative };
  });
  return { version: 1, values };
}
