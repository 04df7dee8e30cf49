import { existsSync } from "node:fs";
import type { Context } from "./context.ts";
import { DIGITS } from "./emit.ts";
import { formatsOf } from "./formats.ts";
import { EXIT } from "./report-error.ts";
import { runOnOne } from "./run-on-one.ts";
import { SHOW } from "./show.ts";

/**
 * `dlstm FILE` and `dlstm FILE --json`, the same as with `show` in front, without the reader of flags.
 * @returns the exit code to come; null for any other arguments, or no file: what is wrong with these is told elsewhere
 */
export function plainRun([path = "", flag = "", ...more]: readonly string[], context: Context): Promise<number> | null {
  // no command has a dot or a slash in its name
  const isFile = !path.startsWith("-") && /[./\\]/.test(path) && existsSync(path);
  if (!isFile || (flag !== "" && flag !== "--json") || more.length > 0) return null;
  const options = { format: formatsOf("result")[0], digits: DIGITS, ...(flag !== "" && { json: true as const }) };
  return runOnOne([path], SHOW, options, context).then(() => EXIT.done);
}
