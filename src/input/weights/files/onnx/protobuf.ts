/** The fields of protobuf messages, the ones that are asked for; what no message may be is an error of the file. */

import { BinaryReader, type WireType } from "@bufbuild/protobuf/wire";
import { DlstmError, failure } from "../../../../errors.ts";
import { decodeText } from "../../../text.ts";
import { decodeFloats } from "../floats.ts";
import { FLOAT_BYTES } from "../number-type.ts";

/** One field, to be read in the way that its type in the .proto says. */
export interface Field {
  /** bytes, or a message within. */
  bytes(): Uint8Array;
  /** string */
  text(): string;
  /** Whatever stands there is passed over. */
  skip(): void;
  /** int32, int64, enum. */
  integer(): number;
  float(): number;
  /** repeated int32 or int64, packed or one by one; reads no more than one beyond `most`. */
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
  #left = MOST_FIELDS;

  /**
   * What the fields of a message make of an empty one, in the file's order.
   * @throws {DlstmError} syntax, where the bytes are no message; too-large; what handlers throw.
   */
  read<Message extends object>(bytes: Uint8Array, message: Message, handlers: Handlers<Message>): Message {
    const reader = new BinaryReader(bytes);
    while (reader.pos < bytes.length) {
      this.#left -= 1;
      if (this.#left < 0) throw failure("too-large", `more than ${MOST_FIELDS} protobuf fields`);
      const [number, wireType] = this.#guard(() => reader.tag());
      const handler = Object.hasOwn(handlers, number) ? handlers[number] : undefined;
      if (handler) Object.assign(message, handler(this.#field(reader, number, wireType), message));
      else this.#guard(() => reader.skip(wireType, number));
    }
    if (reader.pos > bytes.length) throw this.#fault("a field ends behind its message");
    return message;
  }

  #field(reader: BinaryReader, number: number, wireType: WireType): Field {
    const take = <T>(expected: number, run: () => T): T => {
      if (wireType !== expected) throw this.#fault(`wire type ${wireType}, expected ${expected}`);
      return this.#guard(run);
    };
    const integer = (from: BinaryReader) => this.#safe(BigInt(from.int64()));
    return {
      bytes: () => take(DELIMITED, () => reader.bytes()),
      text: () => decodeText(take(DELIMITED, () => reader.bytes())),
      skip: () => void this.#guard(() => reader.skip(wireType, number)),
      integer: () => take(VARINT, () => integer(reader)),
      float: () => take(BIT32, () => reader.float()),
      integers: (most) => {
        if (wireType !== DELIMITED) return [take(VARINT, () => integer(reader))];
        const packed = new BinaryReader(this.#guard(() => reader.bytes()));
        const items: number[] = [];
        while (packed.pos < packed.len && items.length <= most) items.push(this.#guard(() => integer(packed)));
        return items;
      },
      floats: (type) => {
        const single = type === "F32" ? BIT32 : BIT64;
        if (wireType !== DELIMITED) {
          return Float64Array.of(take(single, () => (type === "F32" ? reader.float() : reader.double())));
        }
        const packed = this.#guard(() => reader.bytes());
        if (packed.length % FLOAT_BYTES[type] !== 0) throw this.#fault(`a list of ${type} of ${packed.length} bytes`);
        return decodeFloats(packed, type, true);
      },
    };
  }

  #safe(value: bigint): number {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw this.#fault(`the integer ${value}, expected one of at most 2^53 - 1`);
  }

  /** The library reports what it cannot read by errors of several classes. */
  #guard<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (error instanceof DlstmError) throw error;
      throw this.#fault((error as Error).message);
    }
  }

  #fault(message: string): DlstmError {
    return failure("syntax", `not an ONNX model, or a damaged one: ${message}`);
  }
}
