import { OUTPUTS, type Output, PARAMETERS, type Parameter, WRTS, type Wrt } from "../../lstm/names.ts";
import { jacobianResult } from "../../lstm/results/one-step.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { addHeatmapOption, listOption } from "../options.ts";
import { runOnCell } from "../run-on-cell.ts";

interface JacobianOptions {
  readonly of?: readonly Output[];
  readonly wrt: readonly (Wrt | Parameter)[];
  readonly terms?: true;
}

export const addJacobian: AddCommand = (command, run) => {
  command
    .description("derivatives in numerator layout: row = unit of the output, column = component of the input")
    .optionsGroup("Jacobian:")
    .addOption(listOption("--of", "outputs, with commas between (default: f,h_t)", OUTPUTS))
    .addOption(
      listOption("--wrt", "inputs and parameters, with commas between", [...WRTS, ...PARAMETERS]).default(
        ["h_prev"],
        "h_prev",
      ),
    )
    .option("--terms", "also the four paths that add up to ∂h_t/∂h_{t-1}");
  addExamples(
    command,
    ["dlstm example | dlstm jacobian --of h_t --terms"],
    ["dlstm example | dlstm jacobian --of f,o --wrt c_prev"],
    ["dlstm example | dlstm jacobian --of h_t --wrt U_f,b_f"],
  );
  runOnCell(command, run, {
    prepare:
      ({ of, wrt, terms }: JacobianOptions) =>
      (cell) =>
        jacobianResult(cell, { of: of ?? null, wrt, terms: terms ?? false }),
  });
  addHeatmapOption(command);
};
