import { failure } from "../../../errors.ts";
import { describeValue, excerpt } from "../../excerpt.ts";
import type { Weights } from "../weights.ts";
import type { Reading } from "./fit.ts";
import { concerns } from "./settings.ts";

/**
 * What is added to the forget gate at run time: the number that stands in the file, or the framework's default.
 * @throws {DlstmError} shape, where what stands there is no single number: the default in its place would be a guess.
 */
export function forgetBiasOf({ layout: { forgetBias }, prefix }: Reading, weights: Weights): number {
  if (forgetBias === undefined) return 0;
  const { tensors, settings } = weights;
  const isIt = ({ name }: { name: string }) =>
    forgetBias.keys.some((key) => concerns(name, new RegExp(`^${key}$`), prefix));
  const wrong = (name: string, what: string) =>
    failure("shape", `${what}, expected a single number`, { place: excerpt(name) });
  const given = tensors.find(isIt);
  if (given?.shape.some((length) => length !== 1)) throw wrong(given.name, given.shape.join(" × "));
  const setting = settings.find((one) => isIt(one) && one.value !== null);
  if (setting) throw wrong(setting.name, describeValue(setting.value));
  return given?.values()[0] ?? forgetBias.value;
}
