/** Files of torch.save and torch.jit.save: .pt, .pth, .ckpt, .bin. */

import { failure } from "../../../../errors.ts";
import type { ByteSource, Tensor } from "../../tensor.ts";
import type { Contents } from "../../weights.ts";
import type { OpenedFile } from "../opened.ts";
import { Cursor } from "../pickle/cursor.ts";
import { type Pickle, unpickle } from "../pickle/unpickle.ts";
import { ZipArchive } from "../zip/archive.ts";
import type { Member } from "../zip/directory.ts";
import { codeNote } from "./code.ts";
import { readLegacy } from "./legacy.ts";
import { listedTensor } from "./lists.ts";
import { type Found, namedTensors } from "./names.ts";
import { refusedTensor } from "./not-strided.ts";
import { openTensor, type Storages, zipStorages } from "./storages.ts";

/** The pickle of what was saved, below a folder that is called as the file once was. */
const DATA = /(^|\/)data\.pkl$/;

/** torch.save since 1.6, and archives of TorchScript: a zip file with a pickle, and a member for each storage. */
export function readTorchFile({ source, members }: OpenedFile): Contents {
  return readTorchZip(source, members);
}

/** The same in a part of a file. */
export function readTorchZip(source: ByteSource, members?: readonly Member[]): Contents {
  const archive = new ZipArchive(source, members);
  const names = archive.members.map(({ name }) => name).filter((name) => DATA.test(name));
  const [name] = names.sort((a, b) => a.length - b.length);
  if (name === undefined) throw failure("missing", "no data.pkl, expected a file of torch.save");
  const read = (pickled: string, numbers: string) => {
    const folder = name.replace(/data\.pkl$/, "");
    const pickle = unpickle(new Cursor(archive.open(folder + pickled).byPosition()), source.size);
    return contents(pickle, namedTensors(pickle.value, source.size), zipStorages(archive, folder, numbers));
  };
  const saved = read("data.pkl", "data");
  // torch.jit.freeze leaves the weights without names
  const isFrozen = saved.tensors.length === 0 && archive.has(name.replace(/data\.pkl$/, "constants.pkl"));
  return isFrozen ? read("constants.pkl", "constants") : saved;
}

/** torch.save before 1.6, and with _use_new_zipfile_serialization=False. */
export function readTorchLegacy({ source }: Pick<OpenedFile, "source">): Contents {
  const { pickle, storages } = readLegacy(source);
  return contents(pickle, namedTensors(pickle.value, source.size), storages);
}

function contents(pickle: Pickle, { tensors, settings }: Found, storages: Storages): Contents {
  const opened = [...tensors].map(([name, tensor]): Tensor => {
    if ("storage" in tensor) return openTensor(name, tensor, storages);
    return "rows" in tensor ? listedTensor(name, tensor) : refusedTensor(name, tensor);
  });
  return { tensors: opened, settings, notes: codeNote(pickle.globals) };
}
