/** How many characters of an input's text a message quotes. */
const EXCERPT_LENGTH = 80;

/** The text itself, or its first characters, 80 unless told otherwise, and an ellipsis. Control characters are left to DlstmError, and to whoever prints. */
export function excerpt(text: string, length = EXCERPT_LENGTH): string {
  const head = [...text.slice(0, 2 * length + 2)];
  return head.length > length ? `${head.slice(0, length).join("")}…` : text;
}

/** Numbers that no double is near to. */
export const TOO_SMALL = "a number that is not zero but nearer to it than any double, ±5e-324";
export const TOO_LARGE = "a number beyond the range of a double, ±1.7976931348623157e308";

/** A JSON value as an error message names it. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return `the text ${JSON.stringify(excerpt(value))}`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "number" && !Number.isFinite(value)) {
    // what parseJson makes of 1e-400, and what a caller of the library may hand in
    return Number.isNaN(value) ? `${TOO_SMALL}, or NaN` : TOO_LARGE;
  }
  if (value === undefined) return "missing";
  const isJson = value === null || typeof value === "number" || typeof value === "boolean";
  return isJson ? String(value) : "no JSON value";
}
