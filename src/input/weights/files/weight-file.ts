/** A file of weights, its kind told by what it holds, never by its name. */

import { isUtf8 } from "node:buffer";
import { failure, withProblems } from "../../../errors.ts";
import { parseJson } from "../../json.ts";
import { jsonIn } from "../../json-file.ts";
import { decodeText } from "../../text.ts";
import type { ByteSource, Tensor } from "../tensor.ts";
import { foreignByFirstBytes, foreignByMembers } from "./foreign-file.ts";
import { readNpyFile } from "./npy.ts";
import { readNpz } from "./npz.ts";
import { readSafetensors } from "./safetensors.ts";
import { readZipDirectory } from "./zip-directory.ts";

/** ONNX is told, but read by `readOnnx`, whose library loads when it is called. */
export type WeightFile =
  | { readonly kind: "safetensors" | "npz" | "npy"; readonly tensors: readonly Tensor[] }
  | { readonly kind: "json"; readonly json: unknown }
  | { readonly kind: "onnx" };

const EXPECTED = "expected JSON, safetensors, npz, npy or ONNX";

/** Enough to tell the kinds apart. */
const FIRST_BYTES = 64;

/** A ModelProto begins with its field 1, ir_version, and goes on with another of these: tag bytes of onnx.proto. */
const IR_VERSION = "\x08";
const OTHER_FIELDS = "\x12\x1a\x22\x28\x32\x3a\x42\x72\xa2";

/**
 * @throws {DlstmError} unsupported or syntax for other files, with what is expected; what the reader of its kind throws.
 */
export function openWeightFile(source: ByteSource): WeightFile {
  const json = jsonIn(source);
  if (json !== undefined) return { kind: "json", json };
  const { size } = source;
  const first = Buffer.from(source.read(0, Math.min(FIRST_BYTES, size))).toString("latin1");
  // first of all: the length that a header begins with may be any other kind's first bytes
  if (beginsAsSafetensors(first)) return { kind: "safetensors", tensors: readSafetensors(source) };
  if (first.startsWith("PK\x03\x04") || first.startsWith("PK\x05\x06")) return openZip(source);
  if (first.startsWith("\x93NUMPY")) return { kind: "npy", tensors: [readNpyFile(source)] };
  const foreign = foreignByFirstBytes(first);
  if (foreign !== null) throw failure("unsupported", foreign);
  // a length beyond the format's limit, which its reader refuses by name
  if (looksLikeSafetensors(first)) return { kind: "safetensors", tensors: readSafetensors(source) };
  if (looksLikeOnnx(first)) return { kind: "onnx" };
  if (looksLikeText(first)) return { kind: "json", json: readText(source, first) };
  throw failure("syntax", `no kind of file that is known: ${EXPECTED}`);
}

/** Text that does not begin as a JSON object or list may be meant as anything: what is read is told with its fault. */
function readText(source: ByteSource, first: string): unknown {
  const text = decodeText(source.read(0, source.size));
  const isMeantAsJson = /^(\xef\xbb\xbf)?\s*([[{]|$)/.test(first);
  return withProblems(
    () => parseJson(text),
    (problem) => (isMeantAsJson ? problem : { ...problem, message: `${problem.message}; ${EXPECTED}` }),
  );
}

/** Eight bytes of length, of which the format's limit leaves the upper four zero, then a brace: no other kind begins so. */
function beginsAsSafetensors(first: string): boolean {
  return first.slice(4, 9) === "\0\0\0\0{";
}

/** The same with any length: eight bytes that no text begins with, then a brace. */
function looksLikeSafetensors(first: string): boolean {
  const length = first.slice(0, 8);
  const isText = looksLikeText(length) && (/^[\s[{"]/.test(length) || isUtf8(Buffer.from(length, "latin1")));
  return first[8] === "{" && !isText;
}

function looksLikeOnnx(first: string): boolean {
  return first.length > 2 && first[0] === IR_VERSION && first[1] < "\x80" && OTHER_FIELDS.includes(first[2]);
}

/** No control characters but white space; or UTF-16, which the JSON reader refuses by name. */
function looksLikeText(first: string): boolean {
  const start = first.replace(/^\0{1,3}/, "");
  if (/^(\xff\xfe|\xfe\xff)/.test(first) || /^[[{"]\0/.test(start)) return true;
  return Array.from(first, (character) => character.charCodeAt(0)).every((code) => {
    return (code >= 0x20 && code !== 0x7f) || code === 9 || code === 10 || code === 13;
  });
}

function openZip(source: ByteSource): WeightFile {
  const members = readZipDirectory(source);
  const foreign = foreignByMembers(members.map(({ name }) => name));
  if (foreign !== null) throw failure("unsupported", foreign);
  return { kind: "npz", tensors: readNpz(source, members) };
}
