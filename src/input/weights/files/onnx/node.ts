/** NodeProto and AttributeProto: one operation of an ONNX model (onnx/onnx.proto, numbers of fields as there). */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import { decodeText } from "../../../text.ts";
import type { ProtobufReader } from "./protobuf.ts";

/** Far above what models have in an attribute, or among the inputs of a node. */
const MOST_REPEATED = 64;

/** ONNX's own operators. */
export const OWN_DOMAINS: readonly string[] = ["", "ai.onnx"];

export interface Node {
  readonly name: string;
  readonly domain: string;
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

export interface Attribute {
  float?: number;
  integer?: number;
  text?: string;
  tensor?: Uint8Array;
  floats?: number[];
  integers?: number[];
  texts?: string[];
}

/** @throws {DlstmError} syntax, encoding, duplicate-key, too-large. */
export function parseNode(bytes: Uint8Array, protobuf: ProtobufReader): Node {
  const inputs: Uint8Array[] = [];
  const outputs: Uint8Array[] = [];
  const attributes: Uint8Array[] = [];
  const { name, type, domain } = protobuf.read(
    bytes,
    { name: "", type: "", domain: "" },
    {
      1: (field) => void inputs.push(field.bytes()),
      2: (field) => void outputs.push(field.bytes()),
      3: (field) => ({ name: field.text() }),
      4: (field) => ({ type: field.text() }),
      5: (field) => void attributes.push(field.bytes()),
      7: (field) => ({ domain: field.text() }),
    },
  );
  // of other nodes nothing is wanted
  if (type !== "LSTM" && type !== "Constant")
    return { name, domain, type, inputs: [], outputs: [], attributes: new Map() };
  for (const list of [inputs, outputs, attributes]) rejectMany(list, name);
  return {
    name,
    domain,
    type,
    inputs: inputs.map((text) => decodeText(text)),
    outputs: outputs.map((text) => decodeText(text)),
    attributes: eachOnce(attributes.map((attribute) => parseAttribute(attribute, protobuf))),
  };
}

function eachOnce(attributes: readonly [string, Attribute][]): Map<string, Attribute> {
  const found = new Map<string, Attribute>();
  for (const [name, value] of attributes) {
    if (found.has(name)) {
      throw failure("duplicate-key", "the attribute stands twice, expected once", { place: excerpt(name) || null });
    }
    found.set(name, value);
  }
  return found;
}

function parseAttribute(bytes: Uint8Array, protobuf: ProtobufReader): [name: string, value: Attribute] {
  const { name, ...value } = protobuf.read<Attribute & { name: string }>(
    bytes,
    { name: "" },
    {
      1: (field) => ({ name: field.text() }),
      2: (field) => ({ float: field.float() }),
      3: (field) => ({ integer: field.integer() }),
      4: (field) => ({ text: field.text() }),
      5: (field) => ({ tensor: field.bytes() }),
      7: (field, { name, floats = [] }) => ({
        floats: rejectMany([...floats, ...field.floats("F32").subarray(0, MOST_REPEATED + 1)], name),
      }),
      8: (field, { name, integers = [] }) => ({
        integers: rejectMany([...integers, ...field.integers(MOST_REPEATED)], name),
      }),
      9: (field, { name, texts = [] }) => ({ texts: rejectMany([...texts, field.text()], name) }),
    },
  );
  return [name, value];
}

function rejectMany<T>(list: T[], name: string): T[] {
  if (list.length <= MOST_REPEATED) return list;
  throw failure("too-large", `more than ${MOST_REPEATED} parts in one list`, { place: excerpt(name) || null });
}
