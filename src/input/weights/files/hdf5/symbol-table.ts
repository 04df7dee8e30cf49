/** Groups as HDF5 has had them from the start: a B-tree of symbol nodes, their names in a heap (specification, III.A to III.D). */

import type { FileBytes } from "./bytes.ts";
import { damaged } from "./damaged.ts";
import type { Link } from "./link.ts";
import type { VisitedNodes } from "./visited.ts";

const SOFT_LINK = 2;

/** Names may overlap in their heap: as long as this each, far above any that people give. */
const MOST_NAME_BYTES = 1024;

/** Everything in a group. @throws {DlstmError} syntax, unsupported, encoding. */
export function* readSymbolTable(bytes: FileBytes, tree: number, heap: number, visited: VisitedNodes): Generator<Link> {
  const names = readLocalHeap(bytes, heap);
  for (const node of leavesOf(bytes, tree, visited)) {
    const { offset } = bytes.widths;
    const prefix = bytes.signed(node, 8, "SNOD", "a symbol node");
    prefix.version(1);
    prefix.skip(1);
    const count = prefix.u16();
    const entries = bytes.cursor(node + 8, count * (2 * offset + 24), "a symbol node");
    for (let k = 0; k < count; k++) {
      const name = nameAt(names, entries.uint(offset));
      const address = entries.address();
      const kind = entries.u32();
      entries.skip(20);
      yield { name, target: kind === SOFT_LINK ? "a soft link" : (address ?? "an unknown link") };
    }
  }
}

/** The addresses of the symbol nodes below a node of the tree, in the order of their names. */
function* leavesOf(bytes: FileBytes, node: number, visited: VisitedNodes): Generator<number> {
  visited.enter(node);
  const { offset, length } = bytes.widths;
  const prefix = bytes.signed(node, 8, "TREE", "a B-tree node");
  if (prefix.u8() !== 0) throw prefix.fault("another type, expected that of a group");
  const level = prefix.u8();
  const count = prefix.u16();
  const children = bytes.cursor(node + 8 + 2 * offset, count * (length + offset), "a B-tree node");
  for (let k = 0; k < count; k++) {
    children.skip(length);
    const child = children.definedAddress();
    if (level > 0) yield* leavesOf(bytes, child, visited.below());
    else {
      visited.enter(child);
      yield child;
    }
  }
}

function readLocalHeap(bytes: FileBytes, address: number): Buffer {
  const { offset, length } = bytes.widths;
  const what = "a local heap";
  const prefix = bytes.signed(address, 8 + 2 * length + offset, "HEAP", what);
  prefix.version(0);
  prefix.skip(3);
  const size = prefix.length();
  prefix.skip(length);
  return Buffer.from(bytes.read(prefix.definedAddress(), size, what));
}

function nameAt(names: Buffer, at: number): string {
  const length = names.subarray(at, at + MOST_NAME_BYTES + 1).indexOf(0);
  if (length < 0) throw damaged(`no name at byte ${at} of a local heap of ${names.length}`);
  return names.toString("utf8", at, at + length);
}
