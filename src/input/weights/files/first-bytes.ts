/** What the first bytes of a file, one character each, say of its kind. */

import { isUtf8 } from "node:buffer";

/** Eight bytes of length, of which the format's limit leaves the upper four zero, then a brace: no other kind begins so. */
export function beginsAsSafetensors(first: string): boolean {
  return first.slice(4, 9) === "\0\0\0\0{";
}

/** The same with any length: eight bytes that no text begins with, then a brace. */
export function looksLikeSafetensors(first: string): boolean {
  const length = first.slice(0, 8);
  const isText = looksLikeText(length) && (/^[\s[{"]/.test(length) || isUtf8(Buffer.from(length, "latin1")));
  return first[8] === "{" && !isText;
}

/** A ModelProto begins with its field 1, ir_version, and goes on with another of these: tag bytes of onnx.proto. */
const IR_VERSION = "\x08";
const OTHER_FIELDS = "\x12\x1a\x22\x28\x32\x3a\x42\x72\xa2";

export function looksLikeOnnx(first: string): boolean {
  return first.length > 2 && first[0] === IR_VERSION && first[1] < "\x80" && OTHER_FIELDS.includes(first[2]);
}

/** A map of msgpack, of any length but 0, whose first key is text or a small integer. */
export function looksLikeMsgpackMap(first: string): boolean {
  const head = first.charCodeAt(0);
  const key = first.charCodeAt(head === 0xde ? 3 : head === 0xdf ? 5 : 1);
  const isMap = (head > 0x80 && head < 0x90) || head === 0xde || head === 0xdf;
  return isMap && (key < 16 || (key >= 0xa0 && key < 0xc0) || key === 0xd9 || key === 0xda);
}

/** No control characters but white space; or UTF-16, which the JSON reader refuses by name. */
export function looksLikeText(first: string): boolean {
  const start = first.replace(/^\0{1,3}/, "");
  if (/^(\xff\xfe|\xfe\xff)/.test(first) || /^[[{"]\0/.test(start)) return true;
  return Array.from(first, (character) => character.charCodeAt(0)).every((code) => {
    return (code >= 0x20 && code !== 0x7f) || code === 9 || code === 10 || code === 13;
  });
}

/** What a pickle of protocol 2 to 5 begins with: the protocol, then the first opcode of an object. */
const PROTOCOLS = ["\x80\x02", "\x80\x03", "\x80\x04", "\x80\x05"];
const OPCODES = "\x88\x89\x8a\x8b\x8f\x95(])}BCGIJKLMNSTUVXc";

export function looksLikePickle(first: string): boolean {
  return first.length > 2 && beginsWith(first, PROTOCOLS) && OPCODES.includes(first[2]);
}

/** The magic number of torch.save before 1.6, which is a pickle of its own; from protocol 4 on it stands in a frame. */
const TORCH_MAGIC = "\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";

export function beginsAsLegacyTorch(first: string): boolean {
  return beginsWith(first, PROTOCOLS) && [2, 11].some((at) => first.startsWith(TORCH_MAGIC, at));
}

/** gzip, bzip2, xz, zstd */
const COMPRESSED = ["\x1f\x8b\x08", "\xfd7zXZ\0", "\x28\xb5\x2f\xfd"];

export function looksCompressed(first: string): boolean {
  return beginsWith(first, COMPRESSED) || /^BZh[1-9]1AY&SY/.test(first);
}

export function beginsWith(first: string, starts: readonly string[]): boolean {
  return starts.some((start) => first.startsWith(start));
}
