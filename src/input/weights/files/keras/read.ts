/** Files of Keras: HDF5, .keras (a zip file with one), and HDF5 in shards. */

import { DlstmError } from "../../../../errors.ts";
import { decodeText } from "../../../text.ts";
import type { ByteSource } from "../../tensor.ts";
import type { Contents } from "../../weights.ts";
import { besideOf } from "../beside.ts";
import { readHdf5 } from "../hdf5/file.ts";
import type { OpenedFile } from "../opened.ts";
import { ZipArchive } from "../zip/archive.ts";
import { kerasContents } from "./contents.ts";
import { type ModelConfig, readModelConfig } from "./model-config.ts";
import { mergedShards } from "./shards.ts";

/** The weights; beside them stands the configuration. */
const WEIGHTS = /(^|\/)model\.weights\.h5$/;
const ANY_WEIGHTS = /[^/]*\.weights\.h5$/;
const CONFIG = "config.json";

/**
 * .h5, .hdf5, .weights.h5 and what Keras 2 wrote as .keras; of a .keras that was unpacked the configuration beside it too.
 * @throws {DlstmError} what is wrong with the file.
 */
export function readHdf5File({ source }: OpenedFile): Contents {
  const isUnpacked = source.beside !== undefined && WEIGHTS.test(source.file.replaceAll("\\", "/"));
  const { config, notes } = isUnpacked ? configBeside(source) : { config: null, notes: [] };
  const contents = kerasContents(readHdf5(source), config);
  return { ...contents, notes: [...contents.notes, ...notes] };
}

/** The configuration in the same folder; one that cannot be read is none, which a note says. */
function configBeside(source: ByteSource): { config: ModelConfig | null; notes: readonly string[] } {
  try {
    return { config: configIn(besideOf(source, CONFIG)), notes: [] };
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    const [{ code, message }] = error.problems;
    const note = `${CONFIG} beside it is not looked at: ${message}`;
    return { config: null, notes: code === "not-found" ? [] : [note] };
  }
}

function configIn(source: Pick<ByteSource, "size" | "read">): ModelConfig {
  return readModelConfig(decodeText(source.read(0, source.size)), CONFIG);
}

/** .keras: weights and configuration side by side. @throws {DlstmError} what is wrong with the file. */
export function readKerasArchive({ source, members }: OpenedFile): Contents {
  const archive = new ZipArchive(source, members);
  const names = members.map(({ name }) => name);
  const weights = names.find((name) => WEIGHTS.test(name)) ?? names.find((name) => ANY_WEIGHTS.test(name)) ?? "";
  const file = readHdf5(archive.open(weights).byPosition());
  const config = weights.replace(ANY_WEIGHTS, CONFIG);
  if (!archive.has(config)) return kerasContents(file);
  return kerasContents(file, configIn(archive.open(config)));
}

/** Shards of one model, whatever index names them. @throws {DlstmError} what is wrong with any of them. */
export function readKerasShards(shards: readonly ByteSource[]): Contents {
  return kerasContents(mergedShards(shards.map(readHdf5)));
}
