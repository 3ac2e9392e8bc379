/** Lists by key. */

/** Puts a value at the end of the list of its key, which begins with the first. */
export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}
