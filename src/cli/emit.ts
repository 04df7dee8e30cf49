import { misuse } from "../errors.ts";
import type { Context } from "./context.ts";
import { type FormatOf, type Kind, type Printed, rendererOf } from "./formats.ts";
import { lookOf } from "./terminal.ts";
import { writeResult } from "./write.ts";

/** The flags that say how something is printed. */
export interface PrintOptions<K extends Kind> {
  readonly format: FormatOf<K>;
  readonly json?: true;
  readonly digits?: number;
  readonly full?: true;
  readonly heatmap?: true;
  readonly output?: string;
}

/** Of what people read, unless --digits says otherwise. */
export const DIGITS = 6;

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
  const { output, digits = DIGITS, full = false, heatmap = false } = options;
  const format: FormatOf<K> = options.json ? "json" : options.format;
  if (heatmap && format !== "table") throw misuse("--heatmap", "only in a table");
  const render = await rendererOf(kind, format);
  const text = render(subject, { heading, remarks, digits, full, heatmap, ...(await lookOf(output, context)) });
  await writeResult(typeof text === "string" ? [text] : text, output, context);
}
