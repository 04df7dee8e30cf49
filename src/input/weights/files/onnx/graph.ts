/** GraphProto, FunctionProto and ModelProto: what computes what in an ONNX model (onnx/onnx.proto, numbers of fields as there). */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Span } from "../window.ts";
import type { OnnxFile } from "./file.ts";
import { type Attributes, type Node, parseAttributes, parseNode } from "./node.ts";
import { parseTensor, type StoredTensor } from "./tensor.ts";

export interface Graph {
  readonly nodes: readonly Node[];
  /** The initialisers, by name. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** What whoever runs it gives; an initialiser of the same name is what it is unless given. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The types that are declared of values by name. */
  readonly types: ReadonlyMap<string, Span>;
}

/** A function of the model's own. */
export interface LocalFunction extends Graph {
  /** Those that a call may give, with their defaults. */
  readonly defaults: Attributes;
}

export interface Model {
  readonly graph: Graph;
  readonly functions: ReadonlyMap<string, LocalFunction>;
}

/** Far above what models have. */
const MOST_TENSORS = 100_000;

/** @throws {DlstmError} syntax, encoding, duplicate-key, too-large. */
export function parseModel(file: OnnxFile): Model {
  const graphs: Span[] = [];
  const functions: Span[] = [];
  const whole = { start: 0, length: file.window.size };
  file.protobuf.read(
    whole,
    {},
    { 7: (field) => void graphs.push(field.span()), 25: (field) => void functions.push(field.span()) },
  );
  const [graph] = graphs;
  if (graph === undefined || graphs.length > 1) {
    throw failure("syntax", `${graphs.length} graphs, expected an ONNX model with one`);
  }
  return { graph: parseGraph(graph, file), functions: new Map(functions.map((span) => parseFunction(span, file))) };
}

/** @throws {DlstmError} as {@link parseModel} */
export function parseGraph(span: Span, file: OnnxFile): Graph {
  const nodes: Node[] = [];
  const tensors = new Map<string, StoredTensor>();
  const inputs: string[] = [];
  const outputs: string[] = [];
  const types = new Map<string, Span>();
  const { protobuf } = file;
  const declared = (value: Span): string => {
    const empty = { name: "", type: null as Span | null };
    const { name, type } = protobuf.read(value, empty, {
      1: (field) => ({ name: field.text() }),
      2: (field) => ({ type: field.span() }),
    });
    if (type !== null) types.set(name, type);
    return name;
  };
  protobuf.read(
    span,
    {},
    {
      1: (field) => void nodes.push(parseNode(field.span(), protobuf)),
      5: (field) => addTensor(tensors, parseTensor(field.span(), file)),
      11: (field) => void inputs.push(declared(field.span())),
      12: (field) => void outputs.push(declared(field.span())),
      13: (field) => void declared(field.span()),
    },
  );
  return { nodes, tensors, inputs, outputs, types };
}

function addTensor(tensors: Map<string, StoredTensor>, tensor: StoredTensor): undefined {
  if (tensors.has(tensor.name)) {
    throw failure("duplicate-key", "the tensor stands twice, expected once", { place: excerpt(tensor.name) });
  }
  tensors.set(tensor.name, tensor);
  if (tensors.size > MOST_TENSORS) throw failure("too-large", `more than ${MOST_TENSORS} tensors`);
}

function parseFunction(span: Span, { protobuf }: OnnxFile): [key: string, LocalFunction] {
  const nodes: Node[] = [];
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const defaults: Span[] = [];
  const names = protobuf.read(
    span,
    { type: "", domain: "", overload: "" },
    {
      1: (field) => ({ type: field.text() }),
      4: (field) => void inputs.push(field.text()),
      5: (field) => void outputs.push(field.text()),
      7: (field) => void nodes.push(parseNode(field.span(), protobuf)),
      10: (field) => ({ domain: field.text() }),
      11: (field) => void defaults.push(field.span()),
      13: (field) => ({ overload: field.text() }),
    },
  );
  const body = {
    nodes,
    tensors: new Map(),
    inputs,
    outputs,
    types: new Map(),
    defaults: parseAttributes(defaults, protobuf),
  };
  return [functionKey(names), body];
}

/** The shape in a TypeProto of a tensor; null where a length is a name, or none is told. */
export function parseShape(type: Span, { protobuf }: OnnxFile): (number | null)[] {
  const shape: (number | null)[] = [];
  const within = (span: Span, number: number, use: (inner: Span) => void) =>
    protobuf.read(span, {}, { [number]: (field) => void use(field.span()) });
  // tensor_type, shape, dim, dim_value
  within(type, 1, (tensor) =>
    within(tensor, 2, (dimensions) =>
      within(dimensions, 1, (dimension) => {
        const empty = { length: null as number | null };
        shape.push(protobuf.read(dimension, empty, { 1: (field) => ({ length: field.integer() }) }).length);
      }),
    ),
  );
  return shape;
}

/** By what a call names a function. */
export function functionKey({ type, domain, overload }: Pick<Node, "type" | "domain" | "overload">): string {
  return JSON.stringify([domain, type, overload]);
}
