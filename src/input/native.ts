import { MATRIX_KEYS, UPSTREAM_KEYS, VECTOR_KEYS } from "./keys.ts";
import { nearest } from "./nearest.ts";

const NATIVE_KEYS: readonly string[] = [...MATRIX_KEYS, ...VECTOR_KEYS, ...UPSTREAM_KEYS];
const NATIVE_WEIGHTS = NATIVE_KEYS.filter((key) => /^[WUb]_/.test(key));

/** Whether parsed JSON has a weight of the native cell among its keys. */
export function hasNativeWeights(json: unknown): boolean {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return false;
  return NATIVE_WEIGHTS.some((key) => Object.hasOwn(json, key));
}

/** Whether parsed JSON may be meant as a native cell: some key is nearly one of its, if not just so, or there is no key. */
export function resemblesNative(json: unknown): boolean {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return true;
  const keys = Object.keys(json);
  return keys.length === 0 || keys.some((key) => nearest(key, NATIVE_KEYS) !== null);
}
