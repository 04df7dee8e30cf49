/** Which tensors of a file might be a cell, by their names alone. */

import { onceBy } from "../../../once.ts";
import type { Tensor } from "../tensor.ts";
import type { Layout, TensorRow } from "./convention.ts";
import { patternOf } from "./row-names.ts";

/** Tensors under one prefix whose names are those of a layout; some may be missing, and the shapes are not looked at. */
export interface Candidate {
  readonly layout: Layout;
  /** The keys above the names of the layout, as the file has them. */
  readonly prefix: string;
  /** null where the layout numbers no layers. */
  readonly layer: number | null;
  readonly reverse: boolean;
  readonly tensors: ReadonlyMap<TensorRow, Tensor>;
  /** Pairs of tensors that would be the same row. */
  readonly clashes: readonly (readonly [Tensor, Tensor])[];
}

interface Growing extends Candidate {
  readonly tensors: Map<TensorRow, Tensor>;
  readonly clashes: [Tensor, Tensor][];
}

/** Every group of tensors that has at least one name of one of the layouts, in the order of the file. */
export function findCandidates(tensors: readonly Tensor[], layouts: readonly Layout[]): Candidate[] {
  const found = new Map<string, Growing>();
  const rows = layouts.flatMap((layout, k) =>
    layout.tensors.map((row) => ({ k, layout, row, names: patternsOf(row) })),
  );
  for (const tensor of tensors) {
    const tails = tailsOf(tensor.name);
    for (const { k, layout, row, names } of rows) {
      const named = firstMatch(names, tails);
      if (named === null) continue;
      const match = inStack(named, layout);
      const key = `${k} ${match.layer} ${match.reverse} ${match.prefix}`;
      const candidate = onceBy(found, key, () => ({ layout, ...match, tensors: new Map(), clashes: [] }));
      const other = candidate.tensors.get(row);
      if (other) candidate.clashes.push([other, tensor]);
      else candidate.tensors.set(row, tensor);
    }
  }
  return [...found.values()];
}

interface Tail {
  /** The last one or two keys, joined by a dot, without the `:0` of TensorFlow's variables. */
  readonly text: string;
  readonly prefix: string;
}

/** `a/b.kernel:0` → kernel below a/b, b.kernel below a. Keys are joined by dots or slashes. */
function tailsOf(name: string): Tail[] {
  const last = Math.max(name.lastIndexOf("."), name.lastIndexOf("/"));
  const leaf = name.slice(last + 1).replace(/:\d+$/, "");
  const tails = [{ text: leaf, prefix: name.slice(0, Math.max(last, 0)) }];
  if (last < 0) return tails;
  const above = name.slice(0, last);
  const next = Math.max(above.lastIndexOf("."), above.lastIndexOf("/"));
  tails.push({ text: `${above.slice(next + 1)}.${leaf}`, prefix: above.slice(0, Math.max(next, 0)) });
  return tails;
}

/** The names of a row, those of layers and directions with a place for them. */
export function namesOf({ name, alias }: TensorRow): string[] {
  return alias === undefined ? [name] : [name, alias];
}

function patternsOf(row: TensorRow): RegExp[] {
  return namesOf(row).map(patternOf);
}

type Match = Pick<Candidate, "prefix" | "layer" | "reverse">;

function firstMatch(names: readonly RegExp[], tails: readonly Tail[]): Match | null {
  for (const name of names) {
    for (const { text, prefix } of tails) {
      const match = name.exec(text);
      if (match === null) continue;
      const { layer, reverse, direction, stem } = match.groups ?? {};
      return {
        prefix: [prefix, stem ?? ""].filter((key) => key !== "").join("."),
        layer: layer === undefined ? null : Number(layer),
        reverse: reverse !== undefined || direction === "r",
      };
    }
  }
  return null;
}

/** A cell of a stack, whose number is that of its layer. */
function inStack(match: Match, { stack }: Layout): Match {
  const number = stack?.exec(match.prefix)?.[1];
  return number === undefined ? match : { ...match, layer: Number(number) };
}

/** The name of the first tensor, of which there is always one. */
export function firstName({ tensors }: Pick<Candidate, "tensors">): string {
  const [first] = [...tensors.values()];
  return first.name;
}

/** The keys down to that of the backward half, joined by dots; null where there is none. */
export function backwardKeys({ layout, prefix }: Pick<Candidate, "layout" | "prefix">): string | null {
  const { backwardHalf } = layout;
  if (backwardHalf === undefined) return null;
  const keys = prefix.split(/[./]/);
  const at = keys.findLastIndex((key) => backwardHalf.test(key));
  return at < 0 ? null : keys.slice(0, at + 1).join(".");
}
