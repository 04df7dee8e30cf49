/** Signs that look like the hyphen-minus of a negative number, U+2212 the minus of typesetters among them. */
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;

/** The first of them in a text, as messages name it; null where there is none. */
export function dashIn(text: string): string | null {
  const dash = DASHES.exec(text)?.[0];
  if (dash === undefined) return null;
  return `the ${dash === "\u2212" ? "minus sign" : "dash"} U+${dash.charCodeAt(0).toString(16).toUpperCase()}`;
}
