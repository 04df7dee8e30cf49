import type { Command } from "commander";
import { inFile } from "../../errors.ts";
import { backwardResult } from "../../lstm/results/backward.ts";
import type { Context } from "../context.ts";
import { emit } from "../emit.ts";
import { note } from "../note.ts";
import { addUpstreamOptions } from "../options.ts";
import { onCell } from "../run-on-cell.ts";

interface BackwardOptions {
  readonly steps?: true;
}

export function addBackward(program: Command, context: Context): void {
  const command = program
    .command("backward")
    .description("gradients of L = Σ dh_t·h_t + dc_t·c_t; of a sequence x, backpropagation through time")
    .addHelpText("after", "\nExample:\n  $ dlstm backward fixtures/bias-and-input.json --dh '[1,0,0]' --steps");
  addUpstreamOptions(command).option("--steps", "also the intermediate gradients dh_t, dc_t, dz_f, dz_i, dz_o, dz_u");
  onCell<BackwardOptions>(command, context, "either", async ({ file, cell }, options) => {
    const result = inFile(file, () => backwardResult(cell, { steps: options.steps ?? false }));
    await emit(result, cell.name ?? file, options, context);
    const leftOut = Object.keys(result.missing ?? {});
    if (leftOut.length === 0) return;
    const lacking = [...new Set(Object.values(result.missing ?? {}).flat())];
    note(`${file}: no gradient of ${leftOut.join(", ")}, for want of ${lacking.join(", ")}`, options, context);
  });
}
