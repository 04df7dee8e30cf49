import { type Command, Option } from "commander";
import { inFile, misuse } from "../../errors.ts";
import { CONVENTIONS, type Convention } from "../../input/weights/conventions/convention.ts";
import { jsonChunks } from "../../render/json.ts";
import type { AddCommand, Context } from "../context.ts";
import { emit } from "../emit.ts";
import { loadCell, nameOf } from "../load-cell.ts";
import {
  addOutputOptions,
  addStateOptions,
  addWeightOptions,
  type CellOptions,
  choiceOption,
  type OutputOptions,
  requireJson,
} from "../options.ts";
import { withSource } from "../source.ts";
import { note } from "../terminal.ts";
import { writeResult } from "../write.ts";

interface ConvertOptions extends CellOptions, OutputOptions {
  readonly to: Convention;
  readonly list?: true;
}

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
      ).conflicts(["to", "state", "xT", "hPrev", "cPrev", "step"]),
    )
    .addHelpText(
      "after",
      "\n-o FILE.safetensors writes safetensors.\n\nExample:\n  $ dlstm convert fixtures/weights/pytorch-lstm.json --layer 1 --to keras",
    );
  addOutputOptions(addWeightOptions(addStateOptions(command, "either")));
  command.action(async (path: string | undefined, options: ConvertOptions) => {
    if (path === undefined && context.stdin.isTTY) command.help({ error: true });
    if (options.list) return list(path ?? "-", options, context);
    requireJson(command, options, "a cell that reads back");
    rejectTableFlags(command);
    const { file, cell } = await loadCell(path, "either", options, context);
    const { exportCell, losesDirection, roundedBiases } = await import("../../input/weights/export-cell.ts");
    const exported = inFile(file, () => exportCell(cell, options.to));
    const isBinary = isSafetensors(command, options);
    const chunks = isBinary ? await tensorsOf(exported) : jsonChunks(exported);
    await writeResult(chunks, options.output, context);
    const rounded = roundedBiases(cell);
    if (rounded.length > 0) {
      const named = rounded.slice(0, NAMED).join(", ");
      const more = rounded.length > NAMED ? ` and ${rounded.length - NAMED} more` : "";
      note(`${named}${more}: the sum of two biases, rounded to a double`, options, context, file);
    }
    if (losesDirection(cell, options.to, isBinary)) {
      const what = isBinary ? "safetensors" : `the weights of ${options.to}`;
      const text = `${what} do not tell that this cell reads x from its last row to its first`;
      note(`${text}: turn x round where they run`, options, context, file);
    }
    if (options.to === "tfjs") {
      const { UNTOLD_BY_TFJS } = await import("../../input/weights/conventions/activation.ts");
      note(UNTOLD_BY_TFJS, options, context, file);
    }
  });
};

/** How many entries a note names. */
const NAMED = 8;

/** -o says it by its ending, where no flag says otherwise. */
function isSafetensors(command: Command, { output, json }: ConvertOptions): boolean {
  return /\.safetensors$/i.test(output ?? "") && !json && command.getOptionValueSource("format") === "default";
}

/** A cell as the bytes of a file of tensors. */
async function tensorsOf(exported: object): Promise<Iterable<Uint8Array>> {
  const { exportedTensors } = await import("../../input/weights/export-tensors.ts");
  const { safetensorsChunks } = await import("../../input/weights/files/write-safetensors.ts");
  return safetensorsChunks(exportedTensors(exported));
}

/** @throws {DlstmError} usage, for flags that say how a table looks: the cell alone is JSON, with every digit. */
function rejectTableFlags(command: Command): void {
  for (const name of ["digits", "full"]) {
    if (command.getOptionValueSource(name) !== "cli") continue;
    throw misuse(`--${name}`, "only with --list: a cell is written with all of its numbers");
  }
}

async function list(path: string, options: ConvertOptions, context: Context): Promise<void> {
  if (options.format === "csv") {
    throw misuse(
      "--format",
      "csv, expected table, json, markdown or latex: a list of names has no numbers to put into columns",
    );
  }
  const { listWeights } = await import("../../input/weights/read-file.ts");
  const result = await withSource(path, options.maxBytes, context, (source) => listWeights(source, options));
  await emit("result", result, nameOf(path), options, context);
}
