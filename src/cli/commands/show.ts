import { Maxima } from "../../lstm/optimum.ts";
import { showResult } from "../../lstm/results/one-step.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { addHeatmapOption } from "../options.ts";
import { runOnCell } from "../run-on-cell.ts";

export const addShow: AddCommand = (command, run) => {
  command.description("gates with c_t and h_t, ∂f_t/∂h_{t-1}, ∂h_t/∂h_{t-1}, the optimal unit h_{t-1}");
  addExamples(command, ["dlstm example | dlstm show"]);
  runOnCell(command, run, {
    prepare: () => {
      // of one cell with many states they are the same for all
      const maxima = new Maxima();
      return (cell) => showResult(cell, maxima);
    },
  });
  addHeatmapOption(command);
};
