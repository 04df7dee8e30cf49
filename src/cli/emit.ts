import { misuse } from "../errors.ts";
import type { Context } from "./context.ts";
import { type FormatOf, type Kind, type Printed, rendererOf } from "./formats.ts";
import { type Color, lookOf } from "./terminal.ts";
import { writeResult } from "./write.ts";

/** The flags that say how something is printed. */
export interface PrintOptions<K extends Kind> {
  readonly format: FormatOf<K>;
  readonly json?: true;
  readonly digits?: number;
  readonly full?: true;
  readonly heatmap?: true;
  readonly steps?: true;
  readonly color?: Color;
  readonly output?: string;
}

/** Of what people read, unless --digits says otherwise. */
export const DIGITS = 6;

/** From what is printed to its text, in the format that the flags ask for. */
export type Print<K extends Kind> = (
  subject: Printed[K],
  heading: string | null,
  remarks: readonly string[],
) => Iterable<string>;

/**
 * How a kind of thing is printed.
 * @throws {DlstmError} usage, for flags that contradict each other.
 */
export async function printing<K extends Kind>(kind: K, options: PrintOptions<K>, context: Context): Promise<Print<K>> {
  const { output, digits = DIGITS, full = false, heatmap = false, steps = false, color } = options;
  const format: FormatOf<K> = options.json ? "json" : options.format;
  if (heatmap && format !== "table") throw misuse("--heatmap", "only in a table");
  const [render, look] = await Promise.all([rendererOf(kind, format), lookOf(output, context, color)]);
  return (subject, heading, remarks) => {
    const text = render(subject, { heading, remarks, digits, full, heatmap, steps, ...look });
    return typeof text === "string" ? [text] : text;
  };
}

/**
 * Prints something in the format asked for.
 * @param remarks what people have to know of it that it does not tell itself
 */
export async function emit<K extends Kind>(
  kind: K,
  subject: Printed[K],
  heading: string | null,
  options: PrintOptions<K>,
  context: Context,
  remarks: readonly string[] = [],
): Promise<void> {
  const print = await printing(kind, options, context);
  await writeResult(print(subject, heading, remarks), options.output, context);
}
