/** What `convert` does: loaded only where it is asked for. */
import type { Command } from "commander";
import { inFile, misuse } from "../../errors.ts";
import type { Convention } from "../../input/weights/conventions/convention.ts";
import { jsonChunks } from "../../render/json.ts";
import type { Context } from "../context.ts";
import { emit } from "../emit.ts";
import { loadCell, nameOf } from "../load-cell.ts";
import { type CellOptions, type OutputOptions, requireJson } from "../options.ts";
import { withSource } from "../source.ts";
import { note } from "../terminal.ts";
import { writeResult } from "../write.ts";

type Binary = keyof typeof BINARY;

export interface ConvertOptions extends CellOptions, Omit<OutputOptions, "format"> {
  readonly format: OutputOptions["format"] | Binary;
  readonly to: Convention;
  readonly list?: true;
}

/** Writes the cell in the convention asked for, or lists what the file holds. */
export async function runConvert(
  path: string | undefined,
  options: ConvertOptions,
  command: Command,
  context: Context,
): Promise<void> {
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
}

/** How many entries a note names. */
const NAMED = 8;

/** What a file of arrays is written by. */
const BINARY = {
  safetensors: async () => (await import("../../input/weights/files/write-safetensors.ts")).safetensorsChunks,
  npz: async () => (await import("../../input/weights/files/numpy/write-npz.ts")).npzChunks,
} as const;

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
