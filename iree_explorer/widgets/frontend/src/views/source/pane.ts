import { openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { type ChangeSpec, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import type { Actions } from "../../actions";
import { h, setText } from "../../dom";
import type { Edit } from "../../model/document";
import type { Key, State } from "../../store";
import type { View } from "../view";
import { changesOf, differingLines, EXACT_EDITS } from "./changes";
import { mlirFolding, unfoldAt } from "./folding";
import { type LineRole, type LineRoles, lineRoles, mlirColours, setLineRoles } from "./highlight";

const NO_LINES: readonly number[] = [];
const NO_TEXT: readonly string[] = [];

/** Lines that belong to any of these ops. */
export function linesOf(owners: readonly number[], ops: ReadonlySet<number>): number[] {
  const lines: number[] = [];
  if (ops.size === 0) return lines;
  for (let line = 0; line < owners.length; line++) if (ops.has(owners[line] as number)) lines.push(line);
  return lines;
}

/** The lines that a step's edits brought in, in the text after the step. */
export function editedLines(edits: readonly Edit[]): number[] {
  let ranges: [from: number, to: number][] = [];
  for (const edit of edits) {
    const shift = edit.lines.length - edit.remove;
    const end = edit.line + edit.remove;
    ranges = ranges.flatMap(([from, to]): [number, number][] => {
      if (to <= edit.line) return [[from, to]];
      if (from >= end) return [[from + shift, to + shift]];
      const kept: [number, number][] = [];
      if (from < edit.line) kept.push([from, edit.line]);
      if (to > end) kept.push([end + shift, to + shift]);
      return kept;
    });
    if (edit.lines.length > 0) ranges.push([edit.line, edit.line + edit.lines.length]);
  }
  const lines = ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index));
  return [...new Set(lines)].sort((a, b) => a - b);
}

/** The program text at the current step, read-only. Owns the movement of the text. */
export class SourcePane implements View {
  readonly element: HTMLElement;
  private readonly heading = h("span", { class: "ie-pane-note" });
  private readonly view: EditorView;
  private owners: readonly number[] = NO_LINES;
  /** What the editor shows, to find out what a far jump changed. */
  private shown: readonly string[] = [];

  constructor(
    private readonly actions: Actions,
    root: ShadowRoot,
  ) {
    const host = h("div", { class: "ie-editor" });
    this.element = h(
      "section",
      { class: "ie-pane ie-source", "aria-label": "Program text", "data-ie-pane": "source" },
      h("header", { class: "ie-pane-head" }, h("h2", { class: "ie-pane-title" }, "Program"), this.heading),
      host,
    );
    this.view = new EditorView({ parent: host, root, extensions: this.extensions() });
  }

  private extensions(): Extension {
    return [
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({ tabindex: "0", "aria-label": "Program text, read-only" }),
      lineNumbers(),
      mlirFolding,
      drawSelection(),
      search({ top: true }),
      keymap.of(searchKeymap),
      mlirColours,
      lineRoles,
      EditorView.domEventHandlers({ click: (event) => this.onClick(event) }),
    ];
  }

  private onClick(event: MouseEvent): boolean {
    const position = this.view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
    const owner = this.owners[this.view.state.doc.lineAt(position).number - 1];
    if (owner !== undefined && this.view.state.selection.main.empty) this.actions.select(owner);
    return false;
  }

  openSearch(): void {
    openSearchPanel(this.view);
  }

  destroy(): void {
    this.view.destroy();
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    const moved = changed.has("trace") || changed.has("step");
    if (moved || changed.has("selection") || changed.has("lit")) {
      const changes = changed.has("trace") ? this.load(state) : moved ? this.move(state) : null;
      const effects = setLineRoles.of(this.rolesAt(state));
      this.view.dispatch(changes ? { changes, effects } : { effects });
    }
    if (moved) this.reveal(state, changed.has("trace"));
    if (changed.has("selection") && state.selection >= 0) this.revealOp(state.selection);
  }

  private load(state: Readonly<State>): ChangeSpec {
    const text = state.trace?.text;
    text?.moveTo(state.step);
    this.keep(text?.lines ?? NO_TEXT, text?.owners ?? NO_LINES);
    return { from: 0, to: this.view.state.doc.length, insert: this.shown.join("\n") };
  }

  private move(state: Readonly<State>): ChangeSpec | null {
    const text = state.trace?.text;
    if (!text) return null;
    const edits = text.moveTo(state.step);
    if (edits?.length === 0) return null;
    const { doc } = this.view.state;
    const exact = edits !== null && edits.length <= EXACT_EDITS;
    const whole = exact ? null : differingLines(this.shown, text.lines);
    this.keep(text.lines, text.owners);
    return changesOf(doc, exact ? edits : whole ? [whole] : []);
  }

  private keep(lines: readonly string[], owners: readonly number[]): void {
    this.shown = [...lines];
    this.owners = owners;
    setText(this.heading, `${lines.length.toLocaleString("en")} lines`);
  }

  private rolesAt(state: Readonly<State>): LineRoles {
    const { trace, step, selection, lit } = state;
    const op = trace?.steps[step]?.op ?? -1;
    return new Map<LineRole, readonly number[]>([
      ["edited", editedLines(trace?.text.editsOf(step) ?? [])],
      ["lit", linesOf(this.owners, new Set(lit))],
      ["current", linesOf(this.owners, new Set(op < 0 ? [] : [op]))],
      ["selected", linesOf(this.owners, new Set(selection < 0 ? [] : [selection]))],
    ]);
  }

  /** Scrolls to the step's op, or else to what it edited. */
  private reveal(state: Readonly<State>, atOnce: boolean): void {
    const { trace, step } = state;
    const op = trace?.steps[step]?.op ?? -1;
    const line = op >= 0 ? this.owners.indexOf(op) : -1;
    const edited = line < 0 ? editedLines(trace?.text.editsOf(step) ?? [])[0] : undefined;
    const target = line >= 0 ? line : (edited ?? (atOnce ? 0 : -1));
    if (target >= 0) this.scrollTo(target);
  }

  private revealOp(op: number): void {
    const line = this.owners.indexOf(op);
    if (line >= 0) this.scrollTo(line);
  }

  private scrollTo(line: number): void {
    const { doc } = this.view.state;
    const target = doc.line(Math.min(Math.max(0, line) + 1, doc.lines));
    unfoldAt(this.view, target.from);
    if (this.isVisible(target.from)) return;
    this.view.dispatch({ effects: EditorView.scrollIntoView(target.from, { y: "center" }) });
  }

  private isVisible(position: number): boolean {
    const block = this.view.lineBlockAt(position);
    const { scrollTop, clientHeight } = this.view.scrollDOM;
    return block.top >= scrollTop && block.bottom <= scrollTop + clientHeight;
  }
}
