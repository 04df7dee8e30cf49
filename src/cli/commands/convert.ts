import { type Command, Option } from "commander";
import { inFile, misuse } from "../../errors.ts";
import { CONVENTIONS, type Convention } from "../../input/weights/conventions/convention.ts";
import { jsonChunks } from "../../render/json.ts";
import type { AddCommand, Context } from "../context.ts";
import { emit } from "../emit.ts";
import { loadCell, nameOf } from "../load-cell.ts";
import { makesCell } from "../number-flags.ts";
import { NUMBER_ATTRIBUTES } from "../number-keys.ts";
import {
  addFileOptions,
  addNumberOptions,
  addOutputOptions,
  addUpstreamOptions,
  type CellOptions,
  choiceOption,
  type OutputOptions,
  requireJson,
} from "../options.ts";
import { withSource } from "../source.ts";
import { note } from "../terminal.ts";
import { writeResult } from "../write.ts";

type Binary = keyof typeof BINARY;

interface ConvertOptions extends CellOptions, Omit<OutputOptions, "format"> {
  readonly format: OutputOptions["format"] | Binary;
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
      ).conflicts(["to", "state", "step", ...NUMBER_ATTRIBUTES]),
    )
    .addHelpText("after", "\nExample:\n  $ dlstm convert fixtures/weights/pytorch-lstm.json --layer 1 --to keras");
  const file = { formats: ["json", ...Object.keys(BINARY)], formatsWith, endings: ENDINGS };
  addOutputOptions(addFileOptions(addUpstreamOptions(addNumberOptions(command, "either"))), { file });
  command.action(async (path: string | undefined, options: ConvertOptions) => {
    if (path === undefined && context.stdin.isTTY && !makesCell(options)) command.help({ error: true });
    if (options.list) return list(path ?? "-", options, context);
    const { format } = options;
    const binary = isBinary(format) ? format : null;
    if (!isBinary(format)) requireJson(command, { ...options, format }, "a cell that reads back");
    rejectTableFlags(command);
    const { file, cell } = await loadCell(path, "either", options, context);
    const { exportCell, losesDirection, roundedBiases } = await import("../../input/weights/export-cell.ts");
    const exported = inFile(file, () => exportCell(cell, options.to));
    const chunks = binary === null ? jsonChunks(exported) : await bytesOf(exported, binary);
    await writeResult(chunks, options.output, context);
    const rounded = roundedBiases(cell);
    if (rounded.length > 0) {
      const named = rounded.slice(0, NAMED).join(", ");
      const more = rounded.length > NAMED ? ` and ${rounded.length - NAMED} more` : "";
      note(`${named}${more}: the sum of two biases, rounded to a double`, options, context, file);
    }
    if (losesDirection(cell, options.to, binary !== null)) {
      const what = binary ?? `the weights of ${options.to}`;
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

/** What a file of arrays is written by. */
const BINARY = {
  safetensors: async () => (await import("../../input/weights/files/write-safetensors.ts")).safetensorsChunks,
  npz: async () => (await import("../../input/weights/files/numpy/write-npz.ts")).npzChunks,
} as const;

/** The endings of weights: those of two kinds that are written, and of others that are not. */
const ENDINGS = {
  ...{ ".safetensors": ["safetensors"], ".npz": ["npz"] },
  ...Object.fromEntries(
    [
      ".npy",
      ".pt",
      ".pth",
      ".pt2",
      ".h5",
      ".hdf5",
      ".keras",
      ".onnx",
      ".msgpack",
      ".mat",
      ".pkl",
      ".params",
      ".bin",
    ].map((ending) => [ending, []]),
  ),
};

function formatsWith({ list }: { list?: true }): readonly string[] {
  return list ? LIST_FORMATS : ["json", ...Object.keys(BINARY)];
}

function isBinary(format: ConvertOptions["format"]): format is Binary {
  return Object.hasOwn(BINARY, format);
}

/** A cell as the bytes of a file of arrays. */
async function bytesOf(exported: object, kind: Binary): Promise<Iterable<Uint8Array>> {
  const { exportedTensors } = await import("../../input/weights/export-tensors.ts");
  const chunksOf = await BINARY[kind]();
  return chunksOf(exportedTensors(exported));
}

/** @throws {DlstmError} usage, for flags that say how a table looks: the cell alone is JSON, with every digit. */
function rejectTableFlags(command: Command): void {
  for (const name of ["digits", "full"]) {
    if (command.getOptionValueSource(name) !== "cli") continue;
    throw misuse(`--${name}`, "only with --list: a cell is written with all of its numbers");
  }
}

/** In which names are listed. */
const LIST_FORMATS = ["table", "json", "markdown", "latex"];

async function list(path: string, options: ConvertOptions, context: Context): Promise<void> {
  const { format } = options;
  if (isBinary(format) || format === "csv") {
    throw misuse(
      "--format",
      `${format}, expected table, json, markdown or latex: a list of names has no numbers to put into columns`,
    );
  }
  const { listWeights } = await import("../../input/weights/read-file.ts");
  const result = await withSource(path, options.maxBytes, context, (source) => listWeights(source, options));
  await emit("result", result, nameOf(path), { ...options, format }, context);
}
