/** Below every floor: text that nobody vouches for, made safe to show. */
import { once } from "./once.ts";

/**
 * What moves the cursor, recolours a terminal, reorders what a person reads or shows nothing at all: controls but tab and
 * line feed, format characters (bidirectional and zero-width ones, soft hyphens, tags), what fonts leave out by rule
 * (variation selectors, fillers, the blank of Braille), separators of lines, lone surrogates and what is no character.
 */
const invisible = once(
  // outside of a function it would be compiled at every start, for a millisecond
  () =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2800\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu,
);

/** Most texts hold plain characters only, and are looked at once. */
const PLAIN = /^[\t\n -~]*$/;

/** The text with what must not be shown raw spelt out (`\x1b`, `\u202e`, `\u{e0041}`), safe to print to a terminal. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(invisible(), (character) => {
    const code = character.codePointAt(0)!;
    const digits = code.toString(16);
    if (code < 256) return `\\x${digits.padStart(2, "0")}`;
    return code < 65536 ? `\\u${digits.padStart(4, "0")}` : `\\u{${digits}}`;
  });
}

/** The same for text that must stay on one line. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll("\n", "\\x0a").replaceAll("\t", "\\x09");
}

/** The same for JSON, which has escapes of its own for them and reads back as it was. */
export function visibleJson(json: string): string {
  if (PLAIN.test(json)) return json;
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return json.replace(invisible(), (character) => character.split("").map(escaped).join(""));
}
