import type { Cell } from "../lstm/cell.ts";
import type { Trace } from "../lstm/forward.ts";
import type { Output, Parameter, Wrt } from "../lstm/names.ts";
import type { Value as QuantityValue, Values } from "../lstm/values.ts";
import type { Formula } from "../notation/formula-tree.ts";
import type { SequenceValues } from "./sequence-values.ts";

/** One row of a matrix; null where every unit vector would do. */
export interface Row {
  readonly row: Float64Array | null;
}

/** A null among rows stands for one that has no numbers: every unit vector would do, or a logarithm of zero. */
export type Value = QuantityValue | Row;

/** What the numbers of a derivation are taken from: one step of a cell, and the sequence that it belongs to. */
export interface NumberContext {
  readonly cell: Cell;
  readonly trace: Trace;
  readonly values: Values;
  readonly sequence: SequenceValues;
}

/** A number with its symbol. */
export interface NumberRow {
  readonly symbol: Formula;
  /** The output whose keys it takes; absent: any cell has it, or lacks what `lacking` says. */
  readonly needs?: { readonly of: Output; readonly wrt?: Wrt | Parameter };
  /** Nothing where there is no such number. */
  readonly value: (context: NumberContext) => Value | null | undefined;
  readonly lacking?: readonly string[];
  /** Why a cell that lacks nothing may have none all the same. */
  readonly why?: string;
}
