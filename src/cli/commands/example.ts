import { Option } from "commander";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import { valueOption, wholeNumber } from "../options.ts";
import { addOutputFile } from "../output-file.ts";
import { writeResult } from "../write.ts";

interface ExampleOptions {
  readonly hidden: number;
  readonly input: number;
  readonly seed: number;
  readonly steps?: number;
  readonly output?: string;
}

/** Nobody edits more. */
const MOST = 1000;

export const addExample: AddCommand = (command, { context }) => {
  addExamples(command, ["dlstm example > cell.json"], ["dlstm example --steps 5 | dlstm sequence"])
    .description("a cell to edit: every key, a row a line, two decimals")
    .addOption(valueOption("--hidden <H>", "hidden size", wholeNumber(1, MOST)).default(2))
    .addOption(valueOption("--input <I>", "input size", wholeNumber(1, MOST)).default(2))
    .addOption(valueOption("--seed <n>", "another seed, other numbers", wholeNumber(0, 2 ** 31 - 1)).default(1))
    .addOption(valueOption("--steps <T>", "a sequence x of T steps in place of x_t", wholeNumber(1, MOST)))
    .addOption(new Option("--json", "the output is JSON anyway").hideHelp());
  addOutputFile(command, { formats: ["json"] }).action(
    async ({ hidden, input, seed, steps, output }: ExampleOptions) => {
      const [{ editableCell }, { editableChunks }] = await Promise.all([
        import("../../input/example.ts"),
        import("../../render/editable.ts"),
      ]);
      await writeResult(editableChunks(editableCell(hidden, input, seed, steps ?? null)), output, context);
    },
  );
};
