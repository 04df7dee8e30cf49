/** The tensors of what torch.save was given, by the keys and attributes that lead to them. */

import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Setting } from "../../weights.ts";
import { Global, Made } from "../pickle/values.ts";
import { type NumberList, NumberLists } from "./lists.ts";
import type { NotStrided } from "./not-strided.ts";
import { type TorchTensor, tensorOf } from "./tensors.ts";

type Named = TorchTensor | NotStrided | NumberList;

export interface Found {
  readonly tensors: ReadonlyMap<string, Named>;
  readonly settings: readonly Setting[];
}

/** How deep objects may nest, and how many of them there may be with all that is reached by several ways: far above any model's. */
const DEEPEST = 128;
const MOST_STEPS = 2 ** 20;

/** Keys that stand between a module and what it holds, and say nothing of either. */
const HOLDERS = new Set(["_modules", "_parameters", "_buffers"]);
/** The same tensors once more, in a list. */
const REPEATED = new Set(["_flat_weights", "_all_weights"]);
/** What an optimiser keeps of each weight has its shape; no cell is made of it. */
const OPTIMISER = /^(optim|optimi[sz]ers?)([_.]|$)|_?optimi[sz]ers?(_states?|_state_dict)?$|^opt_state$/i;
/** The classes of optimisers and their schedules; averaged models stand beside them. */
const OPTIMISER_CLASS = /^torch\.optim\.(?!swa_utils\.AveragedModel$)/;
/** What torch.nn.LSTM says of itself that no tensor tells. */
const TOLD = ["proj_size"];

/**
 * @param value of the pickle, which may hold itself: it is followed once on each way down
 * @param size of the file
 * @throws {DlstmError} too-large; what is wrong with a tensor.
 */
export function namedTensors(value: unknown, size: number): Found {
  const tensors = new Map<string, Named>();
  const lists = new NumberLists(size);
  const settings: Setting[] = [];
  const above = new Set<unknown>();
  let steps = 0;
  const visit = (value: unknown, name: string) => {
    steps += 1;
    if (steps > MOST_STEPS) throw failure("too-large", `more than ${MOST_STEPS} values in what was saved`);
    const tensor = tensorOf(value);
    if (tensor !== null) add(tensors, name, tensor);
    else if (typeof value === "object" && value !== null && !above.has(value)) {
      if (above.size >= DEEPEST) throw failure("too-large", `what was saved nests more than ${DEEPEST} deep`);
      above.add(value);
      const vectors: [name: string, list: NumberList][] = [];
      let hasMatrix = false;
      for (const [key, inner] of children(value)) {
        const list = lists.of(inner);
        if (list === null) visit(inner, joined(name, key));
        else if (list.shape.length === 1) vectors.push([joined(name, key), list]);
        else {
          add(tensors, joined(name, key), list);
          hasMatrix = true;
        }
      }
      // betas, sizes and losses are lists of numbers too, but beside no matrices
      if (hasMatrix) for (const [own, list] of vectors) add(tensors, own, list);
      above.delete(value);
      if (value instanceof Made) settings.push(...settingsOf(value, name));
    }
  };
  visit(value, "");
  return { tensors, settings };
}

function add(tensors: Map<string, Named>, name: string, tensor: Named): void {
  // a tensor that stands alone has no name
  const own = name || "tensor";
  const other = tensors.get(own);
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(tensor)) {
    throw failure("duplicate-key", "two paths join to this name, expected names that differ", { place: excerpt(own) });
  }
  tensors.set(own, tensor);
}

function joined(name: string, key: string): string {
  if (HOLDERS.has(key)) return name;
  return name === "" ? key : `${name}.${key}`;
}

/** What a value holds, each with its key. */
function* children(value: object): Generator<[key: string, value: unknown]> {
  if (Array.isArray(value)) yield* value.map((item, k): [string, unknown] => [String(k), item]);
  else if (value instanceof Map) yield* entries(value);
  else if (value instanceof Made && !OPTIMISER_CLASS.test(value.path)) {
    // OrderedDict of Python 2, a named tuple, a list or a set: what it is made of
    const [first] = Array.isArray(value.args) ? value.args : [];
    if (isPairs(first) && value.path.endsWith(".OrderedDict")) yield* entries(new Map(first));
    else if (Array.isArray(value.args)) yield* children(isContainer(value.path) ? (first ?? []) : value.args);
    yield* entries(value.entries);
    yield* children(value.items);
    // the attributes, or those and the slots
    const states = Array.isArray(value.state) ? value.state : [value.state];
    for (const state of states) if (typeof state === "object" && state !== null) yield* children(state);
  }
}

function* entries(map: ReadonlyMap<unknown, unknown>): Generator<[string, unknown]> {
  for (const [key, value] of map) {
    const name =
      key instanceof Global ? key.name : ["string", "number", "bigint"].includes(typeof key) ? String(key) : "?";
    if (!REPEATED.has(name) && !(OPTIMISER.test(name) && tensorOf(value) === null)) yield [name, value];
  }
}

function isContainer(path: string): boolean {
  return (
    /^(builtins|__builtin__)\.(list|tuple|set|frozenset|dict)$/.test(path) || path.startsWith("torch.jit._pickle.")
  );
}

function isPairs(value: unknown): value is [unknown, unknown][] {
  return Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2);
}

/** What only the attributes of a recurrent module tell. */
function settingsOf({ state }: Made, name: string): Setting[] {
  if (!(state instanceof Map) || !state.has("mode") || !state.has("hidden_size")) return [];
  return TOLD.flatMap((key) => (state.has(key) ? [{ name: joined(name, key), value: state.get(key) }] : []));
}
