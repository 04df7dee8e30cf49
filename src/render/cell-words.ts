/** What every format that people read says of a cell. */
import type { Explanation } from "../explain/explain.ts";
import { excerpt } from "../input/excerpt.ts";
import { visibleLine } from "../visible.ts";

/** A name, harmless on one line; cut to `length`; still to be escaped for its format. */
export function nameLine(name: string, length?: number): string {
  return visibleLine(excerpt(name, length));
}

/** What tells the sizes of a cell, and the step and the unit that numbers belong to; of a result, of a derivation. */
type Sizes = Pick<Explanation, "hidden_size" | "input_size" | "step" | "steps" | "unit">;

/** `hidden size 2, input size 3, step 1 of 4, unit 0`, as far as they are known. */
export function sizesOf({ hidden_size, input_size, step, steps, unit }: Sizes): string {
  const parts = [`hidden size ${hidden_size}`];
  if (input_size !== null) parts.push(`input size ${input_size}`);
  if (step !== undefined) parts.push(`step ${step} of ${steps}`);
  if (unit !== undefined) parts.push(`unit ${unit}`);
  return parts.join(", ");
}

/** What the reader of a reverse cell's sequence has to know: t counts the steps in the order taken. */
export function reverseCaptions({ reverse }: { readonly reverse?: true }): string[] {
  return reverse ? ["reverse: x is read from its last row to its first, and t = 1 is the last row"] : [];
}
