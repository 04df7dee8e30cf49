import { inFile, misuse } from "../../errors.ts";
import type { Cell } from "../../lstm/cell.ts";
import type { Progress, SequenceLine } from "../../lstm/results/sequence.ts";
import type { InputDetail, InputLine } from "../../lstm/results/sequence-inputs.ts";
import type { requireSpan as RequireSpan, Span } from "../../lstm/sequence-jacobian.ts";
import { stepsOf } from "../../lstm/unroll.ts";
import { jsonChunks } from "../../render/json.ts";
import type { AddCommand, Context } from "../context.ts";
import { addExamples } from "../examples.ts";
import type { LoadedCell } from "../load-cell.ts";
import type { AllOptions } from "../on-cell.ts";
import { addHeatmapOption, choiceOption, requireJson, valueOption, wholeNumber } from "../options.ts";
import { withProgress } from "../progress.ts";
import { runOnCell } from "../run-on-cell.ts";
import { isOnTerminal } from "../terminal.ts";
import { writeResult } from "../write.ts";

interface SequenceOptions {
  readonly fromStep: number;
  readonly toStep?: number;
  readonly wrt?: "x";
  readonly norms?: boolean;
  readonly stepsFormat?: "ndjson";
}

export const addSequence: AddCommand = (command, run) => {
  command
    .description("T steps along x: ∂(h_T,c_T)/∂(h_0,c_0), and where the gradient grows or vanishes on the way")
    .optionsGroup("Sequence:")
    .addOption(
      valueOption("--from-step <a>", "start from the state after step a; 0 is the state given", wholeNumber(0)).default(
        0,
      ),
    )
    .addOption(valueOption("--to-step <b>", "end with the state after step b (default: T)", wholeNumber(1)))
    .addOption(
      choiceOption("--wrt <input>", "also ∂h_T/∂x_t and ∂c_T/∂x_t of each step, eigenvalues, singular values", ["x"]),
    )
    .option("--norms", "with --wrt x: of ∂h_T/∂x_t and ∂c_T/∂x_t the norms alone")
    .option("--steps", "also the gates, c_t, h_t and what --wrt asks for along x; json and csv have them anyway")
    .addOption(
      choiceOption(
        "--steps-format <format>",
        "ndjson: a line of JSON a step as it is computed, without its norm to the end; last a line for the whole",
        ["ndjson"],
      ),
    );
  addExamples(
    command,
    ["dlstm example | dlstm sequence --x '[[1,0],[0,1]]'"],
    ["dlstm example | dlstm sequence --x '[[1,0],[0,1]]' --wrt x --norms"],
  );
  runOnCell(command, run, {
    extent: "sequence",
    parts: "steps",
    prepare: async (options: SequenceOptions) => {
      if (options.stepsFormat !== undefined) {
        throw misuse("--steps-format", "of many cells, expected one: its lines are the steps of a cell");
      }
      const detail = inputDetail(options);
      // loaded only here: no other command needs the products and their norms
      const { sequenceResult } = await import("../../lstm/results/sequence.ts");
      const { requireSpan } = await import("../../lstm/sequence-jacobian.ts");
      const withInputs = detail && (await import("../../lstm/results/sequence-inputs.ts")).sequenceWrtX;
      return (cell, progress) => {
        const span = spanOf(cell, options, requireSpan);
        return withInputs ? withInputs(cell, span, detail, progress) : sequenceResult(cell, span, progress);
      };
    },
    instead: (options) => {
      if (options.stepsFormat === undefined) return null;
      requireJson(command, options, "--steps-format ndjson prints a line of it for each step");
      return (loaded) => writeSteps(loaded, options, run.context);
    },
  });
  addHeatmapOption(command);
};

/** What is told of the inputs; null for nothing. */
function inputDetail({ wrt, norms = false }: SequenceOptions): InputDetail | null {
  if (wrt === undefined && norms) throw misuse("--norms", "only with --wrt x, whose derivatives it leaves out");
  return wrt === undefined ? null : norms ? "norms" : "entries";
}

/** The steps that the flags choose; what is wrong with them names the flags. */
function spanOf(cell: Cell, { fromStep, toStep }: SequenceOptions, requireSpan: typeof RequireSpan): Span {
  const span = { from: fromStep, to: toStep ?? stepsOf(cell) };
  requireSpan(span, stepsOf(cell), { from: "--from-step", to: "--to-step" });
  return span;
}

/** A line of JSON a step, as it is computed. */
async function writeSteps({ file, cell }: LoadedCell, options: AllOptions<SequenceOptions>, context: Context) {
  const detail = inputDetail(options);
  const { requireSpan } = await import("../../lstm/sequence-jacobian.ts");
  const span = inFile(file, () => spanOf(cell, options, requireSpan));
  const records = await recordsOf(cell, span, detail);
  // steps that scroll by on the terminal are progress enough, and a bar would stand between them
  const shown = isOnTerminal(options.output, context) ? { quiet: true as const } : options;
  await withProgress("steps", shown, context, (report) =>
    writeResult(lines(file, records, span, report), options.output, context, true),
  );
}

/** Those of the stream. */
async function recordsOf(cell: Cell, span: Span, detail: InputDetail | null): Promise<Generator<Line>> {
  if (detail === null) return (await import("../../lstm/results/sequence.ts")).sequenceLines(cell, span);
  return (await import("../../lstm/results/sequence-inputs.ts")).sequenceLinesWrtX(cell, span, detail);
}

type Line = SequenceLine | InputLine;

/** The stream as text; what goes wrong on the way names the file. */
function* lines(file: string | null, records: Generator<Line>, span: Span, report: Progress): Generator<string> {
  for (;;) {
    const { value, done } = inFile(file, () => records.next());
    if (done) return;
    if ("t" in value) report(value.t - span.from, span.to - span.from);
    yield* jsonChunks(value);
  }
}
