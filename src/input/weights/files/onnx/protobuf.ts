/** The fields of protobuf messages, the ones that are asked for, by position; what no message may be is an error of the file. */

import { type DlstmError, failure } from "../../../../errors.ts";
import { decodeText } from "../../../text.ts";
import { Cursor } from "../cursor.ts";
import { decodeFloats } from "../floats.ts";
import { FLOAT_BYTES } from "../number-type.ts";
import type { Span, Window } from "../window.ts";

/** One field, to be read in the way that its type in the .proto says. */
export interface Field {
  /** Where bytes, or a message within, stand. */
  span(): Span;
  /** string */
  text(): string;
  /** int32, int64, enum. */
  integer(): number;
  float(): number;
  /** repeated int32 or int64, packed or one by one; reads no more than one beyond `most`, and none beyond 2^53 exactly. */
  integers(most: number): readonly number[];
  /** repeated float (F32) or double (F64), packed or one by one. */
  floats(type: "F32" | "F64"): Float64Array;
}

/** By number of field, what it changes of the message so far; fields of other numbers are passed over. */
export type Handlers<Message> = Readonly<
  Record<number, (field: Field, message: Message) => Partial<Message> | undefined>
>;

const VARINT = 0;
const BIT64 = 1;
const DELIMITED = 2;
const BIT32 = 5;

/** Far above a model's count of fields; a hostile file of 1 GiB could hold fifty times as many, which take minutes. */
const MOST_FIELDS = 10_000_000;

export class ProtobufReader {
  readonly window: Window;
  #left = MOST_FIELDS;

  constructor(window: Window) {
    this.window = window;
  }

  /**
   * What the fields of a message make of an empty one, in the file's order.
   * @throws {DlstmError} syntax, where the bytes are no message; too-large; what handlers throw.
   */
  read<Message extends object>(span: Span, message: Message, handlers: Handlers<Message>): Message {
    const cursor = new Cursor(this.window, span, cutOff);
    while (cursor.left > 0) {
      this.#left -= 1;
      if (this.#left < 0) throw failure("too-large", `more than ${MOST_FIELDS} protobuf fields`);
      const tag = Number(varint(cursor));
      const [number, wireType] = [Math.floor(tag / 8), tag % 8];
      if (number === 0 || tag >= 2 ** 32) throw fault(`an illegal tag, ${tag}`);
      const value = passValue(cursor, wireType);
      const handler = Object.hasOwn(handlers, number) ? handlers[number] : undefined;
      if (handler) Object.assign(message, handler(new FoundField(this.window, wireType, value), message));
    }
    return message;
  }
}

class FoundField implements Field {
  readonly #window: Window;
  readonly #wireType: number;
  readonly #value: Span;

  constructor(window: Window, wireType: number, value: Span) {
    this.#window = window;
    this.#wireType = wireType;
    this.#value = value;
  }

  span(): Span {
    this.#require(DELIMITED);
    return this.#value;
  }

  text(): string {
    return decodeText(this.#bytes(DELIMITED));
  }

  integer(): number {
    return safe(signed(this.#open(VARINT)));
  }

  float(): number {
    return decodeFloats(this.#bytes(BIT32), "F32", true)[0];
  }

  integers(most: number): readonly number[] {
    if (this.#wireType !== DELIMITED) return [Number(signed(this.#open(VARINT)))];
    const packed = this.#open(DELIMITED);
    const items: number[] = [];
    while (packed.left > 0 && items.length <= most) items.push(Number(signed(packed)));
    return items;
  }

  floats(type: "F32" | "F64"): Float64Array {
    const single = type === "F32" ? BIT32 : BIT64;
    const packed = this.#bytes(this.#wireType === DELIMITED ? DELIMITED : single);
    if (packed.length % FLOAT_BYTES[type] !== 0) throw fault(`a list of ${type} of ${packed.length} bytes`);
    return decodeFloats(packed, type, true);
  }

  #require(wireType: number): void {
    if (this.#wireType !== wireType) throw fault(`wire type ${this.#wireType}, expected ${wireType}`);
  }

  #open(wireType: number): Cursor {
    this.#require(wireType);
    return new Cursor(this.#window, this.#value, cutOff);
  }

  #bytes(wireType: number): Uint8Array {
    this.#require(wireType);
    return this.#window.read(this.#value.start, this.#value.length);
  }
}

/** Where the value behind a tag stands, which is passed over. */
function passValue(cursor: Cursor, wireType: number): Span {
  if (wireType === DELIMITED) return cursor.pass(Number(varint(cursor)));
  if (wireType === BIT32 || wireType === BIT64) return cursor.pass(wireType === BIT32 ? 4 : 8);
  if (wireType !== VARINT) throw fault(`wire type ${wireType}, expected 0, 1, 2 or 5`);
  const start = cursor.at;
  varint(cursor);
  return { start, length: cursor.at - start };
}

/** Seven bits a byte, the lowest first, of 64 at most. */
function varint(cursor: Cursor): number | bigint {
  let low = 0;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = cursor.byte();
    low |= (byte & 127) << shift;
    if (byte < 128) return low;
  }
  let value = BigInt(low);
  for (let shift = 28n; shift < 70n; shift += 7n) {
    const byte = cursor.byte();
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return BigInt.asUintN(64, value);
  }
  throw fault("a varint of more than 10 bytes");
}

function signed(cursor: Cursor): bigint | number {
  const value = varint(cursor);
  return typeof value === "number" ? value : BigInt.asIntN(64, value);
}

function safe(value: bigint | number): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw fault(`the integer ${value}, expected one of at most 2^53 - 1`);
}

function cutOff(): DlstmError {
  return fault("a field ends behind its message: truncated?");
}

function fault(message: string): DlstmError {
  return failure("syntax", `not an ONNX model, or a damaged one: ${message}`);
}
