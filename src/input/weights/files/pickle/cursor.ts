/** Bytes read one after another, a piece at a time. */

import { type DlstmError, failure } from "../../../../errors.ts";
import type { ByteSource } from "../../tensor.ts";

const PIECE = 1 << 16;

export class Cursor {
  readonly #source: Pick<ByteSource, "size" | "read">;
  #piece: Buffer = Buffer.alloc(0);
  /** Where the piece begins in the source. */
  #start = 0;
  /** Where in the piece the next byte is. */
  #next = 0;

  constructor(source: Pick<ByteSource, "size" | "read">, start = 0) {
    this.#source = source;
    this.#start = start;
  }

  get at(): number {
    return this.#start + this.#next;
  }

  /** @throws {DlstmError} syntax, where fewer are left. */
  bytes(length: number): Buffer {
    this.#require(length);
    this.#next += length;
    return this.#piece.subarray(this.#next - length, this.#next);
  }

  /** Passes over bytes without reading them. */
  skip(length: number): void {
    const { at } = this;
    if (length > this.#source.size - at) throw this.#cutOff(length);
    if (this.#next + length <= this.#piece.length) this.#next += length;
    else {
      this.#start = at + length;
      this.#piece = Buffer.alloc(0);
      this.#next = 0;
    }
  }

  u8(): number {
    if (this.#next === this.#piece.length) this.#require(1);
    this.#next += 1;
    return this.#piece[this.#next - 1];
  }

  u16(): number {
    return this.bytes(2).readUInt16LE();
  }

  u32(): number {
    return this.bytes(4).readUInt32LE();
  }

  i32(): number {
    return this.bytes(4).readInt32LE();
  }

  f64(): number {
    return this.bytes(8).readDoubleBE();
  }

  /** A length of 64 bits. */
  length64(): number {
    const length = this.bytes(8).readBigUInt64LE();
    if (length > Number.MAX_SAFE_INTEGER) throw this.#cutOff(length);
    return Number(length);
  }

  /** Up to the end of the line, which is passed over. */
  line(most: number): string {
    const end = this.#piece.indexOf(0x0a, this.#next);
    if (end < 0) this.#require(Math.min(most + 1, this.#source.size - this.at));
    const { at } = this;
    const length = this.#piece.indexOf(0x0a, this.#next) - this.#next;
    if (length < 0 || length > most) throw failure("syntax", `no line of at most ${most} bytes at byte ${at}`);
    const text = this.bytes(length).toString("utf8");
    this.#next += 1;
    return text;
  }

  #require(length: number): void {
    if (this.#next + length <= this.#piece.length) return;
    const { at } = this;
    const left = this.#source.size - at;
    if (length > left) throw this.#cutOff(length);
    const bytes = this.#source.read(at, Math.min(Math.max(length, PIECE), left));
    this.#piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#start = at;
    this.#next = 0;
  }

  #cutOff(length: number | bigint): DlstmError {
    return failure("syntax", `${length} bytes expected from byte ${this.at} on, of ${this.#source.size}: truncated?`);
  }
}
