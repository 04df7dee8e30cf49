import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import type { AllOptions } from "../on-cell.ts";
import { addHeatmapOption, addUpstreamOptions, choiceOption, valueOption, wholeNumber } from "../options.ts";
import { requireUnits } from "../require-units.ts";
import { runOnCell } from "../run-on-cell.ts";

interface HessianOptions {
  readonly wrt?: "z";
  readonly unit?: number;
  readonly vector?: string;
}

export const addHessian: AddCommand = (command, run) => {
  command.description("second derivatives of L = Σ dh_t·h_t + dc_t·c_t by h_{t-1}, c_{t-1}, x_t");
  addUpstreamOptions(command)
    .optionsGroup("Hessian:")
    .addOption(choiceOption("--wrt <what>", "z: also by z_f, z_i, z_o, z_u, c_{t-1}, a 5 × 5 block a unit", ["z"]))
    .addOption(valueOption("--unit <d>", "L of this unit's outputs alone, from 0", wholeNumber(0)))
    .option("--vector <numbers>", "also the product with it: h_{t-1}, c_{t-1}, x_t in one row [2H + I]");
  addExamples(
    command,
    ["dlstm example | dlstm hessian --unit 0"],
    ["dlstm example | dlstm hessian --wrt z --vector '1 0 0 0 0 0'"],
  );
  runOnCell(command, run, {
    prepare: async (options: AllOptions<HessianOptions>, sources) => {
      const { wrt, unit, vector } = options;
      // loaded only here: no other command needs second derivatives
      const { hessianResult } = await import("../../lstm/results/hessian.ts");
      const { readDirection } = await import("../read-direction.ts");
      const given = { flag: "--vector", options, sources };
      const direction = vector === undefined ? null : await readDirection({ ...given, text: vector }, run.context);
      return (cell) => {
        requireUnits(cell, unit === undefined ? [] : [unit]);
        const request = { byPreactivations: wrt === "z", unit: unit ?? null };
        return hessianResult(cell, { ...request, vector: direction?.(cell) ?? null });
      };
    },
  });
  addHeatmapOption(command);
};
