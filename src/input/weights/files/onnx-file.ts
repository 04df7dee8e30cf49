/** .onnx: the constant tensors and the LSTM nodes of a model (onnx/onnx.proto, numbers of fields as there). */

import { failure } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import { decodeText } from "../../text.ts";
import type { ByteSource, Tensor } from "../tensor.ts";
import { readOnnxTensor } from "./onnx-tensor.ts";
import { ProtobufReader } from "./protobuf.ts";

/** A node of the operator LSTM. */
export interface OnnxLstm {
  /** Empty where the file gives none. */
  readonly name: string;
  /** X, W, R, B, sequence_lens, initial_h, initial_c, P; empty where left out. */
  readonly inputs: readonly string[];
  /** Those that the file gives, by the names in KINDS; absent ones have the defaults of ONNX. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface OnnxModel {
  /** The initialisers, and what Constant nodes give, by name. */
  readonly tensors: readonly Tensor[];
  readonly lstms: readonly OnnxLstm[];
}

/** How the attributes of an LSTM are stored: as one float, integer or text, or several. */
const KINDS: Readonly<Record<string, keyof Attribute>> = {
  direction: "text",
  hidden_size: "integer",
  activations: "texts",
  activation_alpha: "floats",
  activation_beta: "floats",
  clip: "float",
  input_forget: "integer",
  layout: "integer",
};

/** Far above what models have: 10⁵ tensors, 64 repetitions in an attribute or among the inputs of a node. */
const MOST_TENSORS = 100_000;
const MOST_REPEATED = 64;

/**
 * The tensors and LSTM nodes of the main graph; of the bodies of If and Loop nothing is read.
 * The protobuf reader is loaded only here.
 *
 * @throws {DlstmError} syntax, encoding, shape, duplicate-key, too-large, unsupported (data in another file).
 */
export async function readOnnx(source: ByteSource): Promise<OnnxModel> {
  const { BinaryReader } = await import("@bufbuild/protobuf/wire");
  const { file } = source;
  const protobuf = new ProtobufReader((bytes) => new BinaryReader(bytes), file);
  const tensors = new Map<string, Tensor>();
  const lstms: OnnxLstm[] = [];
  const add = (tensor: Tensor) => {
    if (tensors.has(tensor.name)) {
      throw failure("duplicate-key", "the tensor stands twice, expected once", { file, place: excerpt(tensor.name) });
    }
    tensors.set(tensor.name, tensor);
    if (tensors.size > MOST_TENSORS) throw failure("too-large", `more than ${MOST_TENSORS} tensors`, { file });
  };
  const readNode = (bytes: Uint8Array) => {
    const node = parseNode(bytes, protobuf);
    if (node.type === "LSTM")
      lstms.push({ name: node.name, inputs: node.inputs, attributes: lstmAttributes(node, file) });
    const constant = node.type === "Constant" ? node.attributes.get("value")?.tensor : undefined;
    if (constant) add(readOnnxTensor(constant, protobuf, node.outputs[0] ?? node.name));
  };
  let graphs = 0;
  protobuf.read(source.read(0, source.size), {
    7: (graph) => {
      graphs += 1;
      protobuf.read(graph.bytes(), {
        1: (node) => readNode(node.bytes()),
        5: (tensor) => add(readOnnxTensor(tensor.bytes(), protobuf)),
      });
    },
  });
  if (graphs !== 1) throw failure("syntax", `${graphs} graphs, expected an ONNX model with one`, { file });
  return { tensors: [...tensors.values()], lstms };
}

interface Node {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

interface Attribute {
  float?: number;
  integer?: number;
  text?: string;
  tensor?: Uint8Array;
  floats?: number[];
  integers?: number[];
  texts?: string[];
}

function parseNode(bytes: Uint8Array, protobuf: ProtobufReader): Node {
  const { file } = protobuf;
  let name = "";
  let type = "";
  const inputs: Uint8Array[] = [];
  const outputs: Uint8Array[] = [];
  const attributes: Uint8Array[] = [];
  protobuf.read(bytes, {
    1: (field) => void inputs.push(field.bytes()),
    2: (field) => void outputs.push(field.bytes()),
    3: (field) => {
      name = decodeText(field.bytes(), file);
    },
    4: (field) => {
      type = decodeText(field.bytes(), file);
    },
    5: (field) => void attributes.push(field.bytes()),
  });
  // of other nodes nothing is wanted
  if (type !== "LSTM" && type !== "Constant") return { name, type, inputs: [], outputs: [], attributes: new Map() };
  for (const list of [inputs, outputs, attributes]) rejectMany(list, file, name);
  return {
    name,
    type,
    inputs: inputs.map((text) => decodeText(text, file)),
    outputs: outputs.map((text) => decodeText(text, file)),
    attributes: new Map(attributes.map((attribute) => parseAttribute(attribute, protobuf))),
  };
}

function parseAttribute(bytes: Uint8Array, protobuf: ProtobufReader): [name: string, value: Attribute] {
  let name = "";
  const value: Attribute = {};
  const push = <T>(list: T[] | undefined, items: readonly T[]) =>
    rejectMany([...(list ?? []), ...items], protobuf.file, name);
  protobuf.read(bytes, {
    1: (field) => {
      name = decodeText(field.bytes(), protobuf.file);
    },
    2: (field) => {
      value.float = field.float();
    },
    3: (field) => {
      value.integer = field.integer();
    },
    4: (field) => {
      value.text = decodeText(field.bytes(), protobuf.file);
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
      value.texts = push(value.texts, [decodeText(field.bytes(), protobuf.file)]);
    },
  });
  return [name, value];
}

function lstmAttributes(node: Node, file: string): OnnxLstm["attributes"] {
  const known: Record<string, unknown> = {};
  for (const [name, attribute] of node.attributes) {
    const kind = Object.hasOwn(KINDS, name) ? KINDS[name]! : null;
    const value = kind === null ? undefined : attribute[kind];
    if (value === undefined) {
      const expected = kind === null ? `one of ${Object.keys(KINDS).join(", ")}` : `its ${kind}`;
      throw failure("syntax", `the attribute "${excerpt(name)}" of an LSTM, expected ${expected}`, { file });
    }
    known[name] = value;
  }
  return known;
}

function rejectMany<T>(list: T[], file: string, name: string): T[] {
  if (list.length <= MOST_REPEATED) return list;
  throw failure("too-large", `more than ${MOST_REPEATED} parts in one list`, { file, place: excerpt(name) || null });
}
