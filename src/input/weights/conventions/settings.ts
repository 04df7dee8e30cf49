/** Settings beside the weights, and which of them make another cell. */

import { DlstmError, type Problem, toProblem } from "../../../errors.ts";
import { describeValue, excerpt } from "../../excerpt.ts";
import type { Weights } from "../weights.ts";
import { HOLDERS, PLAIN, SETTINGS } from "./foreign.ts";

/** A setting that makes another cell of each below some keys. */
export interface ForeignSetting {
  /** Joined by dots, whatever the file has between them; empty: of every cell. */
  readonly above: string;
  /** What the cell has that ours has not; null where the setting cannot be read. */
  readonly what: string | null;
  readonly problem: Problem;
}

/** The settings of a file that change the cells they concern. */
export function* foreignSettings(weights: Weights): Generator<ForeignSetting> {
  for (const { name, value } of weights.settings) {
    const above = scopeOf(keysOf(name), /^activations$/);
    const problem = above === null ? null : foreignActivations(name, value);
    if (above !== null && problem !== null) yield { above, what: OTHER_ACTIVATIONS, problem };
  }
  const layers = layersApart(weights);
  for (const { name, read } of namedValues(weights)) {
    const own = keysOf(name);
    for (const { keys, isHarmless, what } of SETTINGS) {
      const above = scopeOf(own, keys, layers);
      if (above === null) continue;
      try {
        const value = read();
        if (!isHarmless(value)) yield { above, what, problem: setting(name, what, value) };
      } catch (error) {
        // a setting that cannot be read, such as NaN
        if (!(error instanceof DlstmError)) throw error;
        yield { above, what: null, problem: error.problems[0] };
      }
    }
  }
}

/** A value beside the weights, read only when asked for. */
export interface NamedValue {
  readonly name: string;
  readonly read: () => unknown;
}

/** All that a file says beside its weights: what is null was not given, and numpy and MATLAB keep a single number as an array of one. */
export function* namedValues({ tensors, settings }: Weights): Generator<NamedValue> {
  for (const { name, value } of settings) if (value !== null) yield { name, read: () => value };
  for (const tensor of tensors) {
    if (tensor.shape.every((length) => length === 1)) yield { name: tensor.name, read: () => tensor.values()[0] };
  }
}

/** Whether a setting is about the cell below the prefix. */
export function concerns(name: string, pattern: RegExp, prefix: string): boolean {
  const above = scopeOf(keysOf(name), pattern);
  return above !== null && (above === "" || `${normal(prefix)}.`.startsWith(`${above}.`));
}

/** Keys joined by dots. */
export function normal(prefix: string): string {
  return prefix.replaceAll("/", ".");
}

/** The keys that a name is joined of. */
export function keysOf(name: string): string[] {
  return normal(name).split(".");
}

/** The name of what stands right below a prefix, joined by dots. */
export function below(prefix: string, name: string): string {
  return prefix === "" ? name : `${normal(prefix)}.${name}`;
}

/**
 * The starts of joined keys that are known, of whole keys each. They are looked up by their lengths: no key need be cut at
 * each of its many separators.
 */
export function startsIn(known: ReadonlyMap<string, unknown> | ReadonlySet<string>): (keys: string) => string[] {
  const lengths = [...new Set([...known.keys()].map(({ length }) => length))];
  const isWhole = (length: number, keys: string) =>
    length === 0 || length === keys.length || /[./]/.test(keys.charAt(length));
  return (keys) => {
    const starts = lengths.filter((length) => isWhole(length, keys)).map((length) => keys.slice(0, length));
    return starts.filter((start) => known.has(start));
  };
}

/** A name joined by dots as if it stood beside its holder: lstm.attributes.clip is lstm.clip. */
export function withoutHolder(name: string): string {
  const keys = name.split(".");
  return keys.filter((key, at) => at !== keys.length - 2 || !HOLDERS.test(key)).join(".");
}

/**
 * The keys below which a setting holds that stands at such keys, joined: it stands beside or above a cell, or in a config there. null: it is
 * no such setting.
 * @param layers keys of which all that stands directly below concerns every cell: {@link layersApart}
 */
export function scopeOf(
  keys: readonly string[],
  pattern: RegExp,
  layers: ReadonlySet<string> = new Set(),
): string | null {
  const at = keys.findIndex((key) => pattern.test(key));
  if (at < 0) return null;
  if (layers.has(keys.slice(0, at).join("."))) return "";
  return keys.slice(0, at > 0 && HOLDERS.test(keys[at - 1]) ? at - 1 : at).join(".");
}

/** What only recurrent layers have. */
const RECURRENT = /^recurrent/i;

/** The keys of recurrent layers whose settings stand apart from any weights, as in the topology of a model. */
export function layersApart({ tensors, settings }: Weights): ReadonlySet<string> {
  const holding = new Set(tensors.flatMap(({ name, shape }) => (shape.length < 2 ? [] : everyStart(normal(name)))));
  const layers = settings.flatMap(({ name }) => {
    const keys = keysOf(name);
    const at = keys.findIndex((key) => RECURRENT.test(key));
    return at < 0 ? [] : [keys.slice(0, at)];
  });
  const isApart = (keys: string[]) =>
    !holding.has((HOLDERS.test(keys.at(-1) ?? "") ? keys.slice(0, -1) : keys).join("."));
  return new Set(layers.filter(isApart).map((keys) => keys.join(".")));
}

/** What a name stands below: nothing, a, a.b for a.b.c. */
function everyStart(name: string): string[] {
  const keys = name.split(".");
  return keys.map((_, k) => keys.slice(0, k).join("."));
}

const OTHER_ACTIVATIONS = "other activations";

/** ONNX: Sigmoid, Tanh, Tanh for each direction. */
function foreignActivations(name: string, value: unknown): Problem | null {
  if (value === null) return null;
  const found = (Array.isArray(value) ? value : [value]).map(String);
  const isPlain = found.every((text, k) => text.toLowerCase() === (k % 3 === 0 ? "sigmoid" : "tanh"));
  return isPlain ? null : setting(name, OTHER_ACTIVATIONS, found.join(", "));
}

function setting(name: string, what: string, value: unknown): Problem {
  const isHard = typeof value === "string" && /hard_?sigmoid/i.test(value);
  const advice = isHard
    ? "its slope is 1/6 in Keras 3, 0.2 in older Keras, TensorFlow.js and ONNX; expected sigmoid: train or export with it"
    : `${PLAIN}, with sigmoid gates and tanh`;
  return toProblem("unsupported", `${describeValue(value)}, ${what}; ${advice}`, { place: excerpt(name) });
}
