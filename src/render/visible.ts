/**
 * C0 but tab and line feed, DEL, C1, line and paragraph separators, zero-width and bidirectional controls, lone surrogates:
 * what could move the cursor, recolour a terminal or reorder what a person reads.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/gu;

/** The text with control and bidirectional characters spelt out (`\x1b`, `\u202e`), safe to print to a terminal. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** The same for text that must stay on one line. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll("\n", "\\x0a").replaceAll("\t", "\\x09");
}
