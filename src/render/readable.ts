/** What the formats that people read outside a terminal share: all of every section, whatever its width. */
import { excerpt } from "../input/excerpt.ts";
import { visibleLine } from "../visible.ts";
import { type Layout, layOut } from "./column-layout.ts";
import type { Result } from "./result.ts";
import type { Section } from "./section.ts";

export interface ReadableOptions {
  /** What the result is of, for the first line; null: no such line. Not yet escaped. */
  readonly heading: string | null;
  /** What is to be said of the result that it does not tell itself. */
  readonly remarks?: readonly string[];
  /** Digits of a column's largest entry. */
  readonly digits: number;
}

/** Every row and column; words are escaped by `write`, numbers are not. */
export function layOutWhole(section: Section, digits: number, write: (text: string) => string): Layout {
  return layOut(section, { width: Infinity, full: true, digits, write });
}

/** The name that a result goes by, harmless on one line; cut to `length`; still to be escaped for its format. */
export function nameLine(heading: string, length?: number): string {
  return visibleLine(excerpt(heading, length));
}

/** ` (hidden size 2, input size 3)`; nothing where there is no cell. */
export function sizesOf(result: Result): string {
  if (!("hidden_size" in result)) return "";
  const input = result.input_size === null ? "" : `, input size ${result.input_size}`;
  return ` (hidden size ${result.hidden_size}${input})`;
}
