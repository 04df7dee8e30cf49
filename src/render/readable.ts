/** What the formats that people read outside a terminal share: all of every section, whatever its width. */

import { sizesOf } from "./cell-words.ts";
import { layOut } from "./column-layout.ts";
import type { Result } from "./result.ts";
import type { Section } from "./section.ts";

export interface ReadableOptions {
  /** What it is of, a cell's name or file, for the first line; null: no such line. Not yet escaped. */
  readonly heading: string | null;
  /** What is to be said of a result that it does not tell itself. */
  readonly remarks?: readonly string[];
  /** The states of a sequence's steps too. */
  readonly steps?: boolean;
  /** Digits of a column's largest entry. */
  readonly digits: number;
}

/** Every row and column; words are escaped by `write`, numbers are not. */
export function layOutWhole(section: Section, digits: number, write: (text: string) => string) {
  const layout = layOut(section, { width: Infinity, full: true, digits, write });
  return { ...layout, columns: layout.columns.filter((column) => column !== null) };
}

/** ` (hidden size 2, input size 3)`; nothing where there is no cell. */
export function sizesBehind(result: Result): string {
  if (!("hidden_size" in result)) return "";
  const { hidden_size, input_size } = result;
  return ` (${sizesOf({ hidden_size, input_size })})`;
}
