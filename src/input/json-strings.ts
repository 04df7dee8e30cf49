/** Where strings stand in a JSON text, and what is put in the place of other things. */

/** The offset of the next `character`; the text's length if there is none. */
export function find(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? text.length : at;
}

/** The offset behind the string that opens at `quote`; the text's length if none closes it. */
export function stringEnd(text: string, quote: number): number {
  for (let at = text.indexOf('"', quote + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
  return text.length;
}

/** A part of a text, and what takes its place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** The text with its parts replaced, which come in order; the text itself where there are none. */
export function replaced(text: string, parts: Iterable<Replacement>): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, by } of parts) {
    pieces.push(text.slice(from, start), by);
    from = end;
  }
  return from === 0 ? text : pieces.join("") + text.slice(from);
}
