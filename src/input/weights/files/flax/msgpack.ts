/** msgpack (its specification of 2017), as far as Flax writes it: every type but timestamps, which are extensions. */

import { type DlstmError, failure } from "../../../../errors.ts";
import { decodeText } from "../../../text.ts";
import { Cursor } from "../cursor.ts";
import type { Span, Window } from "../window.ts";

export type Item =
  | { readonly kind: "map"; readonly entries: readonly (readonly [key: string, item: Item])[] }
  | { readonly kind: "list"; readonly items: readonly Item[] }
  | { readonly kind: "value"; readonly value: string | number | boolean | null }
  | { readonly kind: "bytes"; readonly span: Span }
  | { readonly kind: "extension"; readonly type: number; readonly span: Span };

/** How deep maps and lists may nest, how many items there may be, how long a text may be: far above any model's. */
const DEEPEST = 64;
const MOST_ITEMS = 2 ** 20;
const MOST_TEXT = 2 ** 16;

/**
 * The one item of a part of a file. Of bytes and extensions only the place is told; nothing is made room for that the file
 * has no bytes for.
 * @throws {DlstmError} syntax, encoding, too-large.
 */
export function readMsgpack(window: Window, span: Span): Item {
  const cursor = new Cursor(window, span, () => damaged("it ends before what it says to hold"));
  const item = new MsgpackReader(cursor).item(0);
  if (cursor.left > 0) throw damaged(`${cursor.left} bytes behind its end`);
  return item;
}

class MsgpackReader {
  readonly #cursor: Cursor;
  #left = MOST_ITEMS;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  item(depth: number): Item {
    this.#left -= 1;
    if (this.#left < 0) throw tooMany();
    if (depth > DEEPEST) throw failure("too-large", `maps and lists more than ${DEEPEST} deep`);
    const first = this.#cursor.byte();
    if (first < 0x80) return value(first);
    if (first < 0x90) return this.#map(first & 15, depth);
    if (first < 0xa0) return this.#list(first & 15, depth);
    if (first < 0xc0) return this.#text(first & 31);
    if (first >= 0xe0) return value(first - 256);
    return this.#long(first, depth);
  }

  /** What begins with a byte that says the type alone. */
  #long(first: number, depth: number): Item {
    if (first === 0xc0) return value(null);
    if (first === 0xc2 || first === 0xc3) return value(first === 0xc3);
    if (first >= 0xc4 && first <= 0xc6) return { kind: "bytes", span: this.#cursor.pass(this.#count(first - 0xc4)) };
    if (first >= 0xc7 && first <= 0xc9) return this.#extension(this.#count(first - 0xc7));
    if (first === 0xca) return value(this.#view(4).getFloat32(0));
    if (first === 0xcb) return value(this.#view(8).getFloat64(0));
    if (first >= 0xcc && first <= 0xcf) return value(this.#count(first - 0xcc));
    if (first >= 0xd0 && first <= 0xd3) return value(this.#signed(first - 0xd0));
    if (first >= 0xd4 && first <= 0xd8) return this.#extension(2 ** (first - 0xd4));
    if (first >= 0xd9 && first <= 0xdb) return this.#text(this.#count(first - 0xd9));
    if (first === 0xdc || first === 0xdd) return this.#list(this.#count(first - 0xdb), depth);
    if (first === 0xde || first === 0xdf) return this.#map(this.#count(first - 0xdd), depth);
    throw damaged("a byte 0xc1, which msgpack never has");
  }

  #map(count: number, depth: number): Item {
    this.#requireRoom(2 * count);
    const entries = Array.from({ length: count }, () => [this.#key(depth), this.item(depth + 1)] as const);
    return { kind: "map", entries };
  }

  #list(count: number, depth: number): Item {
    this.#requireRoom(count);
    return { kind: "list", items: Array.from({ length: count }, () => this.item(depth + 1)) };
  }

  /** Text, or the number of a part of a list. */
  #key(depth: number): string {
    const item = this.item(depth + 1);
    if (item.kind === "value" && (typeof item.value === "string" || Number.isSafeInteger(item.value))) {
      return String(item.value);
    }
    throw damaged("a key that is neither text nor an integer");
  }

  #text(length: number): Item {
    if (length > MOST_TEXT) throw failure("too-large", `a text of ${length} bytes, expected at most ${MOST_TEXT}`);
    return value(decodeText(this.#cursor.bytes(length)));
  }

  #extension(length: number): Item {
    const type = this.#view(1).getInt8(0);
    return { kind: "extension", type, span: this.#cursor.pass(length) };
  }

  /** Every item takes a byte at least. */
  #requireRoom(items: number): void {
    if (items > this.#cursor.left) throw damaged(`${items} items in ${this.#cursor.left} bytes`);
    if (items > this.#left) throw tooMany();
  }

  /** An unsigned integer of 2^power bytes; beyond 2^53 it is none that anything could be counted by. */
  #count(power: number): number {
    const bytes = this.#view(2 ** power);
    if (power === 3) return Number(bytes.getBigUint64(0));
    return power === 0 ? bytes.getUint8(0) : power === 1 ? bytes.getUint16(0) : bytes.getUint32(0);
  }

  #signed(power: number): number {
    const bytes = this.#view(2 ** power);
    if (power === 3) return Number(bytes.getBigInt64(0));
    return power === 0 ? bytes.getInt8(0) : power === 1 ? bytes.getInt16(0) : bytes.getInt32(0);
  }

  #view(length: number): DataView {
    const bytes = this.#cursor.bytes(length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }
}

function value(of: string | number | boolean | null): Item {
  return { kind: "value", value: of };
}

function tooMany(): DlstmError {
  return failure("too-large", `more than ${MOST_ITEMS} items of msgpack`);
}

function damaged(message: string): DlstmError {
  return failure("syntax", `damaged msgpack: ${message}`);
}
