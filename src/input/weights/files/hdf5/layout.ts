/** Where the entries of a dataset stand (specification, IV.A.2.i). */

import type { Cursor } from "./cursor.ts";

/** How the chunks of a dataset are found. */
export type ChunkIndex =
  | { readonly kind: "B-tree"; readonly address: number }
  | { readonly kind: "single"; readonly address: number; readonly bytes: number | null; readonly mask: number }
  | { readonly kind: "in order"; readonly address: number }
  | { readonly kind: "fixed array"; readonly address: number }
  | { readonly kind: "B-tree 2"; readonly address: number };

export type Layout =
  | { readonly kind: "compact"; readonly data: Uint8Array }
  | { readonly kind: "contiguous"; readonly address: number; readonly bytes: number }
  | {
      readonly kind: "chunked";
      /** The shape of a chunk. */
      readonly chunk: readonly number[];
      /** Whether chunks that reach beyond the shape are stored without filters. */
      readonly edgesArePlain: boolean;
      readonly index: ChunkIndex;
    }
  | { readonly kind: "virtual" }
  /** As no reader of this tool knows it. */
  | { readonly kind: "unknown"; readonly what: string }
  /** No entry was ever written. */
  | { readonly kind: "absent" };

/** @throws {DlstmError} syntax. */
export function readLayout(body: Cursor): Layout {
  const version = body.u8();
  if (version < 3 || version > 5) return { kind: "unknown", what: `a layout of version ${version}` };
  switch (body.u8()) {
    case 0:
      return { kind: "compact", data: body.bytes(body.u16()) };
    case 1: {
      const address = body.address();
      return address === null ? { kind: "absent" } : { kind: "contiguous", address, bytes: body.length() };
    }
    case 2:
      return version === 3 ? chunked3(body) : chunked4(body);
    case 3:
      return { kind: "virtual" };
    default:
      return { kind: "unknown", what: "a layout of another kind" };
  }
}

function chunked3(body: Cursor): Layout {
  // behind the axes stands the size of an entry
  const axes = body.u8();
  const address = body.address();
  const chunk = Array.from({ length: axes }, () => body.u32()).slice(0, -1);
  if (address === null) return { kind: "absent" };
  return { kind: "chunked", chunk, edgesArePlain: false, index: { kind: "B-tree", address } };
}

const PLAIN_EDGES = 1;
const SINGLE_FILTERED = 2;
const EXTENSIBLE = 4;

function chunked4(body: Cursor): Layout {
  const [flags, axes, width] = [body.u8(), body.u8(), body.u8()];
  const chunk = Array.from({ length: axes }, () => body.uint(width)).slice(0, -1);
  const kind = body.u8();
  if (kind === EXTENSIBLE) return { kind: "unknown", what: "chunks of an array that can grow along one axis" };
  const index = readIndex(body, kind, (flags & SINGLE_FILTERED) !== 0);
  return index === null
    ? { kind: "absent" }
    : { kind: "chunked", chunk, edgesArePlain: (flags & PLAIN_EDGES) !== 0, index };
}

function readIndex(body: Cursor, kind: number, isFiltered: boolean): ChunkIndex | null {
  const found = (kind: "in order" | "fixed array" | "B-tree 2", skipped: number): ChunkIndex | null => {
    body.skip(skipped);
    const address = body.address();
    return address === null ? null : { kind, address };
  };
  switch (kind) {
    case 1: {
      const [bytes, mask] = isFiltered ? [body.length(), body.u32()] : [null, 0];
      const address = body.address();
      return address === null ? null : { kind: "single", address, bytes, mask };
    }
    case 2:
      return found("in order", 0);
    case 3:
      return found("fixed array", 1);
    case 5:
      return found("B-tree 2", 6);
    default:
      throw body.fault(`an index of chunks of kind ${kind}`);
  }
}
