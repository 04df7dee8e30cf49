import type { Command } from "commander";
import { forwardResult } from "../../lstm/results/step.ts";
import type { Context } from "../context.ts";
import { runOnCell } from "../run-on-cell.ts";

export function addForward(program: Command, context: Context): void {
  const command = program
    .command("forward")
    .description("pre-activations, gates, c_t and h_t")
    .addHelpText("after", "\nExample:\n  $ dlstm forward fixtures/bias-and-input.json --h '[0.1,-0.2,0.3]'");
  runOnCell(command, context, forwardResult);
}
