import { ChangeSet, Text } from "@codemirror/state";
import type { Edit } from "../../model/document";

/** More edits than this are shown as one replacement of the lines that differ. */
export const EXACT_EDITS = 64;

type Change = { from: number; to: number; insert: Text };

function textOf(lines: readonly string[]): Text {
  return lines.length > 0 ? Text.of(lines) : Text.empty;
}

/** One edit of lines as a change of a CodeMirror document; what lies past its end is clamped. */
function changeOf(doc: Text, { line, remove, lines }: Edit): Change {
  const start = Math.min(Math.max(0, line), doc.lines);
  const end = Math.min(start + remove, doc.lines);
  if (start === doc.lines)
    return { from: doc.length, to: doc.length, insert: textOf(lines.length ? ["", ...lines] : []) };
  const from = doc.line(start + 1).from;
  if (end === start) return { from, to: from, insert: textOf(lines.length ? [...lines, ""] : []) };
  const to = doc.line(end).to;
  if (lines.length > 0) return { from, to, insert: textOf(lines) };
  // All of these lines go, with one of the line breaks around them.
  return to < doc.length
    ? { from, to: to + 1, insert: Text.empty }
    : { from: Math.max(0, from - 1), to, insert: Text.empty };
}

/** The smallest single replacement that turns `before` into `after`; `null` when they are equal. */
export function differingLines(before: readonly string[], after: readonly string[]): Edit | null {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const remove = before.length - start - tail;
  const lines = after.slice(start, after.length - tail);
  return remove === 0 && lines.length === 0 ? null : { line: start, remove, lines, owners: [] };
}

/** Edits in order as one change of a CodeMirror document. */
export function changesOf(doc: Text, edits: readonly Edit[]): ChangeSet {
  let changes = ChangeSet.empty(doc.length);
  let text = doc;
  for (const edit of edits) {
    const next = ChangeSet.of(changeOf(text, edit), text.length);
    text = next.apply(text);
    changes = changes.compose(next);
  }
  return changes;
}
