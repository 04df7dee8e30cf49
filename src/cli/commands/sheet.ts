import { Option } from "commander";
import type { AddCommand } from "../context.ts";
import { addExamples } from "../examples.ts";
import type { SheetFlags } from "../grade/sheet.ts";
import { addFileOptions, addNumberOptions, addUpstreamOptions, wordsIn } from "../options.ts";
import { addOutputFile } from "../output-file.ts";

export const addSheet: AddCommand = (command, { context }) => {
  command
    .description("an answer to fill in: every key and shape that grade asks for, null for each number")
    .argument("<key>", "JSON file with the cell, or with a result, by which answers will be graded")
    .option("--require <quantities>", "quantities or families (default: what show prints)", wordsIn);
  addExamples(
    command,
    ["dlstm example > cell.json", "the key"],
    ["dlstm sheet cell.json --require gates,h_t -o answer.json", "to fill in"],
    ["dlstm grade cell.json answer.json --require gates,h_t"],
  );
  addFileOptions(addUpstreamOptions(addNumberOptions(command, "either")))
    .optionsGroup("Output:")
    .addOption(new Option("--json", "the output is JSON anyway").hideHelp());
  addOutputFile(command, { formats: ["json"] }).action(async (key: string, flags: SheetFlags) => {
    const { printSheet } = await import("../grade/sheet.ts");
    await printSheet(key, flags, context);
  });
};
