import { forwardResult } from "../../lstm/results/one-step.ts";
import type { AddCommand } from "../context.ts";
import { runOnCell } from "../run-on-cell.ts";

export const addForward: AddCommand = (command, run) => {
  command
    .description("pre-activations, gates, c_t and h_t")
    .addHelpText("after", "\nExample:\n  $ dlstm forward fixtures/bias-and-input.json --h '[0.1,-0.2,0.3]'");
  runOnCell(command, run, { prepare: () => forwardResult });
};
