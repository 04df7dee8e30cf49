/** What tells one line of a stream from the others: it comes back in its result, and in its error. */
import { failure } from "../errors.ts";
import { describeValue, excerpt } from "./excerpt.ts";
import { stringEnd } from "./json-strings.ts";
import { isObject } from "./objects.ts";

export interface LineLabel {
  readonly id?: string | number;
  readonly name?: string;
}

/**
 * What a line is called, as far as it says; what is no id or name is passed over.
 * @param text of the line
 */
export function labelOf(json: unknown, text: () => string): LineLabel {
  if (!isObject(json)) return {};
  const id = Object.hasOwn(json, "id") && isId(json.id, text) ? { id: json.id } : {};
  return Object.hasOwn(json, "name") && typeof json.name === "string" ? { ...id, name: json.name } : id;
}

/**
 * The line without its id, which is known on lines only.
 * @throws {DlstmError} shape, for an id that could not come back as it is: beyond ±2⁵³ two integers read as the same.
 */
export function withoutId(json: unknown, text: () => string): unknown {
  if (!isObject(json) || !Object.hasOwn(json, "id")) return json;
  const { id, ...rest } = json;
  if (isId(id, text)) return rest;
  const found = typeof id === "number" ? excerpt(numeralOfId(text())) : describeValue(id);
  throw failure("shape", `${found}, expected text or an integer within ±${LARGEST}`, { place: "id" });
}

/** 2⁵³, as which the next integer reads too. */
const LARGEST = "9007199254740992";

function isId(id: unknown, text: () => string): id is string | number {
  if (typeof id === "string" || Number.isSafeInteger(id)) return true;
  return Math.abs(Number(id)) === Number(LARGEST) && numeralOfId(text()).replace("-", "") === LARGEST;
}

/** The number behind the key id of an object, as it was typed. */
function numeralOfId(text: string): string {
  const number = /\s*:\s*([-+.\deE]+)/y;
  for (let at = 0, depth = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    else if (character === '"') {
      const end = stringEnd(text, at);
      number.lastIndex = end;
      const [, found] = (depth === 1 && JSON.parse(text.slice(at, end)) === "id" && number.exec(text)) || [];
      if (found !== undefined) return found;
      at = end - 1;
    }
  }
  return "";
}
