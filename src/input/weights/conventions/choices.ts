/** Cells of one file: which of them the flags choose, and which flags choose which. */

import type { Gate } from "../../../lstm/names.ts";
import { excerpt } from "../../excerpt.ts";
import { backwardKeys } from "./candidates.ts";
import type { Convention, Layout } from "./convention.ts";
import type { Reading } from "./fit.ts";
import type { DeclaredName } from "./roles.ts";

/** --from, --prefix, --layer, --reverse, --recurrent-activation, --order, --layout, --names. */
export interface Choice {
  readonly from?: Convention | undefined;
  readonly prefix?: string | undefined;
  readonly layer?: number | undefined;
  /** Not given, it is false where --layer is given, and open otherwise. */
  readonly reverse?: boolean | undefined;
  /** That of the gates, where the file does not tell it. */
  readonly recurrentActivation?: "sigmoid" | undefined;
  /** That of the gates' blocks, where it is another than the convention's, or where there is no convention. */
  readonly order?: readonly Gate[] | undefined;
  /** rows: weights are [gates·H × inputs], and multiply from the left; columns: [inputs × gates·H]. */
  readonly layout?: Layout["orientation"] | undefined;
  /** Which tensors are the cell, whatever they are called. */
  readonly names?: readonly DeclaredName[] | undefined;
}

/**
 * The readings that the flags leave. A prefix may be less or more than the reading's own, as long as all of its tensors
 * stand below, or any keys amid it where none do; a cell without layers is layer 0.
 */
export function chosen(readings: readonly Reading[], { prefix, layer, reverse }: Choice): Reading[] {
  let left = [...readings];
  if (prefix !== undefined) {
    const wanted = normal(prefix);
    const exact = left.filter((reading) => normal(reading.prefix) === wanted);
    const start = wanted === "" ? "" : `${wanted}.`;
    const within = left.filter(({ tensors }) =>
      [...tensors.values()].every(({ name }) => normal(name).startsWith(start)),
    );
    // keys that a checkpoint has above its model need not be said
    const amid = left.filter((reading) => `.${normal(reading.prefix)}.`.includes(`.${wanted}.`));
    left = [exact, within, amid].find((found) => found.length > 0) ?? [];
  }
  if (layer !== undefined) {
    const exact = left.filter((reading) => reading.layer === layer);
    left = exact.length > 0 || layer > 0 ? exact : left.filter((reading) => reading.layer === null);
  }
  if (reverse) return left.filter((reading) => reading.reverse || backwardKeys(reading) !== null);
  if (reverse === undefined && layer === undefined) return left;
  const forward = left.filter((reading) => !reading.reverse);
  const halves = forward.filter((reading) => backwardKeys(reading) === null);
  // a prefix may have named the other half
  return halves.length > 0 ? halves : forward;
}

function normal(prefix: string): string {
  return prefix.replaceAll("/", ".").replace(/\.$/, "");
}

/**
 * The flags that choose a cell among all those of its file: `--prefix encoder.lstm --layer 1 --reverse`. null where none
 * do: below one prefix, of one convention, stand a layer 0 and a cell without layers, which --layer 0 takes for it.
 */
export function flagsAmong(all: readonly Reading[]): (reading: Reading) => string | null {
  const counts = new Map<string, number>();
  const layered = new Map<string, Layout["convention"]>();
  for (const { prefix, layer, layout } of all) {
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    if (layer === 0) layered.set(prefix, layout.convention);
  }
  return ({ prefix, layer, reverse, layout: { convention } }) => {
    const other = layer === null ? layered.get(prefix) : undefined;
    if (other === convention) return null;
    const chosenBy = flagsOf({
      prefix: counts.size > 1 ? prefix : undefined,
      layer: counts.get(prefix) === 1 ? undefined : (layer ?? 0),
      reverse,
    });
    return other === undefined ? chosenBy : `--from ${convention} ${chosenBy}`.trimEnd();
  };
}

/** What is said of a cell that no flags choose. */
export const HIDDEN = "no flag tells its cell from the layer 0 beside it, expected names below a prefix of its own";

/** The flags of a choice among cells. */
export function flagsOf({ prefix, layer, reverse }: Choice): string {
  const flags: string[] = [];
  if (prefix !== undefined) flags.push(`--prefix ${quoted(excerpt(prefix))}`);
  if (layer !== undefined) flags.push(`--layer ${layer}`);
  if (reverse) flags.push("--reverse");
  return flags.join(" ");
}

/** As a shell takes it. */
export function quoted(text: string): string {
  return /^[\w./:~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
