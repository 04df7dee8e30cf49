/** Below every floor: what is computed when it is first asked for, and then kept. */

export function once<T>(compute: () => T): () => T {
  const kept = new Map<null, T>();
  return () => onceBy(kept, null, compute);
}

/** What is kept under a key. */
export function onceBy<K, T>(kept: Map<K, T>, key: K, compute: () => T): T {
  if (!kept.has(key)) kept.set(key, compute());
  return kept.get(key) as T;
}
