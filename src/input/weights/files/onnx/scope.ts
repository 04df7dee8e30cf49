import { failure } from "../../../../errors.ts";
import { onceBy } from "../../../../once.ts";
import type { OnnxFile } from "./file.ts";
import { functionKey, type Graph, type LocalFunction, type Model, parseGraph, parseShape } from "./graph.ts";
import { type Attributes, isOwn, type Node, parseAttributes } from "./node.ts";
import type { StoredTensor } from "./tensor.ts";

/**
 * What a name stands for: a tensor of the file, an output of a node, nothing that stands in the file, or nothing at all, as an
 * optional input that is left out has no name.
 */
export type Value =
  | { readonly kind: "stored"; readonly tensor: StoredTensor }
  | { readonly kind: "output"; readonly node: Node; readonly output: number; readonly scope: Scope }
  | { readonly kind: "given" }
  | { readonly kind: "absent" };

/** Nodes that run graphs of their own. */
const WITH_BODIES: readonly string[] = ["If", "Loop", "Scan", "SequenceMap"];

/** How deep graphs may stand in one another, how many there may be, how many names may lead to others: far above any model's. */
const DEEPEST = 64;
const MOST_SCOPES = 10_000;
const MOST_STEPS = 10_000;

/** What all scopes of a model share. */
interface Shared {
  readonly file: OnnxFile;
  readonly functions: Model["functions"];
  readonly scopes: { count: number };
}

/** What a graph stands in: one whose names it sees, or the call of a function, by which alone it sees anything. */
interface Place {
  readonly outer: Scope | null;
  readonly call: { readonly node: Node; readonly scope: Scope } | null;
  /** What the attributes of the function that it is in are, by their names. */
  readonly parameters: Attributes;
}

/** A graph in one place where it runs, which tells what the names of its nodes stand for. */
export class Scope {
  readonly graph: Graph;
  readonly #place: Place;
  readonly #shared: Shared;
  readonly #depth: number;
  readonly #bodies = new Map<Node, readonly Scope[]>();
  readonly #producers = new Map<string, readonly [node: Node, output: number]>();

  private constructor(graph: Graph, place: Place, shared: Shared, depth: number) {
    shared.scopes.count += 1;
    if (shared.scopes.count > MOST_SCOPES) throw failure("too-large", `more than ${MOST_SCOPES} graphs that run`);
    if (depth > DEEPEST) throw failure("too-large", `graphs more than ${DEEPEST} deep in one another`);
    this.graph = graph;
    this.#place = place;
    this.#shared = shared;
    this.#depth = depth;
    for (const node of graph.nodes) node.outputs.forEach((name, k) => void this.#producers.set(name, [node, k]));
  }

  /** The main graph of a model. */
  static of({ graph, functions }: Model, file: OnnxFile): Scope {
    const shared = { file, functions, scopes: { count: 0 } };
    return new Scope(graph, { outer: null, call: null, parameters: new Map() }, shared, 0);
  }

  /**
   * The graphs that a node runs: the branches of an If, the body of a Loop or a Scan, the function that it calls.
   * @throws {DlstmError} too-large; what is wrong with a graph.
   */
  bodiesOf(node: Node): readonly Scope[] {
    const called = this.#calledBy(node);
    if (called === undefined && !(isOwn(node) && WITH_BODIES.includes(node.type))) return [];
    return onceBy(this.#bodies, node, () => {
      if (called !== undefined) {
        const parameters = new Map([...called.defaults, ...this.attributesOf(node)]);
        return [this.#inner(called, { outer: null, call: { node, scope: this }, parameters })];
      }
      const { file } = this.#shared;
      const place = { outer: this, call: null, parameters: this.#place.parameters };
      return [...this.attributesOf(node).values()].flatMap(({ graph }) =>
        graph === undefined ? [] : [this.#inner(parseGraph(graph, file), place)],
      );
    });
  }

  #calledBy(node: Node): LocalFunction | undefined {
    const { functions } = this.#shared;
    return functions.size === 0 ? undefined : functions.get(functionKey(node));
  }

  #inner(graph: Graph, place: Place): Scope {
    return new Scope(graph, place, this.#shared, this.#depth + 1);
  }

  /** The attributes of a node of the graph; one that stands for an attribute of the function's call is that. */
  attributesOf(node: Node): Attributes {
    const given = parseAttributes(node.attributes, this.#shared.file.protobuf);
    const resolved = [...given].flatMap(([name, attribute]) => {
      const found = attribute.reference === undefined ? attribute : this.#place.parameters.get(attribute.reference);
      return found === undefined ? [] : [[name, found] as const];
    });
    return new Map(resolved);
  }

  /** The shape that is declared of a value, by its name here; empty where none is. */
  shapeOf(name: string): readonly (number | null)[] {
    const type = this.graph.types.get(name);
    if (type !== undefined) return parseShape(type, this.#shared.file);
    return this.#place.outer?.shapeOf(name) ?? [];
  }

  /** What a name of the graph's nodes stands for. */
  find(name: string): Value {
    let [scope, wanted]: [Scope, string] = [this, name];
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const next = scope.#step(wanted);
      if (!Array.isArray(next)) return next;
      [scope, wanted] = next;
    }
    return { kind: "given" };
  }

  /** What a name stands for, or the scope and the name that it leads to. */
  #step(name: string): Value | [Scope, string] {
    if (name === "") return { kind: "absent" };
    const { graph } = this;
    const { outer, call } = this.#place;
    const tensor = graph.tensors.get(name);
    if (tensor !== undefined) return { kind: "stored", tensor };
    const [node, output] = this.#producers.get(name) ?? [];
    if (node !== undefined && output !== undefined) {
      const [body] = this.#calledBy(node) ? this.bodiesOf(node) : [];
      return body ? [body, body.graph.outputs[output] ?? ""] : { kind: "output", node, output, scope: this };
    }
    const at = graph.inputs.indexOf(name);
    if (at >= 0) return call ? [call.scope, call.node.inputs[at] ?? ""] : { kind: "given" };
    return outer ? [outer, name] : { kind: "given" };
  }
}
