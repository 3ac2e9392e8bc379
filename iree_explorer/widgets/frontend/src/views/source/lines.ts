import type { Edit } from "../../model/document";
import { replaceRange } from "../../model/text-state";

/** Lines that belong to any of these ops. */
export function linesOf(owners: readonly number[], ops: ReadonlySet<number>): number[] {
  const lines: number[] = [];
  if (ops.size === 0) return lines;
  for (let line = 0; line < owners.length; line++) if (ops.has(owners[line] as number)) lines.push(line);
  return lines;
}

/** The lines that edits brought in, in the text after them, which has `length` lines. */
export function editedLines(edits: readonly Edit[], length: number): number[] {
  if (edits.length === 0) return [];
  const before = edits.reduce((sum, edit) => sum + edit.remove - edit.lines.length, length);
  const fresh = new Array<boolean>(before).fill(false);
  for (const edit of edits)
    replaceRange(fresh, edit.line, edit.remove, new Array<boolean>(edit.lines.length).fill(true));
  return [...fresh.keys()].filter((line) => fresh[line]);
}
