/** The data of a tensor that stands in another file (onnx/docs/ExternalData.md). */

import { type DlstmError, failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Span, Window } from "../window.ts";
import type { OnnxFile } from "./file.ts";

/** Where it stands, by the keys of the format: `location`, and `offset` and `length` in decimal. */
export type External = ReadonlyMap<string, string>;

/** Bytes and the file in which they stand. */
export interface Data {
  readonly window: Window;
  readonly span: Span;
}

/**
 * Where the bytes of a tensor stand: exactly as many as its shape takes, inside the file.
 * @param place the tensor's name
 * @throws {DlstmError} syntax; what {@link OnnxFile.dataIn} throws.
 */
export function externalData(file: OnnxFile, external: External, bytes: number, place: string): Data {
  const offset = decimal(external, "offset", place) ?? 0;
  const length = decimal(external, "length", place);
  const location = external.get("location") ?? "";
  if (length !== null && length !== bytes) throw wrongLength(length, bytes, location, place);
  const window = file.dataIn(location);
  if (length === null && window.size - offset !== bytes) {
    throw wrongLength(Math.max(0, window.size - offset), bytes, location, place);
  }
  if (offset + bytes > window.size) {
    const message = `its data ends at byte ${offset + bytes} of ${excerpt(location)}, which has ${window.size}: truncated?`;
    throw failure("syntax", message, { place });
  }
  return { window, span: { start: offset, length: bytes } };
}

/** @throws {DlstmError} syntax, for anything but digits. */
function decimal(external: External, key: string, place: string): number | null {
  const text = external.get(key);
  if (text === undefined) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw failure("syntax", `the ${key} "${excerpt(text)}" of its data, expected digits`, { place });
}

function wrongLength(found: number, expected: number, location: string, place: string): DlstmError {
  const message = `${found} bytes of data in ${excerpt(location)}, expected the ${expected} of its shape`;
  return failure("syntax", message, { place });
}
