import { failure } from "../errors.ts";
import type { Result } from "../render/result.ts";
import type { Context } from "./context.ts";
import { RENDERERS } from "./formats.ts";
import type { OutputOptions } from "./options.ts";
import { writeResult } from "./write.ts";

/**
 * Prints a result in the format asked for.
 * @param remarks what people have to know of it that the result itself does not tell
 */
export async function emit(
  result: Result,
  heading: string | null,
  options: OutputOptions,
  context: Context,
  remarks: readonly string[] = [],
): Promise<void> {
  const format = options.json ? "json" : options.format;
  if (options.heatmap && format !== "table") throw failure("usage", "only in a table", { place: "--heatmap" });
  const render = RENDERERS[format];
  await writeResult(await render({ result, heading, remarks, options, context }), options.output, context);
}
