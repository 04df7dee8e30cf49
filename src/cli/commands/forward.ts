import type { Cell } from "../../lstm/cell.ts";
import { forwardResult } from "../../lstm/results/one-step.ts";
import type { ForwardResult } from "../../lstm/results/records.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import type { AllOptions } from "../on-cell.ts";
import { runOnCell } from "../run-on-cell.ts";

export const addForward: AddCommand = (command, run) => {
  command.description("pre-activations, gates, c_t and h_t");
  addExamples(command, ["dlstm example | dlstm forward --h '[0.1,-0.2]'"]);
  runOnCell(command, run, { prepare });
};

/** Of many cells the numbers of each are computed at once, where it is small. */
async function prepare({ ndjson, states }: AllOptions<unknown>): Promise<(cell: Cell) => ForwardResult> {
  const isStream = ndjson !== undefined || states !== undefined;
  const atOnce = isStream ? (await import("../../lstm/small-step/small-step.ts")).smallStep() : null;
  return (cell) => forwardResult(cell, atOnce ?? undefined);
}
