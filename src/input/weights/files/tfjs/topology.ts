/** What the topology of a model says of its layers, put beside their weights: TensorFlow.js' own, and that of Keras in it. */

import { failure } from "../../../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import type { Setting } from "../../weights.ts";
import { activationName } from "../keras/activation-name.ts";

/** The keys above tensors, joined by slashes as they are there. */
type Holders = ReadonlySet<string>;
type Config = Readonly<Record<string, unknown>>;

/** Far above what models nest, and what they say of their layers in all. */
const DEEPEST = 64;
const MOST_SETTINGS = 2 ** 20;

/** Parts of a layer's config that are layers by their form alone. */
const NO_LAYERS = /_(initializer|regularizer|constraint)$/;
/** The layer in a wrapper, the cells in an RNN: their weights stand below the name of what they are in. */
const INNER = /^(layer|backward_layer|cell|cells)$/;
/** Layers that are told by the shapes of their weights. */
const OTHER = /^(GRU|SimpleRNN)/;
/** The halves of a bidirectional wrapper, called after the layer in it. */
const HALF = /^(forward|backward)(_|$)/;
const GO_BACKWARDS = /^go_?backwards$/i;
const RECURRENT = /^recurrent_?activation$/i;
const ACTIVATION = /^(recurrent_?)?activation$/i;

/**
 * The settings of every layer whose name stands above tensors, below those keys; of a recurrent layer whose name stands
 * nowhere, below its own keys in the topology. The direction of a wrapped layer stands above the wrapper's halves.
 * @throws {DlstmError} too-large.
 */
export function topologySettings(topology: unknown, tensors: readonly Tensor[]): Setting[] {
  const settings: Setting[] = [];
  const byKey = holdersByKey(tensors);
  let left = MOST_SETTINGS;
  const visit = (value: unknown, path: readonly string[], within: Holders | null) => {
    if (typeof value !== "object" || value === null || path.length > DEEPEST) return;
    const config = configOf(value);
    const own = config === null ? null : named(config.name, within, byKey);
    left -= 1 + (own?.size ?? 0);
    if (left < settings.length) throw failure("too-large", `more than ${MOST_SETTINGS} settings of layers`);
    if (config !== null) settings.push(...layerSettings(config, path, own ?? (isInner(path) ? within : null)));
    for (const [key, inner] of Object.entries(value)) {
      if (!NO_LAYERS.test(key)) visit(inner, [...path, key], own ?? within);
    }
  };
  visit(topology, ["modelTopology"], null);
  return settings;
}

/** The config of a layer, or of a model. */
function configOf(value: object): Config | null {
  if (!("class_name" in value) || !("config" in value)) return null;
  const { class_name: type, config } = value;
  if (typeof type === "string" && OTHER.test(type)) return null;
  return typeof config === "object" && config !== null ? (config as Config) : null;
}

function holdersByKey(tensors: readonly Tensor[]): ReadonlyMap<string, Holders> {
  const groups = new Map<string, Set<string>>();
  for (const { name } of tensors) {
    const holder = name.slice(0, Math.max(0, name.lastIndexOf("/")));
    for (const key of holder.split("/")) {
      const group = groups.get(key);
      if (group) group.add(holder);
      else groups.set(key, new Set([holder]));
    }
  }
  return groups;
}

/** The holders among which a layer's name stands, or the names of its halves do; null where there are none. */
function named(name: unknown, within: Holders | null, byKey: ReadonlyMap<string, Holders>): Holders | null {
  if (typeof name !== "string") return null;
  const found = [name, `forward_${name}`, `backward_${name}`].flatMap((key) => [...(byKey.get(key) ?? [])]);
  const left = within === null ? found : found.filter((holder) => within.has(holder));
  return left.length > 0 ? new Set(left) : null;
}

/** Whether a layer stands in another, alone or in a list. */
function isInner(path: readonly string[]): boolean {
  return INNER.test(path.at(/^\d+$/.test(path.at(-1) ?? "") ? -2 : -1) ?? "");
}

function layerSettings(config: Config, path: readonly string[], holders: Holders | null): Setting[] {
  const told = Object.entries(config).map(
    ([key, value]) => [key, ACTIVATION.test(key) ? activationName(value) : value] as const,
  );
  const scalars = told.filter(([key, value]) => key !== "name" && typeof value !== "object");
  if (holders === null) {
    const isRecurrent = scalars.some(([key]) => RECURRENT.test(key));
    return isRecurrent ? scalars.map(([key, value]) => ({ name: [...path, "config", key].join("."), value })) : [];
  }
  return [...holders].flatMap((holder) =>
    scalars.flatMap(([key, value]) => {
      if (!GO_BACKWARDS.test(key)) return [{ name: `${holder}/${key}`, value }];
      // what is the backward half by its name goes backward of its own accord
      return path.includes("backward_layer") ? [] : [{ name: [...aboveHalf(holder), key].join("/"), value }];
    }),
  );
}

function aboveHalf(holder: string): string[] {
  const keys = holder.split("/");
  const at = keys.findIndex((key) => HALF.test(key));
  return at < 0 ? keys : keys.slice(0, at);
}
