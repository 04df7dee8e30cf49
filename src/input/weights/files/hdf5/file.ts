/**
 * HDF5 (HDF5 File Format Specification, version 3.0): the subset that Keras writes, and what h5py adds to it. Superblocks 0
 * to 3; groups as symbol tables or as links, in headers or in heaps; arrays in one piece or in chunks, packed by deflate,
 * shuffle, fletcher32 or lzf; attributes of text.
 *
 * An own reader, since those on npm were tried and none serves a tool that is given any file. h5wasm 0.10.3 reads other files
 * of the host where a file says so (external storage, external links, virtual datasets), gives other numbers for lzf, and takes
 * 0.1 s and 50 MB to start. jsfive 0.4.2 takes 1.5 GB for a file of 790 KB, does not end on groups that hold each other, and
 * gives fewer arrays where a file is cut off; it is asked for a second opinion in the tests, as h5py is.
 *
 * Here every address and length is checked against the file before anything is read, every node is read once, and an array's
 * numbers only when they are asked for. Links that lead elsewhere are told and never followed.
 */

import { failure } from "../../../../errors.ts";
import type { ByteSource } from "../../tensor.ts";
import { Attributes, readAttribute } from "./attribute.ts";
import { readBtree2 } from "./btree2.ts";
import type { FileBytes } from "./bytes.ts";
import type { Cursor } from "./cursor.ts";
import { type Dataset, readDataset, unreadable } from "./dataset.ts";
import { FractalHeap } from "./fractal-heap.ts";
import { GlobalHeaps } from "./global-heap.ts";
import { type Link, readLink } from "./link.ts";
import { MESSAGE, type Message, readObjectHeader } from "./object-header.ts";
import { readSuperblock } from "./superblock.ts";
import { readSymbolTable } from "./symbol-table.ts";
import { VisitedNodes } from "./visited.ts";

/** Far above what any model holds: groups and datasets, and the characters of all their names, each with those above it. */
const MOST_OBJECTS = 2 ** 17;
const MOST_CHARACTERS = 2 ** 25;

export interface Hdf5 {
  /** Every group below the root, by its keys joined by slashes; the root is "". */
  readonly groups: ReadonlyMap<string, Attributes>;
  /** Every dataset, named likewise; and links that are not followed, whose type says what they are. */
  readonly tensors: readonly Dataset[];
}

/** All groups and datasets of a file. @throws {DlstmError} syntax, unsupported, encoding, too-large. */
export function readHdf5(source: ByteSource): Hdf5 {
  const { bytes, root } = readSuperblock(source);
  return new Walk(bytes).from(root);
}

class Walk {
  readonly #bytes: FileBytes;
  readonly #heaps: GlobalHeaps;
  readonly #groups = new Map<string, Attributes>();
  readonly #tensors: Dataset[] = [];
  #characters = 0;

  constructor(bytes: FileBytes) {
    this.#bytes = bytes;
    this.#heaps = new GlobalHeaps(bytes);
  }

  from(root: number): Hdf5 {
    this.#visit("", root, new VisitedNodes());
    return { groups: this.#groups, tensors: this.#tensors };
  }

  #visit(path: string, address: number, visited: VisitedNodes): void {
    this.#count(path);
    const messages = readObjectHeader(this.#bytes, address);
    const attributes = new Attributes([...this.#attributesIn(messages)]);
    if (messages.some(({ type }) => type === MESSAGE.layout)) {
      this.#tensors.push(readDataset(this.#bytes, path, messages, attributes));
    } else if (visited.tryEnter(address)) {
      // a group that holds itself, or stands in two places, is read once
      this.#groups.set(path, attributes);
      for (const { name, target } of this.#linksIn(messages, visited)) {
        const inner = path === "" ? name : `${path}/${name}`;
        if (typeof target === "number") this.#visit(inner, target, visited.below());
        else {
          this.#count(inner);
          this.#tensors.push(unreadable(inner, target));
        }
      }
    }
  }

  #count(path: string): void {
    this.#characters += path.length;
    if (this.#groups.size + this.#tensors.length < MOST_OBJECTS && this.#characters <= MOST_CHARACTERS) return;
    throw failure(
      "too-large",
      `more than ${MOST_OBJECTS} groups and datasets, or ${MOST_CHARACTERS} characters in their names`,
    );
  }

  *#linksIn(messages: readonly Message[], visited: VisitedNodes): Generator<Link> {
    for (const { type, body } of messages) {
      if (type === MESSAGE.symbolTable) {
        const table = body();
        yield* readSymbolTable(this.#bytes, table.definedAddress(), table.definedAddress(), visited);
      } else if (type === MESSAGE.link) yield readLink(body());
      else if (type === MESSAGE.linkInfo) for (const record of this.#inHeap(body(), 8, 4)) yield readLink(record);
    }
  }

  *#attributesIn(messages: readonly Message[]) {
    for (const { type, isShared, body } of messages) {
      if (type === MESSAGE.attribute && !isShared) yield readAttribute(body(), this.#heaps);
      else if (type === MESSAGE.attributeInfo) {
        for (const record of this.#inHeap(body(), 2, 0)) yield readAttribute(record, this.#heaps);
      }
    }
  }

  /**
   * What a group or an object keeps in a heap, where it is too much for its header.
   * @param orderBytes those of the number of the last one, where that is kept
   * @param hashBytes those of a record before the heap's ID
   */
  *#inHeap(info: Cursor, orderBytes: number, hashBytes: number): Generator<Cursor> {
    info.version(0);
    if (info.u8() & 1) info.skip(orderBytes);
    const [heap, index] = [info.address(), info.address()];
    if (heap === null || index === null) return;
    const objects = new FractalHeap(this.#bytes, heap);
    for (const record of readBtree2(this.#bytes, index)) {
      record.skip(hashBytes);
      yield objects.object(record);
    }
  }
}
