import type { Comparison, Hunk } from "./document";

export type Side = "before" | "after";
export const SIDES: readonly Side[] = ["before", "after"];

/** Both texts with empty rows where only the other has a line. */
export interface Aligned {
  lines: string[];
  /** Number of each row's line, from 1; 0: the row is empty. */
  numbers: number[];
  owners: number[];
  /** Rows that differ. */
  changed: number[];
}

interface NumberedText {
  lines: readonly string[];
  owners: readonly number[];
}

/** Brings two texts to the same number of rows, equal lines beside each other. */
export function alignTexts(before: NumberedText, after: NumberedText, hunks: readonly Hunk[]): Record<Side, Aligned> {
  const sides = { before: new Rows(before), after: new Rows(after) };
  let [atBefore, atAfter] = [0, 0];
  for (const [a, b, c, d] of hunks) {
    sides.before.take(atBefore, a);
    sides.after.take(atAfter, c);
    const most = Math.max(b - a, d - c);
    sides.before.take(a, b, most);
    sides.after.take(c, d, most);
    [atBefore, atAfter] = [b, d];
  }
  sides.before.take(atBefore, before.lines.length);
  sides.after.take(atAfter, after.lines.length);
  return sides;
}

class Rows implements Aligned {
  readonly lines: string[] = [];
  readonly numbers: number[] = [];
  readonly owners: number[] = [];
  readonly changed: number[] = [];

  constructor(private readonly text: NumberedText) {}

  /** Adds lines; with `most`, as ones that differ, and empty rows up to that many. */
  take(from: number, to: number, most?: number): void {
    for (let line = from; line < from + (most ?? to - from); line++) {
      if (most !== undefined) this.changed.push(this.lines.length);
      const inside = line < to;
      this.lines.push(inside ? (this.text.lines[line] ?? "") : "");
      this.owners.push(inside ? (this.text.owners[line] ?? -1) : -1);
      this.numbers.push(inside ? line + 1 : 0);
    }
  }
}

/** The ids that an op of one run has in both, before and after; -1: it is not in that one. */
export function inBoth({ ops }: Comparison, side: Side, op: number): [before: number, after: number] {
  if (op < 0 || !ops) return [op, op];
  const place = SIDES.indexOf(side);
  return ops.find((pair) => pair[place] === op) ?? (side === "before" ? [op, -1] : [-1, op]);
}
