import { MATRIX_KEYS, VECTOR_KEYS } from "./keys.ts";

const NATIVE_WEIGHTS: readonly string[] = [...MATRIX_KEYS, ...VECTOR_KEYS].filter((key) => /^[WUb]_/.test(key));

/** Whether parsed JSON has a weight of the native cell among its keys. */
export function hasNativeWeights(json: unknown): boolean {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return false;
  return NATIVE_WEIGHTS.some((key) => Object.hasOwn(json, key));
}
