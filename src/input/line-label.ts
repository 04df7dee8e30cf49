/** What tells one line of a stream from the others: it comes back in its result, and in its error. */
import { failure } from "../errors.ts";
import { describeValue } from "./excerpt.ts";
import { isObject } from "./objects.ts";

export interface LineLabel {
  readonly id?: string | number;
  readonly name?: string;
}

/** What a line is called, as far as it says; what is no id or name is passed over. */
export function labelOf(json: unknown): LineLabel {
  if (!isObject(json)) return {};
  const id = Object.hasOwn(json, "id") && isId(json.id) ? { id: json.id } : {};
  return Object.hasOwn(json, "name") && typeof json.name === "string" ? { ...id, name: json.name } : id;
}

/**
 * The line without its id, which is known on lines only.
 * @throws {DlstmError} shape, for an id that could not come back as it is: beyond ±(2⁵³ − 1) two integers read as the same.
 */
export function withoutId(json: unknown): unknown {
  if (!isObject(json) || !Object.hasOwn(json, "id")) return json;
  const { id, ...rest } = json;
  if (isId(id)) return rest;
  const isInteger = typeof id === "number" && Number.isInteger(id);
  const found = isInteger ? `${id}, which may not be the number that was written` : describeValue(id);
  throw failure("shape", `${found}, expected text or an integer within ±9007199254740991`, { place: "id" });
}

function isId(id: unknown): id is string | number {
  return typeof id === "string" || Number.isSafeInteger(id);
}
