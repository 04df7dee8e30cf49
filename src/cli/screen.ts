/** What a stream shows: how wide, and in which characters. */
import type { Context } from "./context.ts";

/** Characters a line: the terminal's width, else COLUMNS, else 80. */
export function widthOf({ stdout, env }: Pick<Context, "stdout" | "env">): number {
  if (stdout.isTTY && stdout.columns) return stdout.columns;
  const columns = Number(env.COLUMNS);
  return Number.isInteger(columns) && columns > 0 ? columns : 80;
}

/** False for a terminal whose locale is not UTF-8. A pipe is UTF-8 always. */
export function isUnicode(stream: { isTTY?: boolean }, env: Context["env"]): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return !stream.isTTY || /utf-?8/i.test(locale);
}

/** The program's help keeps to so many columns also where there are more, so that it can be written beforehand. */
export const HELP_WIDTH = 80;
