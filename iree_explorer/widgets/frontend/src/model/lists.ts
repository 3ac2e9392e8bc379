/** Lists by key, sets, and ascending numbers. */

/** Puts a value at the end of the list of its key, which begins with the first. */
export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

/** Replaces what is in a set, and adds to `changed` what came or went. */
export function replace<T>(set: Set<T>, items: Iterable<T>, changed: Set<T>): void {
  const before = new Set(set);
  set.clear();
  for (const item of items) set.add(item);
  for (const item of set) if (!before.has(item)) changed.add(item);
  for (const item of before) if (!set.has(item)) changed.add(item);
}

/** Index of the first of ascending numbers that is greater than `value`; their count when there is none. */
export function upperBound(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
