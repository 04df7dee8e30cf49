/** NodeProto and AttributeProto: one operation of an ONNX model (onnx/onnx.proto, numbers of fields as there). */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Span } from "../window.ts";
import type { Handlers, ProtobufReader } from "./protobuf.ts";

/** Far above what the nodes that are looked at have in an attribute, or among their inputs. */
const MOST_REPEATED = 64;

/** ONNX's own operators. */
const OWN_DOMAINS: readonly string[] = ["", "ai.onnx"];

/** A node, of which only the names are read yet. */
export interface Node {
  readonly name: string;
  readonly type: string;
  readonly domain: string;
  readonly overload: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly Span[];
}

export interface Attribute {
  float?: number;
  integer?: number;
  text?: string;
  tensor?: Span;
  graph?: Span;
  floats?: number[];
  integers?: number[];
  texts?: string[];
  /** The attribute of a function's call that it stands for. */
  reference?: string;
}

export type Attributes = ReadonlyMap<string, Attribute>;

export function isOwn({ domain }: Pick<Node, "domain">): boolean {
  return OWN_DOMAINS.includes(domain);
}

type Parts = { -readonly [Key in keyof Node]: Node[Key] extends readonly (infer Item)[] ? Item[] : Node[Key] };

const FIELDS: Handlers<Parts> = {
  1: (field, { inputs }) => void inputs.push(field.text()),
  2: (field, { outputs }) => void outputs.push(field.text()),
  3: (field) => ({ name: field.text() }),
  4: (field) => ({ type: field.text() }),
  5: (field, { attributes }) => void attributes.push(field.span()),
  7: (field) => ({ domain: field.text() }),
  8: (field) => ({ overload: field.text() }),
};

/** @throws {DlstmError} syntax, encoding, too-large. */
export function parseNode(span: Span, protobuf: ProtobufReader): Node {
  const empty = { name: "", type: "", domain: "", overload: "", inputs: [], outputs: [], attributes: [] };
  return protobuf.read<Parts>(span, empty, FIELDS);
}

/**
 * The attributes of a node that is looked at, or the defaults of a function.
 * @throws {DlstmError} syntax, encoding, duplicate-key, too-large.
 */
export function parseAttributes(spans: readonly Span[], protobuf: ProtobufReader): Attributes {
  rejectMany(spans, "");
  const found = new Map<string, Attribute>();
  for (const span of spans) {
    const [name, value] = parseAttribute(span, protobuf);
    if (found.has(name)) {
      throw failure("duplicate-key", "the attribute stands twice, expected once", { place: excerpt(name) || null });
    }
    found.set(name, value);
  }
  return found;
}

function parseAttribute(span: Span, protobuf: ProtobufReader): [name: string, value: Attribute] {
  const { name, ...value } = protobuf.read<Attribute & { name: string }>(
    span,
    { name: "" },
    {
      1: (field) => ({ name: field.text() }),
      2: (field) => ({ float: field.float() }),
      3: (field) => ({ integer: field.integer() }),
      4: (field) => ({ text: field.text() }),
      5: (field) => ({ tensor: field.span() }),
      6: (field) => ({ graph: field.span() }),
      7: (field, { name, floats = [] }) => ({
        floats: rejectMany([...floats, ...field.floats("F32").subarray(0, MOST_REPEATED + 1)], name),
      }),
      8: (field, { name, integers = [] }) => ({
        integers: rejectMany([...integers, ...field.integers(MOST_REPEATED)], name),
      }),
      9: (field, { name, texts = [] }) => ({ texts: rejectMany([...texts, field.text()], name) }),
      21: (field) => ({ reference: field.text() }),
    },
  );
  return [name, value];
}

/** @throws {DlstmError} too-large. */
export function rejectMany<T extends readonly unknown[]>(list: T, name: string): T {
  if (list.length <= MOST_REPEATED) return list;
  throw failure("too-large", `more than ${MOST_REPEATED} parts in one list`, { place: excerpt(name) || null });
}
