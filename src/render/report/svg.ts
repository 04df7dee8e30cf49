/** Elements of SVG, as XML that stands in a page of HTML as well as in a file of its own. */
import { escapeHtml } from "../escape.ts";
import { spelledNumbers } from "../number-spelling.ts";
import { symbolPlain, symbolSvg } from "./symbol-html.ts";

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** @param children markup, already escaped */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? "" : ` ${key}="${typeof value === "number" ? place(value) : escapeHtml(value)}"`,
  );
  const content = children.join("");
  return content === "" ? `<${name}${written.join("")}/>` : `<${name}${written.join("")}>${content}</${name}>`;
}

/** A coordinate, to a tenth of a unit. */
export function place(value: number): string {
  return String(Number(value.toFixed(1)) + 0);
}

/** @param words what is written, symbols and numbers among them; not yet escaped */
export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, symbolSvg(words));
}

/** What shows under the pointer; not yet escaped. */
export function tooltip(words: string): string {
  return element("title", {}, escapeHtml(symbolPlain(words)));
}

/** A number for a label, to three digits. */
export const label = (value: number): string => shortNumber(value, 3);

/** What is small or large has a power of ten. */
export function shortNumber(value: number, digits: number): string {
  const short = Number(value.toPrecision(digits)) + 0;
  const size = Math.abs(short);
  return spelledNumbers(size !== 0 && (size < 1e-4 || size >= 1e6) ? short.toExponential() : String(short));
}

export function percent(share: number | null): string {
  return share === null ? "–" : spelledNumbers(`${(100 * share).toFixed(1).replace(/^-(?=0\.0$)/, "")}\u00a0%`);
}

/** A drawing of its own. */
export interface Panel {
  readonly width: number;
  readonly height: number;
  /** What it shows, in words; not yet escaped. */
  readonly words: string;
  readonly body: string;
}

/** A chart beside others grows with them so far that its letters are those of the page. */
const GROWN = 1.25;

/** A chart beside others, which shrinks and grows with them. Nothing of null. */
export function chartHtml(panel: Panel | null): string {
  return panel === null ? "" : svg(panel, { style: `--w:${GROWN * panel.width}px` });
}

/** @param attributes beside what every drawing has */
export function svg({ width, height, words, body }: Panel, attributes: Attributes): string {
  const own = { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": symbolPlain(words) };
  return element("svg", { ...attributes, ...own }, body);
}
