/** What a group holds, by name (specification, IV.A.2.g). */

import { failure } from "../../../../errors.ts";
import type { Cursor } from "./cursor.ts";

export interface Link {
  readonly name: string;
  /** The address of the object's header, or what kind of link it is that is not followed. */
  readonly target: number | "a soft link" | "an external link" | "an unknown link";
}

/** A link message. @throws {DlstmError} syntax, unsupported, encoding. */
export function readLink(body: Cursor): Link {
  body.version(1);
  const flags = body.u8();
  const kind = flags & 8 ? body.u8() : 0;
  if (flags & 4) body.skip(8);
  if (flags & 16) body.skip(1);
  const length = body.uint(1 << (flags & 3));
  const name = body.text(length);
  if (name === "") throw failure("syntax", "damaged HDF5 file: a link without a name");
  if (kind === 0) return { name, target: body.definedAddress() };
  return { name, target: kind === 1 ? "a soft link" : kind === 64 ? "an external link" : "an unknown link" };
}
