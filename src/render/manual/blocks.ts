/** What a page of documentation is made of: Markdown as the pages of this project use it, and no more. */

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  /** As it stands there. */
  | { readonly kind: "code"; readonly lines: readonly string[] }
  /** The first row is the head. */
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] };

type Kind = Block["kind"] | "fence" | "blank";

/** How a line begins that starts something; any other goes on with what stands above it. */
const STARTS: readonly (readonly [Kind, RegExp])[] = [
  ["fence", /^```/],
  ["heading", /^#+ /],
  ["table", /^\|/],
  ["code", /^ {4}/],
  ["list", /^- /],
  ["blank", /^\s*$/],
];

function kindOf(line: string): Kind {
  return STARTS.find(([, start]) => start.test(line))?.[0] ?? "paragraph";
}

/** The blocks of a page in order, without markup in what is no code. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split("\n");
  for (let k = 0; k < lines.length; ) {
    const kind = kindOf(lines[k]);
    const start = k;
    do k += 1;
    while (k < lines.length && goesOn(kind, lines[k]));
    if (kind === "fence") k += 1;
    const block = blockOf(kind, lines.slice(start, k));
    if (block !== null) blocks.push(block);
  }
  return blocks;
}

function goesOn(kind: Kind, line: string): boolean {
  const next = kindOf(line);
  if (kind === "fence") return next !== "fence";
  if (kind === "list") return next === "list" || /^ {2}\S/.test(line);
  return kind !== "heading" && next === kind;
}

function blockOf(kind: Kind, lines: readonly string[]): Block | null {
  switch (kind) {
    case "heading":
      return { kind, level: lines[0].indexOf(" "), text: withoutMarkup(lines[0].replace(/^#+ /, "")) };
    case "fence":
      return { kind: "code", lines: lines.slice(1, -1) };
    case "code":
      return { kind, lines: lines.map((line) => line.slice(4)) };
    case "table":
      return { kind, rows: lines.filter((line) => !/^\|[-:| ]+\|$/.test(line)).map(cellsOf) };
    case "list":
      return { kind, items: itemsOf(lines) };
    case "paragraph":
      return { kind, text: joined(lines) };
    case "blank":
      return null;
  }
}

function joined(lines: readonly string[]): string {
  return withoutMarkup(lines.map((line) => line.trim()).join(" "));
}

/** Each begins with `- ` and goes on in lines of its own. */
function itemsOf(lines: readonly string[]): string[] {
  const starts = lines.flatMap((line, k) => (line.startsWith("- ") ? [k] : []));
  return starts.map((start, k) => joined(lines.slice(start, starts[k + 1])).slice(2));
}

/** `\|` is no border. */
function cellsOf(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => withoutMarkup(cell.trim().replaceAll("\\|", "|")));
}

/** The text of code, of links and of what is bold. */
function withoutMarkup(text: string): string {
  return text.replace(
    /(`+)(.+?)\1|\[((?:`[^`]*`|[^\]`])*)\]\([^)]*\)|\*\*(.+?)\*\*/g,
    (_, _ticks, code?: string, link?: string, bold?: string) => code ?? withoutMarkup(link ?? bold ?? ""),
  );
}
