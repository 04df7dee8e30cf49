/** What stands in the bytes of one structure, in its order; all numbers are little-endian. */

import { isUtf8 } from "node:buffer";
import { failure } from "../../../../errors.ts";
import { damaged } from "./damaged.ts";

/** How many bytes addresses and lengths take, as the superblock says. */
export interface Widths {
  readonly offset: number;
  readonly length: number;
}

export class Cursor {
  readonly #bytes: Buffer;
  readonly #widths: Widths;
  readonly #what: string;
  #at = 0;

  /** @param what how messages name the structure and its place */
  constructor(bytes: Uint8Array, widths: Widths, what: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#widths = widths;
    this.#what = what;
  }

  /** How many bytes have been taken, and how many are left. */
  get at(): number {
    return this.#at;
  }
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** @throws {DlstmError} syntax, where fewer are left. */
  bytes(length: number): Uint8Array {
    if (!(length >= 0 && length <= this.left)) throw this.fault(`${length} bytes are needed, ${this.left} left`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  skip(length: number): void {
    this.bytes(length);
  }

  /** Skips what fills up a multiple of so many bytes. */
  align(multiple: number): void {
    this.skip((multiple - (this.#at % multiple)) % multiple);
  }

  /** A structure within this one. */
  part(length: number): Cursor {
    return this.over(this.bytes(length));
  }

  /** Bytes that were taken from here, from their beginning. */
  over(bytes: Uint8Array): Cursor {
    return new Cursor(bytes, this.#widths, this.#what);
  }

  /** A count of so many bytes. @throws {DlstmError} syntax, where it is above 2^53 − 1. */
  uint(length: number): number {
    const bytes = this.bytes(length);
    let value = 0;
    for (let k = length - 1; k >= 0; k--) value = 256 * value + bytes[k];
    if (!Number.isSafeInteger(value)) throw this.fault(`a number of about ${value.toExponential(2)}`);
    return value;
  }

  u8(): number {
    return this.uint(1);
  }
  u16(): number {
    return this.uint(2);
  }
  u32(): number {
    return this.uint(4);
  }

  length(): number {
    return this.uint(this.#widths.length);
  }

  /** An address; null is HDF5's undefined one, all bits set. */
  address(): number | null {
    const { offset } = this.#widths;
    if (this.left >= offset && this.#bytes.subarray(this.#at, this.#at + offset).every((byte) => byte === 0xff)) {
      this.skip(offset);
      return null;
    }
    return this.uint(offset);
  }

  /** An address that has to be there. */
  definedAddress(): number {
    const address = this.address();
    if (address === null) throw this.fault("an undefined address");
    return address;
  }

  /** Text that ends at its first NUL, or after so many bytes. @throws {DlstmError} encoding, where it is no UTF-8. */
  text(length: number): string {
    const bytes = this.bytes(length);
    const end = bytes.indexOf(0);
    const text = end < 0 ? bytes : bytes.subarray(0, end);
    if (!isUtf8(text)) throw failure("encoding", `damaged HDF5 file: ${this.#what}: text that is not UTF-8`);
    return Buffer.from(text).toString("utf8");
  }

  /** @throws {DlstmError} syntax, where other letters stand here. */
  expect(letters: string): void {
    const found = Buffer.from(this.bytes(letters.length)).toString("latin1");
    if (found !== letters) throw this.fault(`${JSON.stringify(found)}, expected ${JSON.stringify(letters)}`);
  }

  /** A version. @throws {DlstmError} unsupported, where it is none of those. */
  version(...known: readonly number[]): number {
    const version = this.u8();
    if (known.includes(version)) return version;
    throw failure("unsupported", `${this.#what}: version ${version}, expected ${known.join(" or ")}`);
  }

  fault(message: string) {
    return damaged(`${this.#what}: ${message}`);
  }
}
