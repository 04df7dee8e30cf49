/** Adds to the values of a key, in the order in which they come. */
export function addTo<Key, Value>(groups: Map<Key, [Value, ...Value[]]>, key: Key, value: Value): void {
  const there = groups.get(key);
  if (there) there.push(value);
  else groups.set(key, [value]);
}
