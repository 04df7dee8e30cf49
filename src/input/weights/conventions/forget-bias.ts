import type { Weights } from "../weights.ts";
import type { Reading } from "./fit.ts";
import { concerns } from "./refuse.ts";

/** What is added to the forget gate at run time: the number that stands in the file, or the framework's default. */
export function forgetBiasOf({ layout: { forgetBias }, prefix }: Reading, { tensors }: Weights): number {
  if (forgetBias === undefined) return 0;
  const given = tensors.find(({ name, shape }) => {
    return shape.length === 0 && forgetBias.keys.some((key) => concerns(name, new RegExp(`^${key}$`), prefix));
  });
  return given?.values()[0] ?? forgetBias.value;
}
