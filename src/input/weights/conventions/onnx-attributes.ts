/** What the operator LSTM of ONNX says of its weights beside them, and whether that is so. */

import { type Problem, toProblem } from "../../../errors.ts";
import { describeValue, excerpt } from "../../excerpt.ts";
import type { Weights } from "../weights.ts";
import { directionsOf } from "./axes.ts";
import type { Candidate } from "./candidates.ts";
import { below, type NamedValue, namedValues, normal, withoutHolder } from "./settings.ts";

type Attributed = Pick<Candidate, "layout" | "prefix" | "tensors">;

/** An attribute of the node whose tensors stand below a prefix; undefined where it is not given. */
export type Attributes = (
  prefix: string,
  key: string,
) => { readonly name: string; readonly value: unknown } | undefined;

/** The attributes of a file, which is looked through once. */
export function attributesOf(weights: Weights): Attributes {
  const found = new Map<string, NamedValue>();
  for (const { name, read } of namedValues(weights)) {
    const attribute = { name: normal(name), read };
    const key = withoutHolder(attribute.name);
    if (!found.has(key)) found.set(key, attribute);
    // what stands right beside the weights goes before what a holder has
    found.set(attribute.name, attribute);
  }
  return (prefix, key) => {
    const attribute = found.get(below(prefix, key));
    return attribute && { name: attribute.name, value: attribute.read() };
  };
}

const DIRECTIONS: ReadonlyMap<unknown, number> = new Map([
  ["forward", 1],
  ["reverse", 1],
  ["bidirectional", 2],
]);

/** What of a node's attributes is not so, or is none: the reference runtimes refuse it too. */
export function* attributeProblems(cell: Attributed, attributes: Attributes): Generator<Problem> {
  const { layout, prefix, tensors } = cell;
  if (!layout.directions) return;
  const problem = (name: string, message: string): Problem => toProblem("shape", message, { place: excerpt(name) });
  const directions = directionsOf(cell);
  const direction = attributes(prefix, "direction");
  if (direction && !DIRECTIONS.has(direction.value)) {
    const expected = `expected one of ${[...DIRECTIONS.keys()].join(", ")}`;
    yield problem(direction.name, `${describeValue(direction.value)}, ${expected}`);
  } else if (direction && DIRECTIONS.get(direction.value) !== directions) {
    const expected = `expected ${directions === 2 ? "bidirectional" : "forward or reverse"}`;
    yield problem(direction.name, `${direction.value}, ${expected}: the weights are those of ${directions}`);
  }
  const hidden = attributes(prefix, "hidden_size");
  const R = [...tensors].find(([{ part }]) => part === "U")?.[1];
  if (hidden && R?.shape.length === 3 && hidden.value !== R.shape[2]) {
    const message = `${describeValue(hidden.value)}, expected ${R.shape[2]}, as ${excerpt(R.name)} [${R.shape.join(" × ")}] has it`;
    yield problem(hidden.name, message);
  }
  const activations = attributes(prefix, "activations");
  if (activations && Array.isArray(activations.value) && activations.value.length !== 3 * directions) {
    const message = `${activations.value.length} activations, expected 3 a direction, ${3 * directions}`;
    yield problem(activations.name, message);
  }
  const order = attributes(prefix, "layout");
  if (order && order.value !== 0 && order.value !== 1) {
    yield problem(order.name, `${describeValue(order.value)}, expected 0 or 1`);
  }
}
