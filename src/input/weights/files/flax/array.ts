/** The arrays of Flax in msgpack (flax/serialization.py): [shape, name of the dtype, bytes], in C order, little-endian. */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Tensor } from "../../tensor.ts";
import { namedType } from "../dtype.ts";
import { lazyTensor, readFloatsInto } from "../floats.ts";
import { entryCount, isCount } from "../shape.ts";
import type { Span, Window } from "../window.ts";
import { type Item, readMsgpack } from "./msgpack.ts";

/** An array that stands in one piece. */
interface Piece {
  readonly shape: readonly number[];
  readonly count: number;
  readonly type: string;
  readonly data: Span;
}

/** The extensions of msgpack that Flax gives a meaning. */
const NDARRAY = 1;
const NUMPY_SCALAR = 3;

export function isArray(item: Item): boolean {
  return item.kind === "extension" && (item.type === NDARRAY || item.type === NUMPY_SCALAR);
}

/** @throws {DlstmError} syntax, shape, encoding, too-large; at the array's name. */
export function flaxArray(window: Window, item: Item, name: string): Tensor {
  const { shape, type, data } = readPiece(window, item, name);
  return lazyTensor({ name, shape, type }, (floatType) => {
    const values = new Float64Array(entryCount(shape) ?? 0);
    readFloatsInto(values, 0, window, data, floatType);
    return values;
  });
}

/** The key of a map that is an array of more than 2^30 bytes, in flat pieces. */
const CHUNKED = "__msgpack_chunked_array__";

export function isChunkedArray(item: Item): boolean {
  return item.kind === "map" && item.entries.some(([key]) => key === CHUNKED);
}

/** @throws {DlstmError} as {@link flaxArray}; shape, where the pieces do not make up the whole. */
export function chunkedArray(window: Window, item: Item, name: string): Tensor {
  const shape = partsOf(item, "shape").map((part) => (part.kind === "value" ? part.value : null));
  const pieces = partsOf(item, "chunks").map((part) => readPiece(window, part, name));
  const [first] = pieces;
  const count = shape.every(isCount) ? entryCount(shape) : null;
  const found = pieces.reduce((sum, piece) => sum + piece.count, 0);
  if (!shape.every(isCount) || count !== found || !first || pieces.some(({ type }) => type !== first.type)) {
    const message = `${pieces.length} pieces with ${found} entries, expected those of [${shape.slice(0, 8).join(", ")}] in one type`;
    throw failure("shape", message, { place: excerpt(name) });
  }
  return lazyTensor({ name, shape, type: first.type }, (floatType) => {
    const values = new Float64Array(found);
    let at = 0;
    for (const { data, count } of pieces) {
      readFloatsInto(values, at, window, data, floatType);
      at += count;
    }
    return values;
  });
}

/** What stands under the keys "0", "1", … of the map under a key. */
function partsOf(item: Item, key: string): Item[] {
  const found = item.kind === "map" ? item.entries.find(([own]) => own === key)?.[1] : undefined;
  const parts = new Map(found?.kind === "map" ? found.entries : []);
  return [...parts.keys()].flatMap((_, k) => parts.get(String(k)) ?? []);
}

function readPiece(window: Window, item: Item, name: string): Piece {
  const place = excerpt(name);
  const content = isArray(item) && item.kind === "extension" ? readMsgpack(window, item.span) : item;
  const [dimensions, dtype, data, ...others] = content.kind === "list" ? content.items : [];
  if (dimensions?.kind !== "list" || dtype?.kind !== "value" || data?.kind !== "bytes" || others.length > 0) {
    throw failure("syntax", "no array of Flax, expected its shape, its dtype and its bytes", { place });
  }
  const shape = dimensions.items.map((one) => (one.kind === "value" ? one.value : null));
  const count = shape.every(isCount) ? entryCount(shape) : null;
  const { type, bytesPerEntry } = namedType(String(dtype.value));
  const shown = `[${shape.slice(0, 8).join(", ")}] of ${excerpt(type)}`;
  if (!shape.every(isCount) || count === null) throw failure("shape", `the dimensions ${shown}`, { place });
  if (bytesPerEntry !== null && count * bytesPerEntry !== data.span.length) {
    const message = `${data.span.length} bytes of entries, expected ${count * bytesPerEntry} for ${shown}`;
    throw failure("shape", message, { place });
  }
  return { shape, count, type, data: data.span };
}
