/** A manual page in the macros of man(7), which groff and mandoc read. */
import { wrapped } from "../wrap.ts";

/** What an item of a list is: a flag as help spells it, a word. */
export interface ManualTerm {
  readonly term: string;
  readonly description: string;
}

/** What stands on a page, one below the other. */
export type ManualBlock =
  | { readonly kind: "section" | "subsection" | "paragraph"; readonly text: string }
  | { readonly kind: "terms"; readonly terms: readonly ManualTerm[] }
  /** Lines that stay as they are. */
  | { readonly kind: "lines"; readonly text: string };

export interface ManualTitle {
  readonly name: string;
  /** `2026-11-28` */
  readonly date: string;
  readonly version: string;
}

/** Lines of the source are as long as those of any other. */
const WIDTH = 76;

/** No hyphens in a flag that is broken, and no wide gaps beside long ones. */
const FLAGS_WHOLE = [".nh", ".ad l"];

/** The page, in ASCII whatever it says: every roff reads that, in any locale. */
export function renderRoff({ name, date, version }: ManualTitle, blocks: readonly ManualBlock[]): string {
  const title = `.TH ${quoted(name.toUpperCase())} 1 ${date} ${quoted(`${name} ${version}`)} "User Commands"`;
  const lines = [title, ...FLAGS_WHOLE, ...blocks.flatMap(blockLines), ""];
  // a heading begins a paragraph
  return lines.filter((line, k) => line !== ".PP" || !/^\.S[HS] /.test(lines[k - 1])).join("\n");
}

function blockLines(block: ManualBlock): string[] {
  switch (block.kind) {
    case "section":
      return [`.SH ${quoted(block.text.toUpperCase())}`];
    case "subsection":
      return [`.SS ${quoted(block.text)}`];
    case "paragraph":
      return [".PP", ...textLines(block.text)];
    case "terms":
      return block.terms.flatMap(({ term, description }) => [".TP", marked(term), ...textLines(description)]);
    case "lines":
      return [".PP", ".nf", ...block.text.split("\n").map((line) => harmless(escaped(line))), ".fi"];
  }
}

/** Text that is filled. */
function textLines(text: string): string[] {
  return wrapped(text, WIDTH).map((line) => harmless(escaped(line)));
}

/** A term with its flags and words in bold, and what they stand for in italics. */
function marked(term: string): string {
  const parts = term.split(/([\s,]*<[^>]*>)/).map((text, k) => {
    const [space] = /^[\s,]*/.exec(text) ?? [""];
    const own = text.slice(space.length);
    return own === "" ? space : `${space}\\f${k % 2 === 1 ? "I" : "B"}${escaped(own)}\\fR`;
  });
  return parts.join("");
}

/** An argument of a macro. */
function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** A line of text, which a dot would make a request; an apostrophe is spelt otherwise. */
function harmless(line: string): string {
  return line.startsWith(".") ? `\\&${line}` : line;
}

/** What roff reads as something else: its escape, hyphens and quotes that it sets as typographers do, all beyond ASCII. */
const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\(rs",
  "-": "\\-",
  "'": "\\(aq",
  "`": "\\(ga",
  '"': "\\(dq",
  "^": "\\(ha",
  "~": "\\(ti",
};

/** The text as it is to be read, also where it is copied from the page. */
export function escaped(text: string): string {
  return text.replace(/[\\\-'`"^~]|[^\n -~]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return ESCAPES[character] ?? `\\[u${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}
