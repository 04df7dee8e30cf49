import { failure } from "../../errors.ts";
import { isTiny } from "../../input/tiny-numbers.ts";
import { sigmoidResult } from "../../lstm/results/sigmoid.ts";
import type { AddCommand } from "../context.ts";
import { emit } from "../emit.ts";
import { addOutputOptions, type OutputOptions } from "../options.ts";

export const addSigmoid: AddCommand = (command, { context }) => {
  command
    .description("σ(z) and σ'(z) = σ(z)(1 − σ(z)), with every digit where σ saturates")
    .argument("<z...>", "numbers")
    .addHelpText("after", "\nExample:\n  $ dlstm sigmoid -2 0 40");
  addOutputOptions(command, { matrices: false });
  command.action(async (zs: readonly string[], options: OutputOptions) => {
    await emit("result", sigmoidResult(zs.map(readNumber)), null, { ...options, full: true }, context);
  });
};

function readNumber(text: string): number {
  const value = Number(text);
  if (isTiny(text)) {
    const message = "not zero, but nearer to it than any double, ±5e-324; expected a finite number";
    throw failure("not-a-number", message, { place: text.slice(0, 80) });
  }
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) && Number.isFinite(value)) return value;
  throw failure("not-a-number", "not a finite decimal number, expected one such as -1.5e-3", {
    place: text.slice(0, 80),
  });
}
