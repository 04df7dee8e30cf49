/** Files of torch.export.save, .pt2: raw weights, and a table of what they are (torch/export/pt2_archive). */

import { type DlstmError, failure, withProblems } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import { allJson } from "../../../json-file.ts";
import { isObject } from "../../../objects.ts";
import type { View } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { type Contents, onlyTensors } from "../../weights.ts";
import type { OpenedFile } from "../opened.ts";
import { isCount } from "../shape.ts";
import { lastEntry, stridedTensor } from "../strided.ts";
import { ZipArchive } from "../zip/archive.ts";
import { isLittleEndian } from "./storages.ts";
import { bytesPerEntry } from "./tensors.ts";
import { readTorchZip } from "./torch.ts";

/** The table of the weights, below a folder that is called as the file once was. */
const WEIGHTS_TABLE = /(^|\/)data\/weights\/model_weights_config\.json$/;

/** Before 2.8: the weights as torch.save writes them, whole in one member. */
const STATE_DICT = /(^|\/)(serialized_state_dict\.(pt|json)|data\/weights\/model\.pt)$/;

/** ScalarType by number (torch/_export/serde/schema.py). */
const TYPES: ReadonlyMap<unknown, string> = new Map([
  ...[..."U8 I8 I16 I32 I64 F16 F32 F64 C32 C64 C128 BOOL BF16".split(" ").entries()].map(
    ([k, type]): [unknown, string] => [k + 1, type],
  ),
  ...[..."U16 F8_E4M3 F8_E5M2 F8_E4M3FNUZ F8_E5M2FNUZ F8_E8M0 U32 U64".split(" ").entries()].map(
    ([k, type]): [unknown, string] => [k + 28, type],
  ),
]);

/** @throws {DlstmError} syntax, missing, too-large, unsupported. */
export function readExported({ source, members }: OpenedFile): Contents {
  const archive = new ZipArchive(source, members);
  const table = members.find(({ name }) => WEIGHTS_TABLE.test(name));
  if (table === undefined) {
    const inner = members.find(({ name }) => STATE_DICT.test(name))!;
    return readTorchZip(archive.open(inner.name).byPosition());
  }
  const json = withProblems(
    () => allJson(archive.open(table.name).byPosition()),
    (problem) => ({ ...problem, place: [excerpt(table.name), problem.place].filter((part) => part).join(", ") }),
  );
  const config = isObject(json) ? json.config : null;
  if (!isObject(config)) throw damaged("no table of its weights", table.name);
  const weights = table.name.replace(/[^/]*$/, "");
  const littleEndian = isLittleEndian(archive, weights.replace(/data\/weights\/$/, ""));
  const read = ([name, entry]: [string, unknown]) => exportedTensor(name, entry, archive, weights, littleEndian);
  return onlyTensors(Object.entries(config).map(read));
}

function exportedTensor(
  name: string,
  entry: unknown,
  archive: ZipArchive,
  folder: string,
  littleEndian: boolean,
): Tensor {
  const { path_name: path, use_pickle: isPickled, tensor_meta: meta } = isObject(entry) ? entry : {};
  if (isPickled === true) {
    const message = "a pickle of a tensor of its own class, expected plain numbers: export the module without it";
    throw failure("unsupported", message, { place: excerpt(name) });
  }
  const view = viewOf(meta, name);
  const type = TYPES.get(isObject(meta) ? meta.dtype : null);
  if (typeof path !== "string" || !/^[\w.-]+$/.test(path) || type === undefined) throw damaged("no weight", name);
  const member = archive.open(folder + path);
  const available = Math.floor(member.size / bytesPerEntry(type));
  const last = lastEntry(view);
  if (last >= available) throw damaged(`its last entry is number ${last} of ${available} in ${excerpt(path)}`, name);
  const numbers = () => ({ source: member.byPosition(), start: 0, littleEndian });
  const identity = JSON.stringify([path, type, view]);
  return { ...stridedTensor({ name, shape: view.shape, type }, view, available, numbers), identity };
}

/** {sizes: [{as_int}], strides: [{as_int}], storage_offset: {as_int}} */
function viewOf(meta: unknown, name: string): View {
  const { sizes, strides, storage_offset: offset } = isObject(meta) ? meta : {};
  const view = { shape: integers(sizes), strides: integers(strides), offset: integer(offset) };
  const { shape, strides: steps } = view;
  if (!shape?.every(isCount) || !steps?.every(isCount) || shape.length !== steps.length || !isCount(view.offset)) {
    throw damaged("sizes, strides or an offset that are no integers from 0 on", name);
  }
  return { shape, strides: steps, offset: view.offset };
}

function integers(list: unknown): unknown[] | null {
  return Array.isArray(list) ? list.map(integer) : null;
}

function integer(value: unknown): unknown {
  return isObject(value) ? value.as_int : value;
}

function damaged(message: string, name: string): DlstmError {
  return failure("syntax", `damaged file of torch.export: ${message}`, { place: excerpt(name) });
}
