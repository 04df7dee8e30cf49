/** Text that came from an input, made harmless for a format. Invisible characters are spelt out before, by nameLine. */

const HTML: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** For text and quoted attributes of HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => HTML[character]);
}

const LATEX: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "''",
  "−": "$-$",
  "∂": "$\\partial$",
  "∞": "$\\infty$",
  σ: "$\\sigma$",
  λ: "$\\lambda$",
  "²": "$^2$",
  "-": "-{}",
  "–": "--",
  "…": "\\ldots{}",
  "×": "$\\times$",
  "‖": "$\\Vert$",
};

/** Letters that are none of ASCII with an accent. */
const LETTERS: Record<string, string> = {
  ...{ Æ: "AE", æ: "ae", Ø: "O", ø: "o", ß: "ss" },
};
/** What follows a letter that is taken apart. */
const ACCENTS: Record<string, string> = {
  ...{ "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u030a": "r", "\u0327": "c" },
};

/**
 * For a paragraph of LaTeX, in ASCII: the fonts of pdflatex and lualatex have no other letters in common. What they lack
 * becomes a question mark, so that the document compiles.
 */
export function escapeLatex(text: string): string {
  return (
    text
      // two hyphens would become a dash
      .replace(/[\\^~<>|"–…−∂∞σλ²×‖{}$&#%_]|-(?=-)/g, (character) => LATEX[character] ?? `\\${character}`)
      .replace(/[ÆæØøß]/g, (letter) => `\\${LETTERS[letter]}{}`)
      .replace(/[À-ÿ]/g, accented)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the complement of what the fonts have
      .replace(/[^\u0000-\u007f]/gu, "?")
  );
}

/** `\\"{o}`, with a dotless i below an accent; of no accent that LaTeX has, itself. */
function accented(letter: string): string {
  const [base, accent] = letter.normalize("NFD");
  const command = ACCENTS[accent ?? ""];
  return command === undefined ? letter : `\\${command}{${base === "i" ? "\\i" : base}}`;
}

/**
 * For a field of CSV: what holds a comma, a quote or an end of line is quoted, its quotes doubled (RFC 4180). Text that a
 * spreadsheet would take for a formula, also in the full-width signs of East Asian keyboards, gets an apostrophe in front.
 */
export function escapeCsv(text: string): string {
  const inert = /^\s*[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** For a line of Markdown: nothing of it is markup, a link, HTML or mathematics. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+\-.!|$&~^:@]/g, (character) => HTML[character] ?? `\\${character}`);
}

/**
 * For a cell, a paragraph or a heading of Markdown, of our own words and of what came from an input: nothing within it is
 * markup. A number in brackets, an underscore within a word as in h_{t-1} and the like mean nothing there and stay legible.
 */
export function escapeMarkdownCell(text: string): string {
  return text.replace(
    /[\\`*|$&~^@#!]|<(?=[a-z!?/])|:(?=\S)|\[(?!\d+\])|(?<!\[\d+)\]|(?<![a-z0-9])_|_(?![a-z0-9{])|(?<=www)\./gi,
    (character) => `\\${character}`,
  );
}
