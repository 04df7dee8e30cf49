/** Below every floor: what is computed when it is first asked for, and then kept. */

export function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}

/** What is kept under a key. */
export function onceBy<K, T>(kept: Map<K, T>, key: K, compute: () => T): T {
  if (!kept.has(key)) kept.set(key, compute());
  return kept.get(key) as T;
}
