import type { Quantity } from "../lstm/quantities.ts";
import type { Entries } from "./entries.ts";
import type { GradedValues } from "./values.ts";
import type { WrongValues } from "./wrong-values.ts";

/** What a wrong formula may start from. */
export interface Facts {
  /** The right entries, of this and of other quantities. */
  readonly expected: (quantity: Quantity) => Entries | null;
  /** The cell, right and wrong; null where the key is a result or the cell a sequence. */
  readonly cell: CellFacts | null;
}

export interface CellFacts {
  readonly right: GradedValues;
  readonly wrong: WrongValues;
}

/** Nothing where the formula says nothing of the quantity. */
export type Wrong = Entries | null | undefined | false;
