/** An answer that is still to be given: every key in its place, every number null. */
import { failure } from "../errors.ts";
import type { Quantity, QuantityOf } from "../lstm/quantities.ts";
import type { Entries } from "./entries.ts";
import type { Key } from "./key.ts";
import { askedFor, assignmentOf, DEFAULT_OPTIONS } from "./options.ts";

interface Tree {
  [key: string]: unknown;
}

/** What show prints. */
const SHOWN = ["gates", "c_t", "h_t", "jacobian.f.h_prev", "jacobian.h_t.h_prev", "optimum.2.max.f"];

/**
 * @param require quantities and families, as in grading; null: what show prints of the cell
 * @throws {DlstmError} as {@link assignmentOf}; missing, where show prints nothing of it.
 */
export function sheetOf(key: Key, require: readonly string[] | null): object {
  const required = require === null ? shown(key) : assignmentOf(key, { ...DEFAULT_OPTIONS, require }).required!;
  const sheet: Tree = {};
  const optima = required.filter((one) => one.family === "optimum");
  // results have one norm and one goal; an answer may have several by their paths
  const isOneKind = new Set(optima.map(({ norm, goal }) => `${norm} ${goal}`)).size === 1;
  for (const quantity of required) {
    if (quantity.family !== "optimum" || !isOneKind)
      put(sheet, quantity.path.split("."), nulls(key.expected(quantity)!));
  }
  if (isOneKind) sheet.optimum = unitsOf(key, optima);
  return sheet;
}

/** Of what show prints, what the key tells. */
function shown(key: Key): Quantity[] {
  const all = askedFor({ ...DEFAULT_OPTIONS, require: SHOWN }, null).required!;
  const told = all.filter((quantity) => key.expected(quantity) !== null);
  if (told.length > 0) return told;
  throw failure("missing", "missing, expected what is asked for: show prints nothing of this key", {
    place: "--require",
  });
}

function put(tree: Tree, [key, ...keys]: readonly string[], value: unknown): void {
  tree[key] ??= keys.length === 0 ? value : {};
  if (keys.length > 0) put(tree[key] as Tree, keys, value);
}

function nulls({ kind, rows, cols }: Entries): unknown {
  const row = () => new Array<null>(cols).fill(null);
  return kind === "scalar" ? null : kind === "vector" ? row() : Array.from({ length: rows }, row);
}

function unitsOf(key: Key, optima: readonly QuantityOf<"optimum">[]): object {
  const gates: Record<string, Tree[]> = {};
  for (const quantity of optima) {
    const values = nulls(key.expected(quantity as Quantity)!) as unknown[];
    gates[quantity.gate] ??= values.map((_, unit) => ({ unit }));
    values.forEach((value, unit) => {
      gates[quantity.gate][unit][quantity.part] = value;
    });
  }
  return { norm: optima[0].norm, goal: optima[0].goal, gates };
}
