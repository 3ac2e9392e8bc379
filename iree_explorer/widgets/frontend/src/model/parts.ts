/** Bytes of one message at most. Notebook servers refuse messages of several megabytes. */
const PART_BYTES = 512 * 1024;

/** A text as UTF-8 in parts, each of at most `size` bytes with a buffer of its own; a part may end inside a character. */
export function partsOf(text: string, size = PART_BYTES): Uint8Array<ArrayBuffer>[] {
  const bytes = new TextEncoder().encode(text);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let start = 0; start < bytes.length; start += size) parts.push(bytes.slice(start, start + size));
  return parts;
}
