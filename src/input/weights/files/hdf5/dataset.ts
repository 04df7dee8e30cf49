/** A dataset as a tensor, whose entries are read when they are asked for. */

import { atPlace, failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Taker, Tensor } from "../../tensor.ts";
import { decodeFloats, lazyTensor, readFloats } from "../floats.ts";
import { FLOAT_BYTES, type FloatType } from "../number-type.ts";
import { entryCount } from "../shape.ts";
import type { Attributes } from "./attribute.ts";
import type { FileBytes } from "./bytes.ts";
import { readChunks } from "./chunks.ts";
import { damaged } from "./damaged.ts";
import { readDataspace } from "./dataspace.ts";
import { type Datatype, RAW, readDatatype } from "./datatype.ts";
import { readFilters } from "./filters.ts";
import { type Layout, readLayout } from "./layout.ts";
import { MESSAGE, type Message } from "./object-header.ts";

export interface Dataset extends Tensor {
  /** The same with its two raw bytes an entry as bfloat16, for which HDF5 has had no type of its own. */
  readonly bfloat: () => Tensor;
}

/** @throws {DlstmError} syntax, unsupported. */
export function readDataset(
  bytes: FileBytes,
  name: string,
  messages: readonly Message[],
  attributes: Attributes,
): Dataset {
  const find = (type: number) => messages.find((message) => message.type === type);
  const [space, form, place] = [find(MESSAGE.dataspace), find(MESSAGE.datatype), find(MESSAGE.layout)];
  if (space === undefined || form === undefined || place === undefined) {
    throw damaged("a dataset without a shape, a type or a layout");
  }
  const shape = readDataspace(space.body()) ?? [0];
  // what it says stands in another object
  if (form.isShared) return unreadable(name, "a named datatype", shape);
  const datatype = readDatatype(form.body());
  const layout = readLayout(place.body());
  const of = (type: string): Tensor => {
    const filters = find(MESSAGE.filters);
    const entries = (type: FloatType, taker?: Taker) =>
      entriesOf(bytes, { shape, type, datatype, layout, filters }, taker);
    const tensor = lazyTensor({ name, shape, type }, entries);
    return { ...tensor, values: (taker) => atPlace(excerpt(name), () => tensor.values(taker)) };
  };
  if (find(MESSAGE.externalFiles) !== undefined) return unreadable(name, "external storage", shape);
  if (layout.kind === "virtual") return unreadable(name, "a virtual dataset", shape);
  const isBfloat = datatype.type === RAW && attributes.text("dtype") === "bfloat16";
  return { ...of(isBfloat ? "BF16" : datatype.type), bfloat: () => of("BF16") };
}

/** What stands where a dataset would, and has no numbers here. */
export function unreadable(name: string, type: string, shape: readonly number[] = []): Dataset {
  const tensor = lazyTensor({ name, shape, type }, () => new Float64Array());
  return { ...tensor, bfloat: () => tensor };
}

interface Stored {
  readonly shape: readonly number[];
  readonly type: FloatType;
  readonly datatype: Datatype;
  readonly layout: Layout;
  readonly filters: Message | undefined;
}

/** @throws {DlstmError} shape, where the bytes are not those of the shape; missing, syntax, unsupported, too-large. */
function entriesOf(
  bytes: FileBytes,
  { shape, type, datatype, layout, filters }: Stored,
  taker: Taker | undefined,
): Float64Array {
  const { littleEndian } = datatype;
  const count = entryCount(shape);
  const needed = count === null ? null : count * FLOAT_BYTES[type];
  if (needed === null || datatype.size !== FLOAT_BYTES[type]) {
    throw failure("too-large", `an array of [${shape.join(" × ")}] entries of ${datatype.size} bytes`);
  }
  const told = layout.kind === "contiguous" ? layout.bytes : layout.kind === "compact" ? layout.data.length : needed;
  if (told !== needed)
    throw failure("shape", `[${shape.join(" × ")}] of ${type} is ${needed} bytes, ${told} are stored`);
  if (needed === 0) return new Float64Array();
  switch (layout.kind) {
    case "contiguous": {
      const start = bytes.locate(layout.address, needed, "an array");
      return readFloats(bytes.source, start, needed, type, littleEndian, taker);
    }
    case "compact":
      return decodeFloats(layout.data, type, littleEndian);
    case "chunked":
      return readChunks(bytes, {
        shape,
        type,
        littleEndian,
        layout,
        filters: filters === undefined ? [] : readFilters(filters.body()),
      });
    case "unknown":
      throw failure(
        "unsupported",
        `${layout.what}, expected another, as h5py has it by create_dataset(name, data=array)`,
      );
    default:
      throw failure("missing", "its numbers were never written");
  }
}
