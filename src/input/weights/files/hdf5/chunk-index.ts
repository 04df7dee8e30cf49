/** The chunks of a dataset, by any of the indexes that list them (specification, III.A.1, VII.C to VII.E). */

import { readBtree2 } from "./btree2.ts";
import type { FileBytes } from "./bytes.ts";
import { damaged } from "./damaged.ts";
import { readFixedArray } from "./fixed-array.ts";
import type { Grid, StoredChunk } from "./grid.ts";
import type { ChunkIndex } from "./layout.ts";
import { VisitedNodes } from "./visited.ts";

/** @throws {DlstmError} syntax, unsupported. */
export function* chunksOf(bytes: FileBytes, index: ChunkIndex, grid: Grid): Generator<StoredChunk> {
  const { address } = index;
  const one = { bytes: grid.size, mask: 0 };
  switch (index.kind) {
    case "single":
      yield { at: grid.counts.map(() => 0), address, bytes: index.bytes ?? grid.size, mask: index.mask };
      return;
    case "in order": {
      const count = grid.counts.reduce((product, n) => product * n, 1);
      for (let k = 0; k < count; k++) yield { ...one, at: placeOf(k, grid), address: address + k * grid.size };
      return;
    }
    case "fixed array":
      for (const { k, ...stored } of readFixedArray(bytes, address, grid)) yield { ...stored, at: placeOf(k, grid) };
      return;
    case "B-tree 2":
      for (const record of readBtree2(bytes, address)) {
        const start = record.definedAddress();
        const packed = grid.isFiltered ? record.left - 4 - 8 * grid.counts.length : 0;
        if (packed < 0 || packed > 8) throw record.fault("a chunk of other axes");
        const stored = grid.isFiltered ? { bytes: record.uint(packed), mask: record.u32() } : one;
        yield { ...stored, at: grid.counts.map(() => record.uint(8)), address: start };
      }
      return;
    case "B-tree":
      yield* chunksBelow(bytes, address, grid, new VisitedNodes());
  }
}

/** The place of the k-th chunk, row by row. */
function placeOf(k: number, { counts }: Grid): number[] {
  const place: number[] = [];
  let rest = k;
  for (const count of counts.toReversed()) {
    place.unshift(rest % count);
    rest = Math.floor(rest / count);
  }
  return place;
}

/** A B-tree of version 1: between the chunks stand their sizes and where their entries begin. */
function* chunksBelow(bytes: FileBytes, address: number, grid: Grid, visited: VisitedNodes): Generator<StoredChunk> {
  visited.enter(address);
  const { offset } = bytes.widths;
  const prefix = bytes.signed(address, 8, "TREE", "a B-tree node");
  if (prefix.u8() !== 1) throw prefix.fault("another type, expected that of chunks");
  const level = prefix.u8();
  const count = prefix.u16();
  const axes = grid.chunk.length;
  const node = bytes.cursor(address + 8 + 2 * offset, count * (8 + 8 * (axes + 1) + offset), "a B-tree node");
  for (let k = 0; k < count; k++) {
    const [size, mask] = [node.u32(), node.u32()];
    const begins = grid.chunk.map((length) => node.uint(8) / length);
    node.skip(8);
    const child = node.definedAddress();
    if (level > 0) yield* chunksBelow(bytes, child, grid, visited.below());
    else if (begins.every(Number.isInteger)) yield { at: begins, address: child, bytes: size, mask };
    else throw damaged("a chunk that begins within another");
  }
}
