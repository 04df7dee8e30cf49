import { visibleLine } from "../visible.ts";
import type { Context } from "./context.ts";
import type { OutputOptions } from "./options.ts";
import { say } from "./terminal.ts";

/** Says something that is no error, on stderr; -q silences it. */
export function note(text: string, { quiet }: Pick<OutputOptions, "quiet">, context: Context): void {
  if (!quiet) say(`dlstm: ${visibleLine(text)}\n`, context);
}
