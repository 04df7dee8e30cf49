import { misuse } from "../../errors.ts";
import type { Cell } from "../../lstm/cell.ts";
import { GATES, type Gate, NORMS, type Norm } from "../../lstm/names.ts";
import { Maxima } from "../../lstm/optimum.ts";
import { optimumResult } from "../../lstm/results/one-step.ts";
import type { OptimumResult } from "../../lstm/results/records.ts";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { choiceOption, listOption, valueOption, wholeNumber, wordsIn } from "../options.ts";
import { runOnCell } from "../run-on-cell.ts";

interface OptimumOptions {
  readonly gate: readonly Gate[];
  readonly unit?: readonly number[];
  readonly norm: Norm;
  readonly minimize?: true;
}

export const addOptimum: AddCommand = (command, run) => {
  command
    .description("the unit vector h_{t-1} that opens a gate widest, for each unit of the gate")
    .optionsGroup("Optimum:")
    .addOption(listOption("--gate", "gates, with commas between", GATES).default(["f"], "f"))
    .addOption(valueOption("--unit <list>", "units, from 0 (default: all)", listOfUnits))
    .addOption(choiceOption("--norm <p>", "norm of the unit sphere", NORMS).default("2"))
    .option("--minimize", "the vector that closes the gate furthest instead");
  addExamples(command, ["dlstm example | dlstm optimum --gate f,u --norm inf"]);
  runOnCell(command, run, {
    prepare: (options: OptimumOptions) => {
      // of one cell with many states they are the same for all
      const maxima = new Maxima();
      return (cell) => compute(cell, options, maxima);
    },
  });
};

function compute(cell: Cell, { gate, unit, norm, minimize }: OptimumOptions, maxima: Maxima): OptimumResult {
  for (const d of unit ?? []) {
    if (d < cell.hiddenSize) continue;
    throw misuse("--unit", `${d}, expected 0 … ${cell.hiddenSize - 1}, the units of this cell`);
  }
  return optimumResult(cell, { gates: gate, units: unit ?? null, norm, goal: minimize ? "min" : "max" }, maxima);
}

function listOfUnits(text: string, flag: string): number[] {
  return [...new Set(wordsIn(text).map((word) => wholeNumber(0)(word, flag)))];
}
