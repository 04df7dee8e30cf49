import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Attribute, Attributes } from "./node.ts";

/** How the attributes of an LSTM are stored: as one float, integer or text, or several. */
const KINDS: ReadonlyMap<string, keyof Attribute> = new Map([
  ["direction", "text"],
  ["hidden_size", "integer"],
  ["activations", "texts"],
  ["activation_alpha", "floats"],
  ["activation_beta", "floats"],
  ["clip", "float"],
  ["input_forget", "integer"],
  ["layout", "integer"],
]);

/**
 * The attributes of an LSTM that are given, by their names; absent ones have the defaults of ONNX.
 * @throws {DlstmError} syntax, for what is none.
 */
export function lstmAttributes(attributes: Attributes): Readonly<Record<string, unknown>> {
  const known: Record<string, unknown> = {};
  for (const [name, attribute] of attributes) {
    const kind = KINDS.get(name);
    const value = kind && attribute[kind];
    if (value === undefined) {
      const expected = kind === undefined ? `one of ${[...KINDS.keys()].join(", ")}` : `its ${kind}`;
      throw failure("syntax", `the attribute "${excerpt(name)}" of an LSTM, expected ${expected}`);
    }
    known[name] = value;
  }
  return known;
}
