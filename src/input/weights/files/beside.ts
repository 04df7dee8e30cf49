/** Files that a file names beside it: the data of an ONNX model, the shards of TensorFlow.js and Keras. */

import { type DlstmError, failure } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import type { ByteSource } from "../tensor.ts";

/** Far above what writers of shards nest. */
const MOST_PARTS = 16;

/**
 * The file that stands at `location`, a plain relative name in the folder of the file that names it, or in one below:
 * what onnx and onnxruntime let through. What is behind the name (a link, a device) its opener looks at.
 *
 * @param location as the file has it: `model.onnx.data`, `weights/model.bin`
 * @throws {DlstmError} unsupported, where the name is no such name, or where the file came from standard input; what the
 * opener throws.
 */
export function besideOf(source: ByteSource, location: string): ByteSource {
  const parts = location.split("/");
  const fault = faultOf(location, parts);
  if (fault !== null) throw refused(location, fault);
  if (source.beside === undefined) {
    const message =
      "its data is in this file beside it, which nothing tells of standard input; expected the file's path";
    throw failure("unsupported", message, { place: excerpt(location) });
  }
  return source.beside(parts);
}

function faultOf(location: string, parts: readonly string[]): string | null {
  if (location === "") return "an empty name";
  if (/\p{Cc}/u.test(location)) return "a control character";
  // a drive, a stream of NTFS, the scheme of an address
  if (/[\\:]/.test(location)) return location.includes("\\") ? "a backslash" : "a colon";
  if (parts.some((part) => part === "" || part === "." || part === ".."))
    return "an absolute name, or one with . or ..";
  return parts.length > MOST_PARTS ? `more than ${MOST_PARTS} parts` : null;
}

function refused(location: string, fault: string): DlstmError {
  const message = `${fault}, expected a plain name of a file in the folder of the one that names it, or below it`;
  return failure("unsupported", message, { place: excerpt(location) || "the name of a file beside it" });
}
