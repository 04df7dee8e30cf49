/** Elements of SVG, as XML that stands in a page of HTML as well as in a file of its own. */
import { escapeHtml } from "../escape.ts";

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

/** @param markup what is written, already escaped */
export function text(x: number, y: number, markup: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, markup);
}

/** A number for a label: three digits, and a minus as long as a plus. */
export function label(value: number): string {
  return String(Number(value.toPrecision(3)) + 0).replace("-", "−");
}

export function percent(share: number | null): string {
  return share === null ? "–" : `${(100 * share).toFixed(1)} %`.replace("-", "−");
}

/** A picture that can stand alone. */
export interface Figure {
  readonly width: number;
  readonly height: number;
  /** What it shows, in words; not yet escaped. */
  readonly words: string;
  readonly body: string;
}

/** Within a page, whose styles it takes. A box of its own scrolls where the window is narrower than it can be read. */
export function figureHtml({ width, height, words, body }: Figure): string {
  const svg = element(
    "svg",
    { class: "figure", viewBox: `0 0 ${width} ${height}`, style: `--w:${width}px`, role: "img", "aria-label": words },
    body,
  );
  return `<div class=scroll tabindex=0 role=group aria-label="picture">${svg}</div>`;
}

/** A chart beside others, which shrinks with them. Nothing of null. */
export function chartHtml(figure: Figure | null): string {
  if (figure === null) return "";
  const { width, height, words, body } = figure;
  return element("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words }, body);
}
