import { Option } from "commander";
import { CONVENTIONS } from "../../input/weights/conventions/convention.ts";
import type { AddCommand } from "../context.ts";
import type { ConvertOptions } from "../convert/run.ts";
import { addExamples } from "../examples.ts";
import { makesCell } from "../number-flags.ts";
import { NUMBER_ATTRIBUTES } from "../number-keys.ts";
import { addFileOptions, addNumberOptions, addOutputOptions, addUpstreamOptions, choiceOption } from "../options.ts";

/** What files of arrays are written as. */
const BINARY = ["safetensors", "npz"];

export const addConvert: AddCommand = (command, { context }) => {
  command
    .description("weights of any known convention as the native cell, or as another convention has them")
    .argument("[weights]", "a file of weights of any known framework; - or none: standard input")
    .optionsGroup("Convert:")
    .addOption(choiceOption("--to <convention>", "the convention to write", CONVENTIONS).default("native"))
    .addOption(
      new Option(
        "--list",
        "what the file holds instead: its tensors, and the cells that can be read from them",
      ).conflicts(["to", "state", "step", ...NUMBER_ATTRIBUTES]),
    );
  addExamples(
    command,
    ["dlstm example > cell.json"],
    ["dlstm convert cell.json --to pytorch > torch.json"],
    ["dlstm convert torch.json --list", "the cells in a file"],
    ["dlstm convert torch.json -o cell.safetensors"],
  );
  const file = { formats: ["json", ...BINARY], formatsWith };
  addOutputOptions(addFileOptions(addUpstreamOptions(addNumberOptions(command, "either"))), { file });
  command.action(async (path: string | undefined, options: ConvertOptions) => {
    if (path === undefined && context.stdin.isTTY && !makesCell(options)) command.help({ error: true });
    // loaded only here: no other command writes weights
    const { runConvert } = await import("../convert/run.ts");
    await runConvert(path, options, command, context);
  });
};

/** In which names are listed. */
const LIST_FORMATS = ["table", "json", "markdown", "latex"];

function formatsWith({ list }: { list?: true }): readonly string[] {
  return list ? LIST_FORMATS : ["json", ...BINARY];
}
