import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { addHeatmapOption } from "../options.ts";
import { runOnCell } from "../run-on-cell.ts";
import { SHOW } from "../show.ts";

export const addShow: AddCommand = (command, run) => {
  command.description("gates with c_t and h_t, ∂f_t/∂h_{t-1}, ∂h_t/∂h_{t-1}, the optimal unit h_{t-1}");
  addExamples(command, ["dlstm example | dlstm show"]);
  runOnCell(command, run, SHOW);
  addHeatmapOption(command);
};
