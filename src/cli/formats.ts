import { jsonChunks } from "../render/json.ts";
import type { Result } from "../render/result.ts";
import type { Context } from "./context.ts";
import type { Format, OutputOptions } from "./options.ts";
import { lookOf } from "./terminal.ts";

interface Request {
  readonly result: Result;
  /** What the result is of, as people are told. */
  readonly heading: string | null;
  readonly remarks: readonly string[];
  readonly options: OutputOptions;
  readonly context: Context;
}

/** Every format's renderer. Only JSON's is loaded at the start. */
export const RENDERERS: Record<Format, (request: Request) => Promise<Iterable<string>>> = {
  table: renderTable,
  json: async ({ result }) => jsonChunks(result),
  csv: async ({ result }) => (await import("../render/csv.ts")).renderCsv(result),
  markdown: async ({ result, heading, remarks, options: { digits } }) => [
    (await import("../render/markdown.ts")).renderMarkdown(result, { heading, remarks, digits }),
  ],
  latex: async ({ result, heading, remarks, options: { digits } }) => [
    (await import("../render/latex.ts")).renderLatex(result, { heading, remarks, digits }),
  ],
};

/** For a terminal, or for a file that may be shown on one. */
async function renderTable({ result, heading, remarks, options, context }: Request): Promise<Iterable<string>> {
  const { output, digits, full = false, heatmap = false } = options;
  const table = await import("../render/table.ts");
  return [table.renderTable(result, { heading, remarks, digits, full, heatmap, ...(await lookOf(output, context)) })];
}
