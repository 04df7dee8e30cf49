import { toAscii } from "../render/ascii.ts";
import { visibleLine } from "../visible.ts";
import type { Context } from "./context.ts";
import type { OutputOptions } from "./options.ts";
import { isUnicode } from "./terminal.ts";

/** Says something that is no error, on stderr; -q silences it. */
export function note(text: string, { quiet }: Pick<OutputOptions, "quiet">, { stderr, env }: Context): void {
  if (quiet) return;
  const line = `dlstm: ${visibleLine(text)}\n`;
  stderr.on("error", () => undefined);
  stderr.write(isUnicode(stderr, env) ? line : toAscii(line));
}
