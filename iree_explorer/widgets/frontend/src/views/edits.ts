import { h } from "../dom";
import type { Edit } from "../model/document";
import type { Key, State } from "../store";
import type { View } from "./view";

/** More lines than this are counted, not listed. */
const LINES_SHOWN = 300;

function plural(lines: number): string {
  return `${lines.toLocaleString("en")} line${lines === 1 ? "" : "s"}`;
}

interface Line {
  sign: "−" | "+";
  text: string;
}

/** An edit as the lines that it took out and those that it put in; what both have at either end is no change. */
export function linesOfEdit(edit: Edit, removed: readonly string[]): Line[] {
  const { lines } = edit;
  const shorter = Math.min(lines.length, removed.length);
  let start = 0;
  while (start < shorter && lines[start] === removed[start]) start++;
  let tail = 0;
  while (tail < shorter - start && lines.at(-1 - tail) === removed.at(-1 - tail)) tail++;
  const cut = (list: readonly string[]) => list.slice(start, list.length - tail);
  return [
    ...cut(removed).map((text): Line => ({ sign: "−", text })),
    ...cut(lines).map((text): Line => ({ sign: "+", text })),
  ];
}

/** The lines that a step took out of the program and put into it. */
export class EditList implements View {
  readonly element = h("div", { class: "ie-edits", "data-ie-edits": "", hidden: true });

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (!changed.has("trace") && !changed.has("step")) return;
    const edits = state.trace?.text.editsOf(state.step) ?? [];
    this.element.hidden = edits.length === 0;
    const removed = state.trace?.text.removedAt(state.step) ?? [];
    const hunks = edits.map((edit, index) => linesOfEdit(edit, removed[index] ?? []));
    this.element.replaceChildren(this.heading(hunks), ...this.list(edits, hunks));
  }

  private heading(hunks: readonly Line[][]): HTMLElement {
    const lines = hunks.flat();
    const out = lines.filter(({ sign }) => sign === "−").length;
    return h("p", { class: "ie-caption" }, `${plural(out)} out, ${plural(lines.length - out)} in`);
  }

  private list(edits: readonly Edit[], hunks: readonly Line[][]): HTMLElement[] {
    const shown: HTMLElement[] = [];
    let room = LINES_SHOWN;
    for (const [index, hunk] of hunks.entries()) {
      if (room <= 0) break;
      shown.push(
        h("p", { class: "ie-hunk-place" }, `line ${(edits[index]?.line ?? 0) + 1}`),
        this.hunk(hunk.slice(0, room)),
      );
      room -= hunk.length;
    }
    const hidden = hunks.flat().length - LINES_SHOWN;
    if (hidden > 0) shown.push(h("p", { class: "ie-more" }, `and ${hidden.toLocaleString("en")} lines more`));
    return shown;
  }

  private hunk(lines: readonly Line[]): HTMLElement {
    const rows = lines.map(({ sign, text }) =>
      h("div", { class: "ie-diff-line", "data-ie-sign": sign === "+" ? "in" : "out" }, `${sign} ${text}`),
    );
    return h("div", { class: "ie-hunk" }, ...rows);
  }
}
