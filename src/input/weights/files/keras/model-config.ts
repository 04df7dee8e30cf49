/** What the configuration of a Keras model says of its recurrent layers: the only place where their activations stand. */

import { failure, withProblems } from "../../../../errors.ts";
import { parseJson } from "../../../json.ts";
import { isObject } from "../../../objects.ts";
import { activationName } from "./activation-name.ts";

type Json = Readonly<Record<string, unknown>>;

/** One cell of a model. */
export interface RecurrentLayer {
  /** The names of the layers that hold it, and its own; a cell of several in one layer is `cells` and its number. */
  readonly keys: readonly string[];
  readonly className: string;
  readonly activation: string | null;
  /** That of the gates, Keras 1's inner_activation. */
  readonly recurrentActivation: string | null;
  readonly goBackwards: boolean;
  /** The same keys as Keras 3 has them in .h5, where a half of a wrapper keeps the name that it was given. */
  readonly givenKeys?: readonly string[] | undefined;
}

/** A layer among others of a model, whose order tells which weights are its own. */
export interface ModelLayer {
  readonly className: string;
  readonly name: string;
  /** Of a model within the model. */
  readonly layers: readonly ModelLayer[];
}

export interface ModelConfig {
  readonly recurrent: readonly RecurrentLayer[];
  readonly layers: readonly ModelLayer[];
  /** Whether it speaks of bfloat16, which stands in .h5 as raw bytes. */
  readonly hasBfloat: boolean;
}

/** Layers may nest so deep; each takes a few levels of JSON. */
const DEEPEST = 200;

/** @param place where it stands, for messages @throws {DlstmError} syntax, where it is no JSON; too-large. */
export function readModelConfig(text: string, place: string): ModelConfig {
  const named = (at: string | null) => (at === null ? place : `${place}, ${at}`);
  const json = withProblems(
    () => parseJson(text),
    (problem) => ({ ...problem, place: named(problem.place) }),
  );
  const recurrent: RecurrentLayer[] = [];
  collect(json, { keys: null, goBackwards: false, depth: 0 }, recurrent);
  return { recurrent, layers: isObject(json) ? layersOf(json, 0) : [], hasBfloat: text.includes('"bfloat16"') };

  function collect(value: unknown, above: Above, found: RecurrentLayer[]): void {
    if (above.depth > DEEPEST) throw failure("too-large", `layers more than ${DEEPEST} deep`, { place });
    const inner = { ...above, depth: above.depth + 1 };
    if (Array.isArray(value)) for (const one of value) collect(one, inner, found);
    else if (isLayer(value)) collectLayer(value, inner, found);
    else if (isObject(value)) collect(Object.values(value), inner, found);
  }

  function collectLayer({ class_name: className, config, name }: Layer, above: Above, found: RecurrentLayer[]): void {
    const own = isObject(config) ? config : {};
    const ownName = above.name ?? (typeof own.name === "string" ? own.name : typeof name === "string" ? name : null);
    // the model itself has a name that its weights do not stand below
    const keys = above.keys === null ? [] : ownName === null ? above.keys : [...above.keys, ownName];
    const { depth } = above;
    const inner: Above = { keys, depth, goBackwards: own.go_backwards === true || above.goBackwards };
    if (isRecurrent(className, own)) found.push(recurrentLayer(className, own, inner));
    else if (className === "Bidirectional") {
      const [layer, backward] = [own.layer, own.backward_layer];
      collect(layer, { ...inner, name: halfName("forward", layer) }, found);
      if (isLayer(backward)) collectGiven(backward, inner, found);
      else collectBackward(layer, inner, found);
    } else if (isLayer(own.cell) && own.cell.class_name === "StackedRNNCells") {
      const cells = isObject(own.cell.config) && Array.isArray(own.cell.config.cells) ? own.cell.config.cells : [];
      cells.forEach((cell, k) => {
        collect(cell, { ...inner, keys: [...keys, "cells"], name: String(k) }, found);
      });
    } else if (isLayer(own.cell))
      collectLayer(own.cell, { ...inner, keys: keys.slice(0, -1), name: keys.at(-1) }, found);
    else collect(Array.isArray(config) ? config : Object.values(own), inner, found);
  }

  /** The backward half of a wrapper where it is a layer of its own. */
  function collectGiven(layer: Layer, above: Above, found: RecurrentLayer[]): void {
    const halves: RecurrentLayer[] = [];
    collect(layer, { ...above, name: halfName("backward", layer) }, halves);
    const given = isObject(layer.config) && typeof layer.config.name === "string" ? layer.config.name : "";
    const at = above.keys?.length ?? 0;
    found.push(...halves.map((half) => ({ ...half, givenKeys: half.keys.with(at, given) })));
  }

  /** The backward half of a wrapper that has but one configuration: the same layer the other way round. */
  function collectBackward(layer: unknown, above: Above, found: RecurrentLayer[]): void {
    const halves: RecurrentLayer[] = [];
    collect(layer, { ...above, name: halfName("backward", layer) }, halves);
    found.push(...halves.map((half) => ({ ...half, goBackwards: !half.goBackwards })));
  }
}

interface Above {
  /** The names of the layers above; null above the model itself. */
  readonly keys: readonly string[] | null;
  readonly depth: number;
  readonly goBackwards: boolean;
  /** The name of the layer that follows, where it is another than its own. */
  readonly name?: string | undefined;
}

interface Layer extends Json {
  readonly class_name: string;
}

function isRecurrent(className: string, config: Json): boolean {
  const isTold = "recurrent_activation" in config || "inner_activation" in config;
  return isTold || /^(CuDNN)?(LSTM|GRU)(Cell)?$/.test(className);
}

function recurrentLayer(className: string, config: Json, { keys, goBackwards }: Above): RecurrentLayer {
  // cuDNN has no other
  const isCudnn = /^CuDNN/.test(className);
  return {
    keys: keys ?? [],
    className,
    activation: isCudnn ? "tanh" : activationName(config.activation),
    recurrentActivation: isCudnn ? "sigmoid" : activationName(config.recurrent_activation ?? config.inner_activation),
    goBackwards,
  };
}

/** Keras 3 writes the half's name, Keras 2 that of the layer which is wrapped. */
function halfName(half: "forward" | "backward", layer: unknown): string {
  const name = isLayer(layer) && isObject(layer.config) ? layer.config.name : undefined;
  if (typeof name !== "string") return `${half}_layer`;
  return name.startsWith(`${half}_`) ? name : `${half}_${name}`;
}

function layersOf({ config }: Json, depth: number): ModelLayer[] {
  const list = Array.isArray(config) ? config : isObject(config) ? config.layers : undefined;
  if (!Array.isArray(list) || depth > DEEPEST) return [];
  return list.filter(isLayer).map((layer) => {
    const inner = isObject(layer.config) ? layer.config.name : undefined;
    const name = typeof inner === "string" ? inner : typeof layer.name === "string" ? layer.name : "";
    return { className: layer.class_name, name, layers: layersOf(layer, depth + 1) };
  });
}

function isLayer(value: unknown): value is Layer {
  return isObject(value) && typeof value.class_name === "string" && "config" in value;
}
