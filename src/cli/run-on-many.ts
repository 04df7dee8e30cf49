/** The results of a command for each of many inputs. */
import { inFile } from "../errors.ts";
import type { Result } from "../render/result.ts";
import type { Context, Run } from "./context.ts";
import { cellInputs, fileInputs, inWeightsFile, stateInputs } from "./inputs.ts";
import { blocksIn } from "./lines.ts";
import type { LoadedCell } from "./load-cell.ts";
import { type Inputs, type Writer, writeMany } from "./many.ts";
import { filesOfFlags } from "./number-flags.ts";
import type { AllOptions, OnCell } from "./on-cell.ts";
import type { Extent } from "./options.ts";
import { EXIT } from "./report-error.ts";
import { MOST_JSON } from "./source.ts";
import { fileWriter, streamWriter } from "./writers.ts";

/** One result for each line, or for each file. */
export async function runOnMany<Options, R extends Result>(
  sources: readonly string[],
  { extent = "step", prepare, notes = () => [] }: OnCell<Options, R>,
  options: AllOptions<Options>,
  run: Run,
): Promise<void> {
  const { context } = run;
  const compute = await prepare(options, sources);
  const isStream = options.ndjson !== undefined || options.states !== undefined;
  const treatment = {
    compute: ({ file, weightsFile = file, cell }: LoadedCell) =>
      inWeightsFile(weightsFile, () => inFile(file, () => compute(cell, ignored))),
    // of a stream there would be one for each line
    notes: isStream ? () => [] : notes,
    writer: isStream ? streamWriter(options, context) : await fileWriter(options, context),
  };
  const inputs = await inputsOf(sources, extent, options, context);
  if ((options.jobs ?? 1) > 1 && !context.part) await share(sources, treatment.writer, options, run);
  else await writeMany(inputs, treatment, options, run);
}

/** The same by several jobs, of which each does all this for some of the inputs. */
async function share(
  sources: readonly string[],
  { start, between, tell, end }: Writer,
  options: AllOptions<unknown>,
  run: Run,
): Promise<void> {
  const { states, ndjson, jobs = 1, maxBytes = MOST_JSON, output } = options;
  const { filesToShare, writeByJobs } = await import("./jobs/run.ts");
  const lines = states ?? (ndjson ? sources[0] : null);
  const blocks = lines === null ? filesToShare(sources.length) : blocksIn(lines, maxBytes, run.context);
  const files = [...(ndjson ? [] : sources), ...filesOfFlags(options).map(([, path]) => path)];
  const code = await writeByJobs({ blocks, jobs, files }, { output, start, between, tell }, run);
  end();
  if (code === EXIT.wrong || code === EXIT.usage) run.endWith(code);
}

function ignored(): void {}

async function inputsOf(
  sources: readonly string[],
  extent: Extent,
  options: AllOptions<unknown>,
  context: Context,
): Promise<Inputs> {
  const [first] = sources;
  if (options.states !== undefined) return stateInputs(first, options.states, extent, options, context);
  return options.ndjson ? cellInputs(first, extent, options, context) : fileInputs(sources, extent, options, context);
}
