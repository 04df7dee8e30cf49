import { jsonChunks } from "../render/json.ts";
import type { Result } from "../render/result.ts";
import type { Context } from "./context.ts";
import type { OutputOptions } from "./options.ts";
import { colorLevelOf, isUnicode, widthOf } from "./terminal.ts";
import { writeResult } from "./write.ts";

/** Prints a result in the format asked for. Colour and tables are loaded only where a table is wanted. */
export async function emit(
  result: Result,
  heading: string | null,
  options: OutputOptions,
  context: Context,
): Promise<void> {
  const { output, digits, full = false } = options;
  if (options.json || options.format === "json") return writeResult(jsonChunks(result), output, context);
  const { renderTable } = await import("../render/table.ts");
  const toFile = output !== undefined && output !== "-";
  const table = renderTable(result, {
    width: widthOf(context),
    digits,
    full,
    heading,
    colorLevel: toFile ? 0 : await colorLevelOf(context),
    unicode: toFile || isUnicode(context.stdout, context.env),
  });
  return writeResult([table], output, context);
}
