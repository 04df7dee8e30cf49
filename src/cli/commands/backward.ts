import { backwardResult } from "../../lstm/results/backward.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { addHeatmapOption, addUpstreamOptions } from "../options.ts";
import { runOnCell } from "../run-on-cell.ts";

export const addBackward: AddCommand = (command, run) => {
  command.description("gradients of L = Σ dh_t·h_t + dc_t·c_t; of a sequence x, backpropagation through time");
  addUpstreamOptions(command).option("--steps", "also the intermediate gradients dh_t, dc_t, dz_f, dz_i, dz_o, dz_u");
  addExamples(command, ["dlstm example | dlstm backward --dh '[1,0]' --steps"]);
  runOnCell(command, run, {
    extent: "either",
    prepare:
      ({ steps = false }: { steps?: boolean }) =>
      (cell) =>
        backwardResult(cell, { steps }),
    notes: ({ missing = {} }) => {
      const leftOut = Object.keys(missing);
      const lacking = [...new Set(Object.values(missing).flat())];
      return leftOut.length === 0 ? [] : [`no gradient of ${leftOut.join(", ")}, for want of ${lacking.join(", ")}`];
    },
  });
  addHeatmapOption(command);
};
