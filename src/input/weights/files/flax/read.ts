import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { Tensor } from "../../tensor.ts";
import type { Contents, Setting } from "../../weights.ts";
import type { OpenedFile } from "../opened.ts";
import { Window } from "../window.ts";
import { chunkedArray, flaxArray, isArray, isChunkedArray } from "./array.ts";
import { type Item, readMsgpack } from "./msgpack.ts";

/** What an optimiser keeps beside the weights: moments that repeat every name and every shape of theirs. */
const OPTIMISER = /^(.+_)?(opt|optim|optimi[sz]er)(_?states?)?(_.+)?$/i;

/** Boxes of a single array, which are no part of its name: nnx's Variable, linen's Partitioned. */
const BOX = /\.value$/;

/**
 * The arrays of a file that Flax wrote with `flax.serialization`, named by their keys joined by dots, those of an optimiser
 * left out; what is no array is a setting. Only the keys are read, entries where they are asked for, by position.
 * @throws {DlstmError} syntax, encoding, shape, too-large; duplicate-key, where two paths join to one name.
 */
export function readFlax({ source }: OpenedFile): Contents {
  const window = new Window(source);
  const tensors = new Map<string, Tensor>();
  const settings: Setting[] = [];
  const visit = (item: Item, name: string) => {
    for (const [key, inner] of partsOf(item)) {
      if (!OPTIMISER.test(key)) visit(inner, name === "" ? key : `${name}.${key}`);
    }
    const tensor = tensorOf(item, name.replace(BOX, ""));
    if (tensor !== null && tensors.has(tensor.name)) {
      const message = "two paths join to this name, expected names that differ";
      throw failure("duplicate-key", message, { place: excerpt(tensor.name) });
    }
    if (tensor !== null) tensors.set(tensor.name, tensor);
    if (item.kind === "value") settings.push({ name, value: item.value });
  };
  const tensorOf = (item: Item, name: string): Tensor | null => {
    if (isArray(item)) return flaxArray(window, item, name);
    return isChunkedArray(item) ? chunkedArray(window, item, name) : null;
  };
  visit(readMsgpack(window, { start: 0, length: source.size }), "");
  return { tensors: [...tensors.values()], settings, notes: [] };
}

/** What stands below an item. */
function partsOf(item: Item): readonly (readonly [key: string, item: Item])[] {
  if (item.kind === "list") return item.items.map((inner, k) => [String(k), inner] as const);
  return item.kind === "map" && !isChunkedArray(item) ? item.entries : [];
}
