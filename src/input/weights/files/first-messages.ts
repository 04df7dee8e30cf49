/** Files that begin with protobuf messages, as ONNX' do, and are none: told by the fields that open one in another. */

import { beginsWith } from "./first-bytes.ts";

/** The letters that stand for tags here are those of texts and messages, field 1, 2, …: \n, \x12, \x1a, ". */
const [FIELD_1, FIELD_2] = ["\n", "\x12"];
const LATER_FIELDS = "\x12\x1a\x22\x2a";

/** saved_model.pb: the version 1, then a MetaGraphDef that begins with its MetaInfoDef; keras_metadata.pb beside it: nodes, "root" first. */
export function looksLikeSavedModel(first: string): boolean {
  const inner = beginsWith(first, ["\x08\x01\x12"]) ? opened(first, [FIELD_2, FIELD_1], 2) : null;
  if (inner !== null) return LATER_FIELDS.includes(first.charAt(inner));
  return first[0] === FIELD_1 && first.slice(1, 16).includes("\x1a\x04root\x22");
}

/** GraphDef: nodes, each with its name and its operation. */
export function looksLikeGraph(first: string): boolean {
  const name = opened(first, [FIELD_1, FIELD_1], 0);
  if (name === null) return false;
  const behind = name + first.charCodeAt(name - 1);
  return (
    /^[\w./-]+$/.test(first.slice(name, behind)) && first[behind] === FIELD_2 && /[A-Z]/.test(first.charAt(behind + 2))
  );
}

/** Model of Core ML: a version, then the description, which begins with an input, which begins with its name. */
export function looksLikeCoreMl(first: string): boolean {
  const name = first[0] === "\x08" ? opened(first, [FIELD_2, FIELD_1, FIELD_1], 2) : null;
  return name !== null && /[\w]/.test(first.charAt(name));
}

/** Where the innermost of fields begins that open one in another from a place on; null: others stand there. */
function opened(first: string, tags: readonly string[], start: number): number | null {
  let at = start;
  for (const tag of tags) {
    if (first[at] !== tag) return null;
    at += 1;
    // the length, of as many bytes as have their highest bit set, and one more
    while (first.charCodeAt(at) >= 0x80) at += 1;
    at += 1;
  }
  return at < first.length ? at : null;
}
