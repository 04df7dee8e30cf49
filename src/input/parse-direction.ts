/** Somebody else's vector that the Hessian is multiplied with, as `hessian --vector` prints it. */
import type { ProblemList } from "../errors.ts";
import type { Cell } from "../lstm/cell.ts";
import { hasInput } from "../lstm/hessian/by-input.ts";
import { WRTS, type Wrt } from "../lstm/names.ts";
import { describeValue } from "./excerpt.ts";
import { readVector } from "./numbers.ts";
import { isObject } from "./objects.ts";
import { namedSizes } from "./sizes.ts";

/** By the inputs; what is not there is zero. */
export type Direction = Readonly<Partial<Record<Wrt, Float64Array>>>;

/** null where there is none, or not this. */
export function parseDirection(
  json: unknown,
  file: string | null,
  cell: Cell,
  problems: ProblemList,
): Direction | null {
  const { vector: given } = (json ?? {}) as Record<string, unknown>;
  if (given === undefined || cell.x !== null) return null;
  const before = problems.count;
  if (!isObject(given)) {
    const message = `${describeValue(given)}, expected a JSON object`;
    problems.add({ code: "shape", file, place: "vector", message });
    return null;
  }
  const { hidden, input } = namedSizes(cell.hiddenSize, hasInput(cell) ? cell.inputSize : null);
  const known = input === null ? "h_prev or c_prev" : "h_prev, c_prev or x_t";
  const direction: Partial<Record<Wrt, Float64Array>> = {};
  for (const [key, value] of Object.entries(given)) {
    const place = `vector.${key}`;
    const wrt = WRTS.find((one) => one === key);
    const length = wrt === "x_t" ? input : hidden;
    if (wrt === undefined || length === null) {
      problems.add({ code: "unknown-key", file, place, message: `unknown key, expected ${known}` });
    } else if (Array.isArray(value)) direction[wrt] = readVector({ value, file, place }, length, problems);
    else problems.add({ code: "shape", file, place, message: `${describeValue(value)}, expected an array` });
  }
  return problems.count === before ? direction : null;
}
