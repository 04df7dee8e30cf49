/** B-trees of version 2, which list links, attributes and chunks (specification, III.A.2). */

import type { FileBytes } from "./bytes.ts";
import type { Cursor } from "./cursor.ts";
import { VisitedNodes } from "./visited.ts";

/** A node's letters, version, type and checksum. */
const NODE_BYTES = 10;

interface Tree {
  readonly bytes: FileBytes;
  readonly nodeBytes: number;
  readonly recordBytes: number;
  /** How many bytes the count of a leaf's records takes, and that of all records below a node of a depth. */
  readonly leafCountBytes: number;
  readonly belowCountBytes: readonly number[];
  readonly visited: VisitedNodes;
}

/** The records of a tree, in their order. @throws {DlstmError} syntax, unsupported. */
export function* readBtree2(bytes: FileBytes, address: number): Generator<Cursor> {
  const { offset, length } = bytes.widths;
  const head = bytes.signed(address, 18 + offset + length, "BTHD", "a B-tree");
  head.version(0);
  head.skip(1);
  const [nodeBytes, recordBytes, depth] = [head.u32(), head.u16(), head.u16()];
  head.skip(2);
  const root = head.address();
  const count = head.u16();
  if (recordBytes === 0 || depth > 16) throw head.fault(`${depth} levels of records of ${recordBytes} bytes`);
  if (root === null || count === 0) return;
  const most = Math.floor((nodeBytes - NODE_BYTES) / recordBytes);
  const leafCountBytes = bytesFor(most);
  const belowCountBytes = countWidths(nodeBytes, recordBytes, depth, offset + leafCountBytes, most);
  const tree = { bytes, nodeBytes, recordBytes, leafCountBytes, belowCountBytes, visited: new VisitedNodes() };
  yield* recordsOf(tree, root, count, depth);
}

function* recordsOf(tree: Tree, address: number, count: number, depth: number): Generator<Cursor> {
  tree.visited.enter(address);
  const letters = depth === 0 ? "BTLF" : "BTIN";
  const node = tree.bytes.signed(address, tree.nodeBytes, letters, "a B-tree node");
  node.version(0);
  node.skip(1);
  const records = Array.from({ length: count }, () => node.part(tree.recordBytes));
  if (depth === 0) {
    yield* records;
    return;
  }
  for (let k = 0; k <= count; k++) {
    const child = node.definedAddress();
    const below = node.uint(tree.leafCountBytes);
    node.skip(tree.belowCountBytes[depth - 1]);
    yield* recordsOf(tree, child, below, depth - 1);
    if (k < count) yield records[k];
  }
}

/** By the depth of a child: the width of the count of all records below it, which of a leaf is not written. */
function countWidths(
  nodeBytes: number,
  recordBytes: number,
  depth: number,
  pointer: number,
  leafMost: number,
): number[] {
  const widths = [0];
  let below = leafMost;
  for (let level = 1; level < depth; level++) {
    const pointerBytes = pointer + widths[level - 1];
    const most = Math.floor((nodeBytes - NODE_BYTES - pointerBytes) / (recordBytes + pointerBytes));
    below = (most + 1) * below + most;
    widths.push(bytesFor(below));
  }
  return widths;
}

function bytesFor(most: number): number {
  return Math.min(8, Math.max(1, Math.floor(Math.log2(Math.max(1, most)) / 8) + 1));
}
