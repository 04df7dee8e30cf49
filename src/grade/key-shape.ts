import { DlstmError, type Problem } from "../errors.ts";
import { type Dimension, quantities } from "../lstm/quantities.ts";
import { type Entries, shapeName } from "./entries.ts";

/** null where nothing tells it. */
export type Sizes = Record<Dimension, number | null>;

/** The sizes that a result states itself; null where it does not. */
export interface StatedSizes {
  readonly hidden_size: number | null;
  readonly input_size: number | null;
}

/**
 * Checks that the quantities of a key have the shapes of one cell: by one that has not, every right answer would be wrong.
 * The first that has a size says it for the rest, where the result does not state it.
 * @returns the sizes, as far as they are known
 * @throws {DlstmError} shape, with every quantity that does not fit.
 */
export function requireOneCell(
  expected: ReadonlyMap<string, Entries>,
  { hidden_size, input_size }: StatedSizes,
): Sizes {
  const sizes: Sizes = { H: hidden_size, I: input_size, T: null };
  const problems = quantities().flatMap(({ path, shape }): Problem[] => {
    const entries = expected.get(path);
    if (entries === undefined) return [];
    const found = lengthsOf(entries);
    shape.forEach((name, k) => {
      sizes[name] ??= found[k] ?? null;
    });
    const fits = found.length === shape.length && shape.every((name, k) => sizes[name] === found[k]);
    if (fits) return [];
    const wanted = shape.map((name) => sizes[name] ?? name).join(" × ") || "a number";
    const message = `${shapeName(entries)}, expected ${wanted}`;
    return [{ code: "shape", file: null, place: path, message }];
  });
  if (problems.length > 0) throw new DlstmError(problems);
  return sizes;
}

/** Numbers a unit that results have of a step of a sequence, which nobody grades: its gates, states and gradients. */
const BESIDE_STEP = 16;

/** How many numbers an answer by a key of these sizes can hold, every quantity there is and the steps of a sequence among them. */
export function numbersOf(sizes: Sizes): number {
  // where a size is not known, another is the nearest guess
  const { H, I, T } = { H: sizes.H ?? sizes.I ?? 1, I: sizes.I ?? sizes.H ?? 1, T: sizes.T ?? 1 };
  const lengths: Record<Dimension, number> = { H, I, T };
  const counts = quantities().map(({ shape }) => shape.reduce((n, name) => n * lengths[name], 1));
  return counts.reduce((sum, count) => sum + count, T * H * BESIDE_STEP);
}

function lengthsOf({ kind, rows, cols }: Entries): number[] {
  return kind === "scalar" ? [] : kind === "vector" ? [cols] : [rows, cols];
}
