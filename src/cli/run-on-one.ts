import { inFile } from "../errors.ts";
import type { Progress } from "../lstm/results/sequence.ts";
import type { Result } from "../render/result.ts";
import type { Context } from "./context.ts";
import { emit } from "./emit.ts";
import { loadCell } from "./load-cell.ts";
import type { AllOptions, OnCell } from "./on-cell.ts";
import { withProgress } from "./progress.ts";
import { note } from "./terminal.ts";

/**
 * Computes the result of one cell, and prints it.
 * @param sources the one place where the cell comes from; none where flags make it
 */
export async function runOnOne<Options, R extends Result>(
  sources: readonly string[],
  { extent = "step", prepare, parts, notes = () => [], instead = () => null }: OnCell<Options, R>,
  options: AllOptions<Options>,
  context: Context,
): Promise<void> {
  const [path] = sources;
  const act = instead(options);
  if (act !== null) return act(await loadCell(path, extent, options, context));
  const compute = await prepare(options, sources);
  const { file, heading, cell, remarks } = await loadCell(path, extent, options, context);
  const work = (progress: Progress) => inFile(file, () => compute(cell, progress));
  // stderr is opened only where there may be something to say
  const result = parts === undefined ? work(() => undefined) : await withProgress(parts, options, context, work);
  await emit("result", result, heading, options, context, remarks);
  for (const text of notes(result)) note(text, options, context, file);
}
