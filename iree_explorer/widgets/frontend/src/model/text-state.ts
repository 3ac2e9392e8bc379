import type { Lines } from "./diff";
import type { Edit, Step } from "./document";
import { upperBound } from "./lists";

/** One edit as it happened: what it removed is kept so that it can be undone. */
interface Applied {
  edit: Edit;
  removedLines: string[];
  removedOwners: number[];
}

interface Checkpoint {
  lines: string[];
  owners: number[];
}

/** How the text got from one step to another: the edits in order, or `null` when it was replaced from a checkpoint. */
export type TextChange = Edit[] | null;

/** Edits between two checkpoints. Under this many, replaying is cheaper than copying the text. */
const CHECKPOINT_EDITS = 256;
/** Checkpoints share their strings; this many line slots (8 bytes each, twice) are kept in all. */
const CHECKPOINT_SLOTS = 4_000_000;

/** Least number of edits between two checkpoints, and how many lines all of them may hold. */
export interface Limits {
  edits: number;
  slots: number;
}

/** As `Array.splice`, without its limit on the number of arguments. */
export function replaceRange<T>(array: T[], at: number, remove: number, insert: readonly T[]): T[] {
  if (insert.length < 4096) return array.splice(at, remove, ...insert);
  const tail = array.splice(at);
  for (const item of insert) array.push(item);
  for (let index = remove; index < tail.length; index++) array.push(tail[index] as T);
  return tail.slice(0, remove);
}

function applyEdit(lines: string[], owners: number[], edit: Edit): Applied {
  return {
    edit,
    removedLines: replaceRange(lines, edit.line, edit.remove, edit.lines),
    removedOwners: replaceRange(owners, edit.line, edit.remove, edit.owners),
  };
}

/** The edit that takes `applied` back. */
function inverse(applied: Applied): Edit {
  const { edit, removedLines, removedOwners } = applied;
  return { line: edit.line, remove: edit.lines.length, lines: removedLines, owners: removedOwners };
}

/**
 * The module's text at a step: the text before the passes plus every edit up to and including that step.
 *
 * `lines` and `owners` are live: read them, never change them. Moving costs what lies between the two steps, and never more than
 * a copy of the text plus `CHECKPOINT_EDITS` edits once the steps have been walked over.
 */
export class TextState {
  lines: string[];
  owners: number[];
  /** Edits of all steps in order; step s owns `[ends[s - 1], ends[s])`. */
  private readonly edits: Edit[] = [];
  private ends: number[] = [];
  private undo: Applied[] = [];
  /** The undo log starts here: edits before it were skipped over by a checkpoint. */
  private undoStart = 0;
  private position = 0;
  private readonly checkpoints = new Map<number, Checkpoint>();
  private spacing = 1;

  constructor(
    text: { lines: readonly string[]; owners: readonly number[] },
    private readonly steps: readonly Step[],
    private readonly limits: Limits = { edits: CHECKPOINT_EDITS, slots: CHECKPOINT_SLOTS },
  ) {
    this.lines = [...text.lines];
    this.owners = [...text.owners];
    this.checkpoints.set(0, { lines: [...this.lines], owners: [...this.owners] });
    this.complete();
  }

  /** Reads the edits of all steps: once more, where those came after the document. */
  complete(): void {
    if (this.edits.length > 0) return;
    this.ends = [];
    for (const { edits } of this.steps) {
      if (edits) this.edits.push(...edits);
      this.ends.push(this.edits.length);
    }
    const affordable = Math.max(1, Math.floor(this.limits.slots / Math.max(1, this.lines.length)));
    this.spacing = Math.max(this.limits.edits, Math.ceil(this.edits.length / affordable));
  }

  /** Differs where the text differs. */
  get version(): number {
    return this.position;
  }

  /** Edits made by a step, with line numbers of the text at that time. */
  editsOf(step: number): readonly Edit[] {
    return this.edits.slice(this.editsBefore(step), this.ends[step] ?? this.edits.length);
  }

  /** The first step, from one on, that edits the text; as many as there are steps where none does. */
  nextEdited(step: number): number {
    return upperBound(this.ends, this.editsBefore(step));
  }

  /** Moves to the text at `step` (-1: before the first) and says how it got there. */
  moveTo(step: number): TextChange {
    const target = step < 0 ? 0 : (this.ends[Math.min(step, this.ends.length - 1)] ?? 0);
    const start = Math.min(this.editsBefore(step), target);
    if (this.mustRestore(start, target)) {
      this.restore(start);
      while (this.position < target) this.forward();
      return null;
    }
    const change: Edit[] = [];
    while (this.position < target) change.push(this.forward());
    while (this.position > target) change.push(this.backward());
    return change;
  }

  /** What the edits of the step took out, when the text is at that step. */
  removedAt(step: number): readonly Lines[] {
    const count = this.position - this.editsBefore(step);
    const applied = count <= 0 ? [] : this.undo.slice(-count);
    return applied.map(({ removedLines, removedOwners }) => ({ lines: removedLines, owners: removedOwners }));
  }

  private editsBefore(step: number): number {
    return step <= 0 ? 0 : (this.ends[step - 1] ?? this.edits.length);
  }

  /** `start` is where the edits of the step that ends at `target` begin: they must all be in the undo log. */
  private mustRestore(start: number, target: number): boolean {
    if (start < this.undoStart) return true;
    const distance = Math.abs(target - this.position);
    return distance > this.spacing && target - this.nearest(start) < distance;
  }

  /** The last checkpoint at or before an edit. */
  private nearest(target: number): number {
    let at = target - (target % this.spacing);
    while (at > 0 && !this.checkpoints.has(at)) at -= this.spacing;
    return Math.max(at, 0);
  }

  private restore(target: number): void {
    const at = this.nearest(target);
    const checkpoint = this.checkpoints.get(at);
    if (!checkpoint) return;
    this.lines = [...checkpoint.lines];
    this.owners = [...checkpoint.owners];
    this.position = at;
    this.undoStart = at;
    this.undo = [];
  }

  private forward(): Edit {
    const edit = this.edits[this.position] as Edit;
    this.undo.push(applyEdit(this.lines, this.owners, edit));
    this.position += 1;
    if (this.position % this.spacing === 0 && !this.checkpoints.has(this.position)) {
      this.checkpoints.set(this.position, { lines: [...this.lines], owners: [...this.owners] });
    }
    return edit;
  }

  private backward(): Edit {
    const edit = inverse(this.undo.pop() as Applied);
    applyEdit(this.lines, this.owners, edit);
    this.position -= 1;
    return edit;
  }
}
