import { h, show } from "../dom";
import { commonIndent, type DiffLine, diffOf, type Lines } from "../model/diff";
import type { Edit } from "../model/document";
import { type Key, type State, touches } from "../store";
import { andMore, plural } from "../words";
import type { View } from "./view";

/** More lines than this are counted, not listed. */
const LINES_SHOWN = 300;
const NO_LINES: Lines = { lines: [], owners: [] };

/** The lines that a step took out of the program and put into it. */
export class EditList implements View {
  readonly element = h("div", { class: "ie-edits", "data-ie-edits": "", hidden: true });

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (!touches(changed, "trace", "step")) return;
    const edits = state.trace?.text.editsOf(state.step) ?? [];
    show(this.element, edits.length > 0);
    if (edits.length === 0) return;
    const removed = state.trace?.text.removedAt(state.step) ?? [];
    const hunks = edits.map((edit, index) => diffOf(edit, removed[index] ?? NO_LINES));
    this.element.replaceChildren(this.heading(hunks), ...this.list(edits, hunks));
  }

  private heading(hunks: readonly DiffLine[][]): HTMLElement {
    const lines = hunks.flat();
    const out = lines.filter(({ sign }) => sign === "−").length;
    return h("p", { class: "ie-caption" }, `${plural(out, "line")} out, ${plural(lines.length - out, "line")} in`);
  }

  private list(edits: readonly Edit[], hunks: readonly DiffLine[][]): HTMLElement[] {
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
    if (hidden > 0) shown.push(h("p", { class: "ie-more" }, `${andMore(hidden)} lines`));
    return shown;
  }

  /** The lines as far to the left as all of them can be: they are long. */
  private hunk(lines: readonly DiffLine[]): HTMLElement {
    const indent = commonIndent(lines.map(({ text }) => text));
    const rows = lines.map(({ sign, text, marks }) => {
      const parts: (string | HTMLElement)[] = [];
      let at = indent;
      for (const [from, to] of marks) {
        parts.push(text.slice(at, from), h("mark", {}, text.slice(from, to)));
        at = to;
      }
      const attributes = { class: "ie-diff-line", "data-ie-sign": sign === "+" ? "in" : "out" };
      return h("div", attributes, `${sign} `, ...parts, text.slice(at));
    });
    return h("div", { class: "ie-hunk" }, ...rows);
  }
}
