/** What a command does with a cell. */
import type { Cell } from "../lstm/cell.ts";
import type { Progress } from "../lstm/results/sequence.ts";
import type { Result } from "../render/result.ts";
import type { LoadedCell } from "./load-cell.ts";
import type { CellOptions, Extent, OutputOptions, StreamOptions } from "./options.ts";

export type AllOptions<Options> = Options & CellOptions & OutputOptions & StreamOptions;

type Compute<R extends Result> = (cell: Cell, progress: Progress) => R;

/** A command on a cell, on several, or on one with many states. */
export interface OnCell<Options, R extends Result> {
  /** default: one step */
  readonly extent?: Extent;
  /** What is loaded only where it is needed, and then computes; `paths` are where the cells come from. */
  readonly prepare: (options: AllOptions<Options>, paths: readonly string[]) => Compute<R> | Promise<Compute<R>>;
  /** What progress is told of, where the computation reports any. */
  readonly parts?: string;
  /** What of the result is worth saying on stderr. */
  readonly notes?: (result: R) => string[];
  /** What is done with one cell in place of printing a result; null where nothing is. */
  readonly instead?: (options: AllOptions<Options>) => ((loaded: LoadedCell) => Promise<void>) | null;
}
