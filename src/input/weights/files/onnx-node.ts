/** NodeProto and AttributeProto: one operation of an ONNX model (onnx/onnx.proto, numbers of fields as there). */

import { failure } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import { decodeText } from "../../text.ts";
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
  let name = "";
  let type = "";
  let domain = "";
  const inputs: Uint8Array[] = [];
  const outputs: Uint8Array[] = [];
  const attributes: Uint8Array[] = [];
  protobuf.read(bytes, {
    1: (field) => void inputs.push(field.bytes()),
    2: (field) => void outputs.push(field.bytes()),
    3: (field) => {
      name = decodeText(field.bytes());
    },
    4: (field) => {
      type = decodeText(field.bytes());
    },
    5: (field) => void attributes.push(field.bytes()),
    7: (field) => {
      domain = decodeText(field.bytes());
    },
  });
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
  let name = "";
  const value: Attribute = {};
  const push = <T>(list: T[] | undefined, items: readonly T[]) => rejectMany([...(list ?? []), ...items], name);
  protobuf.read(bytes, {
    1: (field) => {
      name = decodeText(field.bytes());
    },
    2: (field) => {
      value.float = field.float();
    },
    3: (field) => {
      value.integer = field.integer();
    },
    4: (field) => {
      value.text = decodeText(field.bytes());
    },
    5: (field) => {
      value.tensor = field.bytes();
    },
    7: (field) => {
      value.floats = push(value.floats, [...field.floats("F32").subarray(0, MOST_REPEATED + 1)]);
    },
    8: (field) => {
      value.integers = push(value.integers, field.integers(MOST_REPEATED));
    },
    9: (field) => {
      value.texts = push(value.texts, [decodeText(field.bytes())]);
    },
  });
  return [name, value];
}

function rejectMany<T>(list: T[], name: string): T[] {
  if (list.length <= MOST_REPEATED) return list;
  throw failure("too-large", `more than ${MOST_REPEATED} parts in one list`, { place: excerpt(name) || null });
}
