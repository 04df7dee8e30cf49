/** Below every floor: what is computed when it is first asked for, and then kept. */

export function once<T>(compute: () => T): () => T {
  const kept = new Map<null, T>();
  return () => onceBy(kept, null, compute);
}

type Kept<K, T> = Pick<Map<K, T>, "has" | "get"> & { set(key: K, value: T): unknown };

/** What is kept under a key; in a WeakMap as long as the key is. */
export function onceBy<K, T>(kept: Kept<K, T>, key: K, compute: () => T): T {
  if (!kept.has(key)) kept.set(key, compute());
  return kept.get(key) as T;
}
