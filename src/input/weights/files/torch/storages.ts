/** Where the numbers of a storage stand: in a member of the zip file, or one storage behind another in a legacy file. */

import { type DlstmError, failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Tensor } from "../../tensor.ts";
import { lastEntry, type Numbers, stridedTensor } from "../strided.ts";
import type { ZipArchive } from "../zip/archive.ts";
import { bytesPerEntry, type StorageName, type TorchTensor } from "./tensors.ts";

/** A storage whose numbers are not read yet. */
export interface Storage {
  /** In bytes. */
  readonly size: number;
  readonly numbers: () => Numbers;
}

/** @throws {DlstmError} missing, where the file has no such storage. */
export type Storages = (storage: StorageName) => Storage;

/** The storages of a zip file stand in its members STEM/data/KEY, of a TorchScript's constants in STEM/constants/KEY. */
export function zipStorages(archive: ZipArchive, stem: string, folder: string): Storages {
  const littleEndian = isLittleEndian(archive, stem);
  return ({ key }) => {
    const member = archive.open(`${stem}${folder}/${key}`);
    const numbers = () => ({ source: member.byPosition(), start: 0, littleEndian });
    return { size: member.size, numbers };
  };
}

/** What the member STEM/byteorder says, which old files have not. */
export function isLittleEndian(archive: ZipArchive, stem: string): boolean {
  if (!archive.has(`${stem}byteorder`)) return true;
  const order = Buffer.from(archive.open(`${stem}byteorder`).head(64))
    .toString("latin1")
    .trim();
  if (order === "little" || order === "big") return order === "little";
  throw failure("syntax", `${excerpt(order)}, expected little or big`, { place: "byteorder" });
}

/**
 * A tensor of a pickle as one that is read when it is asked for.
 * @throws {DlstmError} syntax, where it leaves its storage, or the storage the file.
 */
export function openTensor(name: string, tensor: TorchTensor, storages: Storages): Tensor {
  const { storage, type, offset, shape, strides } = tensor;
  const { size, numbers } = storages(storage);
  const claimed = storage.count * storage.bytes;
  if (claimed > size) throw leaves(name, `a storage of ${claimed} bytes, of which the file has ${size}: truncated?`);
  const available = Math.floor((claimed - storage.start * storage.bytes) / bytesPerEntry(type));
  const last = lastEntry(tensor);
  if (last >= available)
    throw leaves(name, `its last entry is number ${last} of a storage of ${Math.max(available, 0)}`);
  const at = () => {
    const { start, ...rest } = numbers();
    return { ...rest, start: start + storage.start * storage.bytes };
  };
  const identity = JSON.stringify([storage.key, storage.start, type, offset, shape, strides]);
  return { ...stridedTensor({ name, shape, type }, tensor, available, at), identity };
}

function leaves(name: string, message: string): DlstmError {
  return failure("syntax", `damaged: ${message}`, { place: excerpt(name) });
}
