/** What the names of nodes stand for, worked out backwards from what is wanted: constants, or why there is none. */

import { failure, withProblems } from "../../../../errors.ts";
import { onceBy } from "../../../../once.ts";
import { excerpt } from "../../../excerpt.ts";
import { COMPUTED, DEQUANTISED, GIVEN } from "../number-type.ts";
import type { Constant } from "./constant.ts";
import type { OnnxFile } from "./file.ts";
import { Identities } from "./identity.ts";
import { type Attributes, isOwn, type Node, rejectMany } from "./node.ts";
import { literal, type Operands } from "./operands.ts";
import { OPERATORS } from "./operators.ts";
import type { Scope, Value } from "./scope.ts";
import { type StoredTensor, storedConstant } from "./tensor.ts";

/** Why something is no constant: as the type of a tensor of which nothing is known but that. */
export type Unknown = typeof COMPUTED | typeof DEQUANTISED | typeof GIVEN;
export type Folded = Constant | Unknown;

/**
 * Computed arrays may have so many times the entries of the stored ones in all, and so many more: an exporter's slices and
 * concatenations have five times as many.
 */
const MOST_TIMES = 16;
const MOST_MORE = 2 ** 18;
/** How many computations may stand on one another. */
const DEEPEST = 64;
/** Far above what exporters put before the weights. */
const MOST_NODES = 200_000;

export class Folder {
  /** Which of the constants are the same. */
  readonly identities = new Identities();
  readonly #file: OnnxFile;
  readonly #stored = new Map<StoredTensor, Constant>();
  /** By node and number of output; null: not worked out yet, its inputs have to be before. */
  readonly #outputs = new Map<Scope, Map<Node, Map<number, Folded | null>>>();
  #nodes = 0;
  #room = MOST_MORE;

  constructor(file: OnnxFile) {
    this.#file = file;
  }

  /** @throws {DlstmError} what is wrong with a tensor or a node on the way; too-large. */
  fold(wanted: Value): Folded {
    // each value on the stack has those that it waits for above it
    const stack = [wanted];
    for (let value = stack.at(-1); value !== undefined; value = stack.at(-1)) {
      const waitsFor = this.#advance(value);
      if (waitsFor.length === 0) stack.pop();
      else stack.push(...waitsFor);
    }
    return this.#known(wanted) ?? COMPUTED;
  }

  /** Works a value out, or tells what has to be before. */
  #advance(value: Value): readonly Value[] {
    if (value.kind !== "output") return [];
    const { node, output, scope } = value;
    const nodes = onceBy(this.#outputs, scope, () => new Map<Node, Map<number, Folded | null>>());
    const own = onceBy(nodes, node, () => new Map());
    if (own.has(output) && own.get(output) !== null) return [];
    const found = rejectMany(node.inputs, node.name).map((name) => scope.find(name));
    const inputs = found.map((input) => (input.kind === "absent" ? null : input));
    const known = inputs.map((input) => input && this.#known(input));
    if (!own.has(output)) {
      this.#nodes += 1;
      if (this.#nodes > MOST_NODES) throw failure("too-large", `more than ${MOST_NODES} nodes before the weights`);
      own.set(output, null);
      const waitsFor = inputs.filter((input, k) => input !== null && known[k] === undefined);
      if (waitsFor.length > 0) return waitsFor as Value[];
    }
    // what waits for itself is no constant
    const folded = known.map((input, k) => (inputs[k] === null ? null : (input ?? COMPUTED)));
    own.set(output, this.#apply(node, output, scope, folded));
    return [];
  }

  /** undefined: not worked out yet; null of a node that is being worked out. */
  #known(value: Value): Folded | null | undefined {
    if (value.kind === "given" || value.kind === "absent") return GIVEN;
    if (value.kind === "stored") return onceBy(this.#stored, value.tensor, () => this.#open(value.tensor));
    return this.#outputs.get(value.scope)?.get(value.node)?.get(value.output);
  }

  #open(tensor: StoredTensor): Constant {
    const constant = storedConstant(tensor, this.#file);
    constant.check?.();
    this.#room += MOST_TIMES * constant.count;
    this.identities.addStored(constant, tensor.message.start);
    return constant;
  }

  #apply(node: Node, output: number, scope: Scope, inputs: readonly (Folded | null)[]): Folded {
    if (/quantize/i.test(node.type)) return DEQUANTISED;
    const declared = typeof inputs[0] === "string" ? declaredShape(node, scope) : null;
    if (declared !== null) return this.#add(declared, node, "declared", []);
    for (const unknown of [DEQUANTISED, GIVEN, COMPUTED] as const) if (inputs.includes(unknown)) return unknown;
    const operator = isOwn(node) && Object.hasOwn(OPERATORS, node.type) ? OPERATORS[node.type] : undefined;
    if (operator === undefined || (output > 0 && node.type !== "Split")) return COMPUTED;
    const attributes = scope.attributesOf(node);
    const constants = inputs as readonly (Constant | null)[];
    const constant = withProblems(
      () => operator(operandsOf(node, output, attributes, constants), this.#file),
      (problem) => ({
        ...problem,
        place: problem.place ?? (excerpt(node.name) || null),
        message: problem.place === null ? `${node.type}: ${problem.message}` : problem.message,
      }),
    );
    if (constant === null) return COMPUTED;
    return this.#add(constant, node, `${node.type} ${output} ${JSON.stringify([...attributes])}`, constants);
  }

  #add(constant: Constant, node: Node, operation: string, inputs: readonly (Constant | null)[]): Constant {
    // an input that is left as it is takes no room
    if (inputs.includes(constant)) return constant;
    this.#requireRoom(constant, node);
    this.identities.addComputed(constant, operation, inputs);
    return constant;
  }

  #requireRoom(constant: Constant, { name, type }: Node): void {
    this.#room -= constant.count;
    const place = excerpt(name) || null;
    if (!(this.#room >= 0)) {
      const message = `${type}: ${constant.count} entries, many times as many as are stored`;
      throw failure("too-large", message, { place });
    }
    if (constant.depth > DEEPEST) {
      throw failure("too-large", `${type}: more than ${DEEPEST} computations on one another`, { place });
    }
  }
}

/** What Shape gives of a value that the model is given, where its lengths are declared; null where they are not. */
function declaredShape(node: Node, scope: Scope): Constant | null {
  if (node.type !== "Shape" || !isOwn(node)) return null;
  const attributes = scope.attributesOf(node);
  const [start, end] = [attributes.get("start")?.integer ?? 0, attributes.get("end")?.integer];
  const lengths = scope.shapeOf(node.inputs[0] ?? "").slice(start, end);
  const known = lengths.flatMap((length) => length ?? []);
  return known.length === 0 || known.length < lengths.length ? null : literal("I64", [known.length], known);
}

function operandsOf(
  node: Node,
  output: number,
  attributes: Attributes,
  inputs: readonly (Constant | null)[],
): Operands {
  return {
    name: node.outputs[0] ?? node.name,
    count: inputs.length,
    outputs: node.outputs.length,
    output,
    has: (at) => Boolean(inputs[at]),
    input: (at) => {
      const input = inputs[at];
      if (input) return input;
      throw failure("missing", `no input ${at}, expected one`);
    },
    attribute: (kind, name) => attributes.get(name)?.[kind],
  };
}
