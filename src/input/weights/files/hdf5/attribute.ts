/** Attributes of groups and datasets: those of text, which is all that is asked of them (specification, IV.A.2.m). */

import { entryCount } from "../shape.ts";
import type { Cursor } from "./cursor.ts";
import { readDataspace } from "./dataspace.ts";
import { type Datatype, readDatatype } from "./datatype.ts";
import type { GlobalHeaps } from "./global-heap.ts";

export interface Attribute {
  readonly name: string;
  /** One text, or several; null where it holds anything else. @throws {DlstmError} syntax, encoding. */
  readonly texts: () => readonly string[] | null;
}

/** The attributes of a group or a dataset. */
export class Attributes {
  readonly #all: ReadonlyMap<string, Attribute>;

  constructor(all: readonly Attribute[]) {
    this.#all = new Map(all.map((attribute) => [attribute.name, attribute]));
  }

  /** The texts of an attribute; null where there is none of that name, or where it holds anything else. */
  texts(name: string): readonly string[] | null {
    return this.#all.get(name)?.texts() ?? null;
  }

  /** The same of an attribute of one text. */
  text(name: string): string | null {
    const texts = this.texts(name);
    return texts?.length === 1 ? texts[0] : null;
  }
}

/** @throws {DlstmError} syntax, unsupported, encoding. */
export function readAttribute(body: Cursor, heaps: GlobalHeaps): Attribute {
  const version = body.version(1, 2, 3);
  const flags = body.u8();
  const lengths = [body.u16(), body.u16(), body.u16()];
  if (version === 3) body.skip(1);
  const [name, type, space] = lengths.map((length) => {
    const bytes = body.bytes(length);
    if (version === 1) body.skip((8 - (length % 8)) % 8);
    return bytes;
  });
  const data = body.bytes(body.left);
  return {
    name: body.over(name).text(name.length),
    texts() {
      // a datatype or a shape that stands elsewhere
      if (version > 1 && (flags & 3) !== 0) return null;
      const shape = readDataspace(body.over(space));
      const datatype = readDatatype(body.over(type));
      return shape === null || datatype.type !== "text" ? null : textsOf(body.over(data), shape, datatype, heaps);
    },
  };
}

function textsOf(data: Cursor, shape: readonly number[], type: Datatype, heaps: GlobalHeaps): string[] {
  const count = entryCount(shape);
  if (type.size === 0 || count === null || count * type.size > data.left) {
    throw data.fault(`${shape.join(" × ")} texts of ${type.size} bytes in ${data.left}`);
  }
  return Array.from({ length: count }, () => {
    if (!type.isVariable) return data.text(type.size);
    const length = data.u32();
    const [address, index] = [data.address(), data.u32()];
    if (length === 0 || address === null || address === 0) return "";
    const object = heaps.object(address, index);
    if (object === undefined) throw data.fault(`no object ${index} in the global heap at byte ${address}`);
    return data.over(object).text(length);
  });
}
