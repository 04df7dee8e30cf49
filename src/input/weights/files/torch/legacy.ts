/** Files of torch.save before 1.6: five pickles, then the storages (torch/serialization.py, _legacy_save). */

import { type DlstmError, failure } from "../../../../errors.ts";
import type { ByteSource } from "../../tensor.ts";
import { Cursor } from "../pickle/cursor.ts";
import { type Pickle, unpickle } from "../pickle/unpickle.ts";
import { isCount } from "../shape.ts";
import type { Storage, Storages } from "./storages.ts";
import { storageOf } from "./tensors.ts";

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

export interface LegacyFile {
  readonly pickle: Pickle;
  readonly storages: Storages;
}

/** @throws {DlstmError} syntax, unsupported, too-large. */
export function readLegacy(source: ByteSource): LegacyFile {
  const cursor = new Cursor(source);
  const [magic, protocol, system] = [
    unpickle(cursor, source.size).value,
    unpickle(cursor, source.size).value,
    unpickle(cursor, source.size).value,
  ];
  if (magic !== MAGIC || protocol !== PROTOCOL) {
    throw failure("unsupported", `protocol ${protocol} of legacy files, expected ${PROTOCOL}`);
  }
  const littleEndian = !(system instanceof Map) || system.get("little_endian") !== false;
  const pickle = unpickle(cursor, source.size);
  const keys = unpickle(cursor, source.size).value;
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string")) throw damaged("no list of storages");
  return { pickle, storages: storagesFrom(source, cursor.at, keys, widthsIn(pickle), littleEndian) };
}

/** How wide the entries of a storage are only its name tells, wherever it stands: in a tensor, in an optimiser's state. */
function widthsIn({ persistent }: Pickle): ReadonlyMap<string, number> {
  const storages = persistent.filter(({ id }) => Array.isArray(id) && id[0] === "storage").map(storageOf);
  return new Map(storages.map(({ key, bytes }) => [key, bytes]));
}

/** Each is a count of 64 bits, then so many entries. */
function storagesFrom(
  source: ByteSource,
  start: number,
  keys: readonly string[],
  widths: ReadonlyMap<string, number>,
  littleEndian: boolean,
): Storages {
  const found = new Map<string, Storage>();
  let at = start;
  for (const key of keys) {
    const width = widths.get(key);
    // of a storage without a name nothing tells where the next begins
    if (width === undefined) break;
    if (source.size - at < 8) throw damaged(`the storage ${key} is cut off`);
    const count = Number(Buffer.from(source.read(at, 8)).readBigInt64LE());
    const size = count * width;
    if (!isCount(count) || size > source.size - at - 8) {
      throw damaged(`the storage ${key} of ${count} entries at byte ${at}, in a file of ${source.size}: truncated?`);
    }
    const first = at + 8;
    found.set(key, { size, numbers: () => ({ source, start: first, littleEndian }) });
    at = first + size;
  }
  return ({ key }) => found.get(key) ?? missing(key);
}

function missing(key: string): never {
  throw failure("missing", `no storage ${key} in the file`);
}

function damaged(message: string): DlstmError {
  return failure("syntax", `damaged file of torch.save: ${message}`);
}
