import { inFile } from "../../errors.ts";
import type { Progress, SequenceLine } from "../../lstm/results/sequence.ts";
import type { Span } from "../../lstm/sequence-jacobian.ts";
import { stepsOf } from "../../lstm/unroll.ts";
import { jsonChunks } from "../../render/json.ts";
import type { AddCommand } from "../context.ts";
import { emit } from "../emit.ts";
import { addHeatmapOption, choiceOption, requireJson, valueOption, wholeNumber } from "../options.ts";
import { withProgress } from "../progress.ts";
import { onCell } from "../run-on-cell.ts";
import { isOnTerminal } from "../terminal.ts";
import { writeResult } from "../write.ts";

interface SequenceOptions {
  readonly fromStep: number;
  readonly toStep?: number;
  readonly stepsFormat?: "ndjson";
}

export const addSequence: AddCommand = (command, { context }) => {
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
      choiceOption(
        "--steps-format <format>",
        "ndjson: a line of JSON a step as it is computed, without its norm to the end; last a line for the whole",
        ["ndjson"],
      ),
    )
    .addHelpText("after", "\nExample:\n  $ dlstm sequence fixtures/sequence.json --from-step 2 --to-step 4");
  onCell<SequenceOptions>(command, context, "sequence", async ({ file, heading, cell }, options) => {
    // loaded only here: no other command needs the products and their norms
    const { sequenceLines, sequenceResult } = await import("../../lstm/results/sequence.ts");
    const { requireSpan } = await import("../../lstm/sequence-jacobian.ts");
    const span = { from: options.fromStep, to: options.toStep ?? stepsOf(cell) };
    requireSpan(span, stepsOf(cell), { from: "--from-step", to: "--to-step" });
    const isStream = options.stepsFormat === "ndjson";
    // steps that scroll by on the terminal are progress enough, and a bar would stand between them
    const showsSteps = isStream && isOnTerminal(options.output, context);
    const silence = showsSteps ? { quiet: true as const } : options;
    if (isStream) {
      requireJson(command, options, "--steps-format ndjson prints a line of it for each step");
      return withProgress("steps", silence, context, (report) =>
        writeResult(lines(file, sequenceLines(cell, span), span, report), options.output, context),
      );
    }
    const result = await withProgress("steps", options, context, (report) =>
      inFile(file, () => sequenceResult(cell, span, report)),
    );
    await emit("result", result, heading, options, context);
  });
  addHeatmapOption(command);
};

/** The stream as text; what goes wrong on the way names the file. */
function* lines(
  file: string | null,
  records: Generator<SequenceLine>,
  span: Span,
  report: Progress,
): Generator<string> {
  for (;;) {
    const { value, done } = inFile(file, () => records.next());
    if (done) return;
    if ("t" in value) report(value.t - span.from, span.to - span.from);
    yield* jsonChunks(value);
  }
}
