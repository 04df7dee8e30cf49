import { misuse } from "../../errors.ts";
import type { Cell } from "../../lstm/cell.ts";
import { GATES, type Gate, NORMS, type Norm, STATE_OUTPUTS, type StateOutput } from "../../lstm/names.ts";
import { Maxima } from "../../lstm/optimum.ts";
import { optimumResult } from "../../lstm/results/one-step.ts";
import type { OptimumResult, OutputOptimumResult } from "../../lstm/results/records.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { choiceOption, listOption, valueOption, wholeNumber, wordsIn } from "../options.ts";
import { requireUnits } from "../require-units.ts";
import { runOnCell } from "../run-on-cell.ts";

interface OptimumOptions {
  readonly gate: readonly Gate[];
  readonly of?: readonly StateOutput[];
  readonly unit?: readonly number[];
  readonly norm: Norm;
  readonly minimize?: true;
}

export const addOptimum: AddCommand = (command, run) => {
  command
    .description("the unit vector h_{t-1} that opens a gate widest, or makes an output largest, for each unit")
    .optionsGroup("Optimum:")
    .addOption(listOption("--gate", "gates, with commas between", GATES).default(["f"], "f"))
    .addOption(
      listOption("--of", "of these outputs instead, with a bound of each value", STATE_OUTPUTS).conflicts("gate"),
    )
    .addOption(valueOption("--unit <list>", "units, from 0 (default: all)", listOfUnits))
    .addOption(choiceOption("--norm <p>", "norm of the unit sphere", NORMS).default("2"))
    .option("--minimize", "the vector that closes the gate furthest, or makes the output smallest");
  addExamples(
    command,
    ["dlstm example | dlstm optimum --gate f,u --norm inf"],
    ["dlstm example | dlstm optimum --of c_t,h_t --minimize"],
  );
  runOnCell(command, run, {
    prepare: async (options: OptimumOptions): Promise<(cell: Cell) => OptimumResult | OutputOptimumResult> => {
      if (options.of !== undefined) return await ofOutputs(options, options.of);
      // of one cell with many states they are the same for all
      const maxima = new Maxima();
      return (cell) => compute(cell, options, maxima);
    },
  });
};

/** The search is loaded only here. */
async function ofOutputs(
  { unit, norm, minimize }: OptimumOptions,
  of: readonly StateOutput[],
): Promise<(cell: Cell) => OutputOptimumResult> {
  if (norm !== "2") throw misuse("--norm", `${norm}, expected 2 beside --of: ${ONLY_ROUND}`);
  const { outputOptimumResult } = await import("../../lstm/results/output-optimum.ts");
  return (cell) => {
    requireUnits(cell, unit ?? []);
    return outputOptimumResult(cell, { of, goal: minimize ? "min" : "max", units: unit ?? null });
  };
}

const ONLY_ROUND = "rotations keep no other sphere, and the search turns it to 3 or 4 dimensions";

function compute(cell: Cell, { gate, unit, norm, minimize }: OptimumOptions, maxima: Maxima): OptimumResult {
  requireUnits(cell, unit ?? []);
  return optimumResult(cell, { gates: gate, units: unit ?? null, norm, goal: minimize ? "min" : "max" }, maxima);
}

function listOfUnits(text: string, flag: string): number[] {
  return [...new Set(wordsIn(text).map((word) => wholeNumber(0)(word, flag)))];
}
