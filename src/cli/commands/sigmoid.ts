import { failure, misuse } from "../../errors.ts";
import { sigmoidResult } from "../../lstm/results/sigmoid.ts";
import type { AddCommand } from "../context.ts";
import { emit } from "../emit.ts";
import { addExamples } from "../examples.ts";
import { addOutputOptions, type OutputOptions } from "../options.ts";

export const addSigmoid: AddCommand = (command, { context }) => {
  command
    .description("σ(z) and σ'(z) = σ(z)(1 − σ(z)), with every digit where σ saturates")
    .argument("<z...>", "numbers such as -1.5e-3 or 1/3")
    // commander takes -1/2 for one
    .allowUnknownOption();
  addExamples(command, ["dlstm sigmoid -2 0 40"]);
  addOutputOptions(command, { matrices: false });
  command.action(async (zs: readonly string[], options: OutputOptions) => {
    // loaded only here: few runs have numbers for arguments
    const { typedNumber, numberFault } = await import("../../input/typed/number.ts");
    const values = zs.map((text) => {
      if (/^-[^\d.]/.test(text)) throw misuse(text, "unknown option, expected numbers; --help lists the options");
      const value = typedNumber(text);
      if (Number.isNaN(value)) throw failure("not-a-number", numberFault(text), { place: "z" });
      return value;
    });
    await emit("result", sigmoidResult(values), null, { ...options, full: true }, context);
  });
};
