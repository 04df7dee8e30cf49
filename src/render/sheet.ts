/** JSON as a person fills it in: a row of numbers a line, two spaces a level. */
export function sheetText(value: unknown, indent = ""): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (!value.some((entry) => typeof entry === "object" && entry !== null)) return `[${value.map(text).join(", ")}]`;
    return `[\n${value.map((entry) => inner + sheetText(entry, inner)).join(",\n")}\n${indent}]`;
  }
  if (typeof value !== "object" || value === null) return text(value);
  const entries = Object.entries(value).map(([key, own]) => `${inner}${text(key)}: ${sheetText(own, inner)}`);
  return `{\n${entries.join(",\n")}\n${indent}}`;
}

const text = (value: unknown) => JSON.stringify(value);
