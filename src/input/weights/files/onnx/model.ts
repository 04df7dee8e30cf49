/** .onnx: the constant tensors and the LSTM nodes of a model (onnx/onnx.proto, numbers of fields as there). */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { ByteSource, Tensor } from "../../tensor.ts";
import { type Attribute, type Node, OWN_DOMAINS, parseNode } from "./node.ts";
import { type Field, ProtobufReader } from "./protobuf.ts";
import { readOnnxTensor } from "./tensor.ts";

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
const KINDS: ReadonlyMap<string, keyof Attribute> = new Map([
  ["direction", "text"],
  ["hidden_size", "integer"],
  ["activations", "texts"],
  ["activation_alpha", "floats"],
  ["activation_beta", "floats"],
  ["clip", "float"],
  ["input_forget", "integer"],
  ["layout", "integer"],
]);

/** Far above what models have. */
const MOST_TENSORS = 100_000;

/**
 * The tensors and LSTM nodes of the main graph; of the bodies of If and Loop nothing is read.
 *
 * @throws {DlstmError} syntax, encoding, shape, duplicate-key, too-large, unsupported (data in another file).
 */
export function readOnnx(source: ByteSource): OnnxModel {
  const protobuf = new ProtobufReader();
  const tensors = new Map<string, Tensor>();
  const lstms: OnnxLstm[] = [];
  const foreign: Node[] = [];
  const add = (tensor: Tensor) => {
    if (tensors.has(tensor.name)) {
      throw failure("duplicate-key", "the tensor stands twice, expected once", { place: excerpt(tensor.name) });
    }
    tensors.set(tensor.name, tensor);
    if (tensors.size > MOST_TENSORS) throw failure("too-large", `more than ${MOST_TENSORS} tensors`);
  };
  const readNode = (bytes: Uint8Array) => {
    const node = parseNode(bytes, protobuf);
    if (!OWN_DOMAINS.includes(node.domain)) {
      if (node.type === "LSTM") foreign.push(node);
      return;
    }
    if (node.type === "LSTM") lstms.push({ name: node.name, inputs: node.inputs, attributes: lstmAttributes(node) });
    const constant = node.type === "Constant" ? node.attributes.get("value")?.tensor : undefined;
    if (constant) add(readOnnxTensor(constant, protobuf, node.outputs[0] ?? node.name));
  };
  const { graphs } = protobuf.read(
    source.read(0, source.size),
    { graphs: 0 },
    {
      7: (graph, { graphs }) => {
        const inGraph = {
          1: (node: Field) => void readNode(node.bytes()),
          5: (tensor: Field) => void add(readOnnxTensor(tensor.bytes(), protobuf)),
        };
        protobuf.read(graph.bytes(), {}, inGraph);
        return { graphs: graphs + 1 };
      },
    },
  );
  if (graphs !== 1) throw failure("syntax", `${graphs} graphs, expected an ONNX model with one`);
  if (lstms.length === 0 && foreign.length > 0) {
    const [{ name, domain }] = foreign;
    const message = `an operator LSTM of the domain "${excerpt(domain)}", expected that of ONNX, whose equations are known`;
    throw failure("unsupported", message, { place: excerpt(name) || null });
  }
  return { tensors: [...tensors.values()], lstms };
}

function lstmAttributes(node: Node): OnnxLstm["attributes"] {
  const known: Record<string, unknown> = {};
  for (const [name, attribute] of node.attributes) {
    const kind = KINDS.get(name);
    const value = kind && attribute[kind];
    if (value === undefined) {
      const expected = kind === undefined ? `one of ${[...KINDS.keys()].join(", ")}` : `its ${kind}`;
      throw failure("syntax", `the attribute "${excerpt(name)}" of an LSTM, expected ${expected}`);
    }
    known[name] = value;
  }
  return known;
}
