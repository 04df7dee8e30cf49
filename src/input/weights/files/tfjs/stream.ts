import { failure } from "../../../../errors.ts";
import { counted } from "../../../../words/counted.ts";
import { excerpt } from "../../../excerpt.ts";
import type { ByteSource } from "../../tensor.ts";
import { besideOf } from "../beside.ts";
import { Cursor } from "../cursor.ts";
import { type Span, Window } from "../window.ts";
import type { Entry, Group } from "./manifest.ts";

/** The bytes of a group of tensors: its files one after the other. */
export class Stream implements Pick<ByteSource, "size" | "read"> {
  readonly size: number;
  /** Where the numbers of each tensor stand. */
  readonly spans: ReadonlyMap<Entry, Span>;
  readonly #shards: readonly ByteSource[];

  /**
   * Opens the files.
   * @throws {DlstmError} syntax, where they are not as long as the manifest says; what the opener of one throws.
   */
  constructor(model: ByteSource, { paths, entries }: Group) {
    this.#shards = paths.map((path) => besideOf(model, path));
    this.size = this.#shards.reduce((sum, shard) => sum + shard.size, 0);
    const spans = new Map<Entry, Span>();
    let start = 0;
    for (const entry of entries) {
      const { count, bytesPerEntry } = entry;
      const length = bytesPerEntry === null ? this.#textBytes(start, entry) : count * bytesPerEntry;
      spans.set(entry, { start, length });
      start += length;
    }
    if (start !== this.size) throw wrongSize(paths, this.size, start);
    this.spans = spans;
  }

  /** Exactly so many bytes from there on, across files if need be. */
  read(start: number, length: number, room: Uint8Array = new Uint8Array(length)): Uint8Array {
    let from = start;
    let done = 0;
    for (const shard of this.#shards) {
      const count = Math.min(length - done, shard.size - from);
      if (from >= 0 && count > 0) {
        // in one file: nothing need be put together
        if (count === length) return shard.read(from, length, room);
        room.set(shard.read(from, count), done);
        done += count;
        from += count;
      }
      from -= shard.size;
    }
    return room.subarray(0, length);
  }

  /** Texts, each behind its length in four bytes. */
  #textBytes(start: number, { count, name }: Entry): number {
    const ended = () => failure("syntax", "its texts end behind the files: truncated?", { place: excerpt(name) });
    if (start > this.size) throw ended();
    const cursor = new Cursor(new Window(this), { start, length: this.size - start }, ended);
    for (let k = 0; k < count; k++) {
      const bytes = cursor.bytes(4);
      cursor.pass(new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true));
    }
    return cursor.at - start;
  }
}

function wrongSize(paths: readonly string[], size: number, expected: number) {
  const many = paths.length > 1 ? ` in ${counted(paths.length, "file")}` : "";
  const why = size < expected ? "truncated?" : "what follows?";
  const message = `${size} bytes${many}, expected ${expected}, as many as the tensors of its group take: ${why}`;
  return failure("syntax", message, {
    place:
      paths
        .map((path) => excerpt(path))
        .slice(0, 4)
        .join(", ") || null,
  });
}
