/** Files of Keras: HDF5, .keras (a zip file with one), and HDF5 in shards. */

import { failure } from "../../../../errors.ts";
import { describeValue, excerpt } from "../../../excerpt.ts";
import { decodeText } from "../../../text.ts";
import type { Contents } from "../../weights.ts";
import { besideOf } from "../beside.ts";
import { type Hdf5, readHdf5 } from "../hdf5/file.ts";
import type { OpenedFile } from "../opened.ts";
import { ZipArchive } from "../zip/archive.ts";
import { kerasContents } from "./contents.ts";
import { readModelConfig } from "./model-config.ts";
import { mergedShards } from "./shards.ts";

/** .h5, .hdf5, .weights.h5 and what Keras 2 wrote as .keras. @throws {DlstmError} what is wrong with the file. */
export function readHdf5File({ source }: OpenedFile): Contents {
  return kerasContents(readHdf5(source));
}

/** The weights; beside them stands the configuration. */
const WEIGHTS = /(^|\/)model\.weights\.h5$/;
const ANY_WEIGHTS = /[^/]*\.weights\.h5$/;
const CONFIG = "config.json";

/** .keras: weights and configuration side by side. @throws {DlstmError} what is wrong with the file. */
export function readKerasArchive({ source, members }: OpenedFile): Contents {
  const archive = new ZipArchive(source, members);
  const names = members.map(({ name }) => name);
  const weights = names.find((name) => WEIGHTS.test(name)) ?? names.find((name) => ANY_WEIGHTS.test(name)) ?? "";
  const file = readHdf5(archive.open(weights).byPosition());
  const config = weights.replace(ANY_WEIGHTS, CONFIG);
  if (!archive.has(config)) return kerasContents(file);
  const member = archive.open(config);
  return kerasContents(file, readModelConfig(decodeText(member.read(0, member.size)), CONFIG));
}

/** m.weights.json: which arrays stand in which of the shards beside it. @throws {DlstmError} what is wrong with any of them. */
export function readKerasShards({ source, json }: OpenedFile): Contents {
  const { weight_map: map } = json as { weight_map: Readonly<Record<string, unknown>> };
  const names = Object.entries(map).flatMap(([path, shards]) => {
    const list = typeof shards === "string" ? [shards] : shards;
    if (Array.isArray(list) && list.every((name) => typeof name === "string")) return list as string[];
    throw failure("shape", `${describeValue(shards)}, expected names of files`, {
      place: `weight_map.${excerpt(path)}`,
    });
  });
  return kerasContents(mergedShards([...new Set(names)].map((name): Hdf5 => readHdf5(besideOf(source, name)))));
}
