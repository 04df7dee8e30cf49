/** When JSON is the native cell. */

import type { Cell } from "../lstm/cell.ts";
import { nearest } from "../words/nearest.ts";
import { ARRAY_KEYS, WEIGHT_KEYS } from "./keys.ts";
import { isObject } from "./objects.ts";
import type { CellOverrides } from "./overrides.ts";
import { parseCell } from "./parse-cell.ts";
import type { Choice } from "./weights/conventions/choices.ts";

/** Whether no flag says that the cell is any other than the native one. */
export function isNativeChoice({ from = "native", prefix, layer, reverse, order, layout, names }: Choice): boolean {
  return from === "native" && [prefix, layer, reverse, order, layout, names].every((flag) => flag === undefined);
}

/** The native cell in parsed JSON that has one of its weights; null where it has none, or where a flag says otherwise. */
export function nativeCell(json: unknown, file: string | null, choice: Choice, overrides: CellOverrides): Cell | null {
  if (!isNativeChoice(choice) || !isObject(json)) return null;
  const own = WEIGHT_KEYS.filter((key) => Object.hasOwn(json, key));
  // b_f is what others call it too, beside W_xf
  const isOther =
    own.every((key) => key.startsWith("b_")) && Object.keys(json).some((key) => /^W_[xh][ifocg]$/.test(key));
  return own.length > 0 && !isOther ? parseCell(json, file, overrides) : null;
}

/** Whether JSON without any cell may be meant as a native one: some key is nearly one of its, or there is no key. */
export function resemblesNative(json: unknown, choice: Choice): boolean {
  if (!isNativeChoice(choice)) return false;
  if (!isObject(json)) return true;
  const keys = Object.keys(json);
  return keys.length === 0 || keys.some((key) => nearest(key, ARRAY_KEYS) !== null);
}
