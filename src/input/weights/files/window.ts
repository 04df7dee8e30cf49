import type { ByteSource } from "../tensor.ts";

/** As many bytes as are read at once where few are wanted, and how often as many are kept. */
const BLOCK = 1 << 14;
const KEPT = 8;

/**
 * A file that is read in small pieces, from a few places at a time: the last blocks of it are kept, so that not every piece
 * is a call to the operating system. Large pieces are read as they are asked for, and what is passed over is not read at all.
 */
export class Window implements Pick<ByteSource, "size" | "read"> {
  readonly size: number;
  readonly #source: Pick<ByteSource, "size" | "read">;
  /** Blocks by where they begin, the one that was asked for last behind all others. */
  readonly #kept = new Map<number, Uint8Array>();
  #block: Uint8Array = new Uint8Array(0);
  #start = 0;

  constructor(source: Pick<ByteSource, "size" | "read">) {
    this.#source = source;
    this.size = source.size;
  }

  /** Exactly so many bytes from there on, which the caller leaves as they are. */
  read(start: number, length: number, room?: Uint8Array): Uint8Array {
    const offset = start % BLOCK;
    if (length === 0 || offset + length > BLOCK) return this.#source.read(start, length, room);
    if (start - offset !== this.#start || this.#block.length === 0) this.#load(start - offset);
    return this.#block.subarray(offset, offset + length);
  }

  /** The byte at a place inside the file. */
  byteAt(at: number): number {
    const offset = at - this.#start;
    if (offset >= 0 && offset < this.#block.length) return this.#block[offset];
    this.#load(at - (at % BLOCK));
    return this.#block[at - this.#start];
  }

  #load(start: number): void {
    this.#block = this.#kept.get(start) ?? this.#source.read(start, Math.min(BLOCK, this.size - start));
    this.#start = start;
    this.#kept.delete(start);
    this.#kept.set(start, this.#block);
    const [first] = this.#kept.keys();
    if (this.#kept.size > KEPT && first !== undefined) this.#kept.delete(first);
  }
}

/** Bytes of a file by their place. */
export interface Span {
  readonly start: number;
  readonly length: number;
}
