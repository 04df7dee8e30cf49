import { forwardResult } from "../../lstm/results/one-step.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { runOnCell } from "../run-on-cell.ts";

export const addForward: AddCommand = (command, run) => {
  command.description("pre-activations, gates, c_t and h_t");
  addExamples(command, ["dlstm example | dlstm forward --h '[0.1,-0.2]'"]);
  runOnCell(command, run, { prepare: () => forwardResult });
};
