/** Files of torch.save and torch.jit.save: .pt, .pth, .ckpt, .bin. */

import type { Tensor } from "../../tensor.ts";
import type { Contents } from "../../weights.ts";
import type { OpenedFile } from "../opened.ts";
import { Cursor } from "../pickle/cursor.ts";
import { type Pickle, unpickle } from "../pickle/unpickle.ts";
import { ZipArchive } from "../zip/archive.ts";
import { codeNote } from "./code.ts";
import { readLegacy } from "./legacy.ts";
import { type Found, namedTensors } from "./names.ts";
import { openTensor, type Storages, zipStorages } from "./storages.ts";

/** The pickle of what was saved, below a folder that is called as the file once was. */
export const DATA = /(^|\/)data\.pkl$/;

/** torch.save since 1.6, and archives of TorchScript: a zip file with a pickle, and a member for each storage. */
export function readTorchZip({ source, members }: Pick<OpenedFile, "source" | "members">): Contents {
  const archive = new ZipArchive(source, members);
  const names = members.map(({ name }) => name).filter((name) => DATA.test(name));
  const [name] = names.sort((a, b) => a.length - b.length);
  const pickle = unpickle(new Cursor(archive.open(name).byPosition()));
  return contents(pickle, namedTensors(pickle.value), zipStorages(archive, name.replace(/data\.pkl$/, "")));
}

/** torch.save before 1.6, and with _use_new_zipfile_serialization=False. */
export function readTorchLegacy({ source }: Pick<OpenedFile, "source">): Contents {
  const { pickle, storages } = readLegacy(source);
  const found = namedTensors(pickle.value);
  return contents(pickle, found, storages([...found.tensors.values()].map(({ storage }) => storage)));
}

function contents(pickle: Pickle, { tensors, settings }: Found, storages: Storages): Contents {
  const opened: Tensor[] = [...tensors].map(([name, tensor]) => openTensor(name, tensor, storages));
  return { tensors: opened, settings, notes: codeNote(pickle.globals) };
}
