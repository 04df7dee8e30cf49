/** The entries of a chunked dataset, put together. */

import { failure } from "../../../../errors.ts";
import { copyStrided, rowByRow } from "../../strided.ts";
import { decodeFloats } from "../floats.ts";
import { FLOAT_BYTES, type FloatType } from "../number-type.ts";
import { entryCount } from "../shape.ts";
import type { FileBytes } from "./bytes.ts";
import { chunksOf } from "./chunk-index.ts";
import { damaged } from "./damaged.ts";
import { type Filter, rejectUnknownFilters, unfilter } from "./filters.ts";
import type { Grid, StoredChunk } from "./grid.ts";
import type { Layout } from "./layout.ts";

/** Chunks may reach beyond a small dataset: up to so many bytes. */
const MOST_CHUNK_BYTES = 2 ** 24;

/** What a few bytes may unpack to; more only where it is at most so many times as many: weights are no zeros. */
const MOST_UNPACKED = 2 ** 26;
const MOST_UNPACKED_RATIO = 32;

export interface ChunkedData {
  readonly shape: readonly number[];
  readonly type: FloatType;
  readonly littleEndian: boolean;
  readonly layout: Extract<Layout, { kind: "chunked" }>;
  readonly filters: readonly Filter[];
}

/** @throws {DlstmError} syntax, unsupported, too-large. */
export function readChunks(bytes: FileBytes, data: ChunkedData): Float64Array {
  rejectUnknownFilters(data.filters);
  const grid = gridOf(data);
  const chunks = [...allOf(bytes, data, grid)];
  rejectBomb(chunks, grid, bytes);
  const out = new Float64Array(entryCount(data.shape)!);
  for (const chunk of chunks) {
    const start = bytes.locate(chunk.address, chunk.bytes, "a chunk");
    const packed = bytes.source.read(start, chunk.bytes);
    const isPlain =
      data.layout.edgesArePlain && chunk.at.some((n, axis) => (n + 1) * grid.chunk[axis] > data.shape[axis]);
    const entries = unfilter(packed, isPlain ? [] : data.filters, chunk.mask, grid.size);
    place(decodeFloats(entries, data.type, data.littleEndian), chunk.at, grid.chunk, data.shape, out);
  }
  return out;
}

function gridOf({ shape, type, layout: { chunk }, filters }: ChunkedData): Grid {
  const size = FLOAT_BYTES[type] * (entryCount(chunk) ?? Number.POSITIVE_INFINITY);
  if (chunk.length !== shape.length || chunk.length === 0 || size === 0) {
    throw damaged(`chunks of [${chunk.join(" × ")}] for [${shape.join(" × ")}]`);
  }
  const whole = FLOAT_BYTES[type] * entryCount(shape)!;
  if (size > Math.max(MOST_CHUNK_BYTES, whole)) {
    throw failure("too-large", `chunks of ${size} bytes for an array of ${whole}`);
  }
  return { chunk, counts: shape.map((n, axis) => Math.ceil(n / chunk[axis])), size, isFiltered: filters.length > 0 };
}

/** Every chunk of the grid, once. */
function* allOf(bytes: FileBytes, { layout }: ChunkedData, grid: Grid): Generator<StoredChunk> {
  const missing = grid.counts.reduce((product, count) => product * count, 1);
  const seen = new Set<string>();
  for (const chunk of chunksOf(bytes, layout.index, grid)) {
    const place = chunk.at.join(" ");
    if (seen.has(place) || chunk.at.some((n, axis) => n >= grid.counts[axis])) {
      throw damaged(`the chunk ${place} stands twice, or outside of its array`);
    }
    bytes.locate(chunk.address, chunk.bytes, "a chunk");
    seen.add(place);
    yield chunk;
  }
  if (seen.size !== missing)
    throw failure("missing", `${seen.size} of ${missing} chunks: the others were never written`);
}

function rejectBomb(chunks: readonly StoredChunk[], { size }: Grid, { source }: FileBytes): void {
  const packed = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
  const unpacked = chunks.length * size;
  if (packed > source.size) throw damaged("its chunks overlap");
  if (unpacked <= Math.max(MOST_UNPACKED, MOST_UNPACKED_RATIO * packed)) return;
  const message = `${unpacked} bytes packed into ${packed}, expected at most ${MOST_UNPACKED_RATIO} into one: a bomb?`;
  throw failure("too-large", message);
}

/** Copies the part of a chunk that is in the array. */
function place(
  entries: Float64Array,
  at: readonly number[],
  chunk: readonly number[],
  shape: readonly number[],
  out: Float64Array,
): void {
  const part = shape.map((length, axis) => Math.min(chunk[axis], length - at[axis] * chunk[axis]));
  const strides = rowByRow(shape);
  const offset = strides.reduce((sum, stride, axis) => sum + stride * at[axis] * chunk[axis], 0);
  copyStrided(entries, { offset: 0, shape: part, strides: rowByRow(chunk) }, out, { offset, strides });
}
