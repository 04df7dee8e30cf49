import { DlstmError, type Problem } from "../errors.ts";
import { type Entries, shapeName } from "./entries.ts";
import { QUANTITIES, type Quantity } from "./quantities.ts";

/** Hidden size, input size, and steps of a sequence. */
type Dimension = "H" | "I" | "T";

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
  file: string | null,
): Sizes {
  const sizes: Sizes = { H: hidden_size, I: input_size, T: null };
  const problems = QUANTITIES.flatMap((quantity): Problem[] => {
    const entries = expected.get(quantity.path);
    if (entries === undefined) return [];
    const dimensions = dimensionsOf(quantity);
    const found = lengthsOf(entries);
    dimensions.forEach((name, k) => {
      sizes[name] ??= found[k] ?? null;
    });
    const fits = found.length === dimensions.length && dimensions.every((name, k) => sizes[name] === found[k]);
    if (fits) return [];
    const wanted = dimensions.map((name) => sizes[name] ?? name).join(" × ") || "a number";
    const message = `${shapeName(entries)}, expected ${wanted}`;
    return [{ code: "shape", file, place: quantity.path, message }];
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
  const quantities = QUANTITIES.map((quantity) => dimensionsOf(quantity).reduce((n, name) => n * lengths[name], 1));
  return quantities.reduce((sum, count) => sum + count, T * H * BESIDE_STEP);
}

function lengthsOf({ kind, rows, cols }: Entries): number[] {
  return kind === "scalar" ? [] : kind === "vector" ? [cols] : [rows, cols];
}

function dimensionsOf(quantity: Quantity): readonly Dimension[] {
  switch (quantity.family) {
    case "loss":
      return [];
    case "jacobian":
      return ["H", quantity.wrt === "x_t" ? "I" : "H"];
    case "terms":
      return ["H", "H"];
    case "optimum":
      return quantity.part === "h_prev" ? ["H", "H"] : ["H"];
    case "gradient":
      return gradientDimensions(quantity.key);
    default:
      return ["H"];
  }
}

function gradientDimensions(key: string): readonly Dimension[] {
  if (key === "x_t") return ["I"];
  if (key === "x") return ["T", "I"];
  if (key.startsWith("W")) return ["H", "I"];
  return key.startsWith("U") ? ["H", "H"] : ["H"];
}
