import { Chalk, type ChalkInstance } from "chalk";
import { maxNorm } from "../linalg/norm.ts";
import { toAscii } from "./ascii.ts";
import { nameLine } from "./cell-words.ts";
import {
  ELLIPSIS,
  GAP,
  type LaidOutColumn,
  type Layout,
  type LayoutOptions,
  layOut,
  widthOf,
} from "./column-layout.ts";
import { fold } from "./fold.ts";
import { heatmap } from "./heatmap.ts";
import type { Look } from "./look.ts";
import { type ReadableOptions, sizesBehind } from "./readable.ts";
import type { Result } from "./result.ts";
import { matrixOf, type Section } from "./section.ts";
import { captionsOf, sectionsOf } from "./sections.ts";
import { tint } from "./tint.ts";
import { wrap } from "./wrap.ts";

export interface TableOptions extends ReadableOptions, Omit<LayoutOptions, "write">, Look {
  /** Matrices as pictures. */
  readonly heatmap: boolean;
}

/** A result as tables for a terminal, with a final line feed. */
export function renderTable(result: Result, options: TableOptions): string {
  const chalk = new Chalk({ level: options.colorLevel });
  const write = options.unicode ? (text: string) => text : toAscii;
  const layout = { ...options, write };
  const blocks = sectionsOf(result, options).map((section) =>
    options.heatmap && section.comparable
      ? renderHeatmap(section, options, chalk)
      : renderSection(section, layout, chalk),
  );
  if (options.heading !== null) blocks.unshift(chalk.bold(heading(result, options.heading, options)));
  const captions = [...(options.remarks ?? []), ...captionsOf(result)].map((caption) =>
    chalk.dim(wrap(caption, options.width)),
  );
  if (captions.length > 0) blocks.push(captions.join("\n"));
  return write(`${blocks.join("\n\n")}\n`);
}

/** The name, cut so that the sizes after it stay on the line; the cut's … is three dots in ASCII. */
function heading(result: Result, of: string, { width, unicode }: TableOptions): string {
  const sizes = sizesBehind(result);
  if (sizes === "") return nameLine(of);
  return nameLine(of, Math.max(8, Math.min(80, width - sizes.length - (unicode ? 1 : 3)))) + sizes;
}

/** A matrix as a picture, without a final line feed. */
function renderHeatmap({ title, rows, columns, scale }: Section, options: TableOptions, chalk: ChalkInstance): string {
  const { width, unicode } = options;
  const lines = heatmap(matrixOf(columns, rows), { width, unicode, chalk, ...(scale === undefined ? {} : { scale }) });
  return trimLines([chalk.bold(title), ...lines].join("\n"));
}

/** A section without a final line feed: one table, or bands of its columns where they do not fit a line. */
export function renderSection(section: Section, options: LayoutOptions, chalk: ChalkInstance): string {
  const paint = painter(section, chalk);
  const layouts = fold(section, options).map((band) => layOut(band, options));
  const captions = layouts.some(({ cut }) => cut) ? [...section.captions, cornerCaption(section)] : section.captions;
  const tables = layouts.map((layout) => trimLines(renderBand(layout, options, paint, chalk)));
  return [tables.join("\n\n"), ...captions.map((caption) => chalk.dim(caption))].join("\n");
}

/** Columns told apart by space, and a rule under the header. */
function renderBand(layout: Layout, options: LayoutOptions, paint: Paint, chalk: ChalkInstance): string {
  const cells = (text: (column: LaidOutColumn) => string): string[] =>
    layout.columns.map((column) => (column === null ? options.write(ELLIPSIS) : text(column)));
  const head = [layout.title, ...cells(({ label, width }) => label.padStart(width))].map((text) => chalk.bold(text));
  const rows = layout.rows.map((row, k) => [
    layout.rowLabels[k],
    ...cells((column) => paint(column, row, column.texts[k])),
  ]);
  const gap = " ".repeat(GAP);
  const line = ([label, ...texts]: string[], length: number) =>
    [label + " ".repeat(layout.labelWidth - length), ...texts].join(gap);
  return [
    line(head, layout.title.length),
    "─".repeat(widthOf(layout, options)),
    ...rows.map((row) => line(row, row[0].length)),
  ].join("\n");
}

/** From an entry's text to what is printed. */
type Paint = (column: LaidOutColumn, row: number | null, text: string) => string;

/** Entries of a matrix are tinted by their share of its largest; the rest stays as it is. */
function painter(section: Section, chalk: ChalkInstance): Paint {
  if (!section.comparable || chalk.level === 0) return (_, __, text) => text;
  const largest = maxNorm(matrixOf(section.columns, section.rows).data);
  return ({ column }, row, text) =>
    row === null || largest === 0 ? text : tint(chalk, (column.at(row) ?? 0) / largest, text);
}

function cornerCaption({ comparable, rows, rowNoun = "unit", columns, firstComponent }: Section): string {
  const components = columns.length - firstComponent;
  const size = comparable
    ? `${rows} × ${components}`
    : `${rows} ${rowNoun}${rows === 1 ? "" : "s"}${components > 0 ? ` × ${components} components` : ""}`;
  return `corner of ${size}, --full shows all`;
}

function trimLines(text: string): string {
  return text.replace(/ +$/gm, "");
}
