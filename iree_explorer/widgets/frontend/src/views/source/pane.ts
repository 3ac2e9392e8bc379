import { type ChangeSpec, EditorState, type Extension, type StateEffect, Text } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import type { Actions } from "../../actions";
import { button, h, setAttribute, setText } from "../../dom";
import { addsToSelection } from "../../keys";
import { breakOnOp, opOf } from "../../model/breakpoints";
import type { Trace } from "../../model/trace";
import { type Key, litOps, type State, touches } from "../../store";
import { plural } from "../../words";
import type { View } from "../view";
import { breakpointGutter, setBreakpoints } from "./breakpoints";
import { changesOf, differingLines, EXACT_EDITS } from "./changes";
import { EditPane } from "./edit";
import { Finder, foundMarks } from "./find";
import { mlirFolding, toggleFoldAround, unfoldAt } from "./folding";
import { focusRing, type LineRole, type LineRoles, lineRoles, mlirColours, setLineRoles } from "./highlight";
import { editedLines, linesOf } from "./lines";

const NO_LINES: readonly number[] = [];
const NO_TEXT: readonly string[] = [];
/** Lines that stay in sight behind the one that is scrolled to. */
const CONTEXT_LINES = 3;

/** What the editor is to do: change its text, and bring a line (-1: none) into sight, by `scroll` where that is known before. */
interface Move {
  readonly changes: ChangeSpec | null;
  readonly target: number;
  readonly scroll: readonly StateEffect<unknown>[];
}

const NO_MOVE: Move = { changes: null, target: -1, scroll: [] };

/** The program text at the current step, read-only. Owns the movement of the text. */
export class SourcePane implements View {
  readonly element: HTMLElement;
  private readonly heading = h("span", { class: "ie-pane-note" });
  private readonly view: EditorView;
  private readonly finder: Finder;
  private readonly edit: HTMLButtonElement;
  private readonly explore: HTMLButtonElement;
  private readonly revert: HTMLButtonElement;
  private readonly editing: EditPane;
  private source: Trace | null = null;
  private owners: readonly number[] = NO_LINES;
  /** What the editor shows, to find out what a far jump changed. */
  private shown: readonly string[] = [];
  private next: Move = NO_MOVE;
  /** Lines that the step's own edits brought in. */
  private edited: readonly number[] = NO_LINES;

  constructor(
    private readonly actions: Actions,
    root: ShadowRoot,
  ) {
    const host = h("div", { class: "ie-editor" });
    this.editing = new EditPane(actions, root, () => {
      host.hidden = false;
      this.showTools();
      this.view.focus();
    });
    const text = (shown: boolean) => (shown ? this.shown : (this.source?.document.text.lines ?? NO_TEXT));
    this.edit = button({ label: "Edit the program", key: "i", text: "Edit", action: "edit", class: "ie-tool" }, () => {
      host.hidden = this.edit.hidden = this.revert.hidden = true;
      this.editing.open(text(this.isDump), this.isDump ? -1 : this.lineAtFirst(actions.opHere));
    });
    this.explore = button(
      { label: "Schedule this dump", text: "Schedule this", action: "explore-dump", class: "ie-tool", icon: "play" },
      () => actions.kernel?.load({ text: text(true).join("\n"), edited: true }),
    );
    this.revert = button(
      { label: "Back to the program as it was loaded", text: "Revert", action: "revert", class: "ie-tool" },
      () => {
        this.editing.putAside(text(false).join("\n"));
        actions.kernel?.revert();
      },
    );
    this.showTools();
    this.element = h(
      "section",
      { class: "ie-pane ie-source", "aria-label": "Program text", "data-ie-pane": "source" },
      h(
        "header",
        { class: "ie-pane-head" },
        h("h2", { class: "ie-pane-title" }, "Program"),
        this.heading,
        h("span", { class: "ie-tools" }, this.explore, this.revert, this.edit),
      ),
      host,
      this.editing.element,
    );
    this.view = new EditorView({ parent: host, root, extensions: this.extensions() });
    this.finder = new Finder(
      this.view,
      (position) => unfoldAt(this.view, position),
      (position) => this.actions.select(this.ownerOf(position)),
    );
    host.before(this.finder.element);
  }

  /** What there is to do with the program while it is not being edited: nothing without Python. */
  private showTools(): void {
    this.edit.hidden = !this.actions.kernel;
    this.revert.hidden = !this.actions.kernel || !this.source?.document.edited;
  }

  private extensions(): Extension {
    return [
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({ tabindex: "0", "aria-label": "Program text, read-only" }),
      breakpointGutter(
        (line) => this.ownerAt(line),
        (op) => this.actions.toggleBreakpoint(breakOnOp(op)),
      ),
      lineNumbers(),
      mlirFolding,
      foundMarks,
      keymap.of([{ key: "Mod-f", run: () => this.openSearch() }]),
      mlirColours,
      lineRoles,
      EditorView.domEventHandlers({ click: (event) => this.onClick(event) }),
      focusRing,
    ];
  }

  private onClick(event: MouseEvent): boolean {
    if (!this.view.state.selection.main.empty) return false;
    if (addsToSelection(event)) this.actions.askWithSelected(this.opUnder(event));
    else this.actions.select(this.opUnder(event));
    return false;
  }

  /** The op at whose line an event is; -1: at none. */
  opUnder(event: MouseEvent): number {
    if (!event.composedPath().includes(this.view.contentDOM)) return -1;
    return this.ownerOf(this.view.posAtCoords({ x: event.clientX, y: event.clientY }, false));
  }

  /** The op at whose line a position of the text is; -1: at none. */
  private ownerOf(position: number): number {
    return this.owners[this.view.state.doc.lineAt(position).number - 1] ?? -1;
  }

  /** The op that begins at a line; -1: none does. A line that closes a region ends its op. */
  private ownerAt(line: number): number {
    const owner = this.owners[line] ?? -1;
    const begins = this.owners[line - 1] !== owner && !this.shown[line]?.trimStart().startsWith("}");
    return begins ? owner : -1;
  }

  /** The line of an op in the program as it was loaded; -1: it has none. */
  private lineAtFirst(op: number): number {
    return this.source?.document.text.owners.indexOf(op) ?? -1;
  }

  /** The text is a compiler's dump, not the program that was loaded. */
  private get isDump(): boolean {
    return this.source?.isDump ?? false;
  }

  openEditor(): void {
    if (!this.edit.hidden) this.edit.click();
  }

  /** Folds or unfolds the block at an op's line, or else at the topmost line in sight. */
  toggleFold(op: number): void {
    const own = this.owners.indexOf(op);
    const top = this.view.lineBlockAtHeight(this.view.scrollDOM.scrollTop);
    toggleFoldAround(this.view, own >= 0 ? own : this.view.state.doc.lineAt(top.from).number - 1);
  }

  openSearch(): boolean {
    this.finder.open();
    return true;
  }

  destroy(): void {
    this.editing.destroy();
    this.view.destroy();
  }

  /** Before all views: moves the text, which others ask, and finds out where its lines are while no view has changed the page. */
  prepare(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (!touches(changed, "trace", "step", "selection")) return;
    if (changed.has("trace")) this.source = state.trace;
    const moved = touches(changed, "trace", "step");
    const changes = moved ? this.move(state, changed.has("trace")) : null;
    const target = this.lineToShow(state, changed);
    // One change to the editor rather than two, where it knows the line's place already.
    const scroll = changes || target < 0 ? [] : this.scrollingTo(target);
    this.next = { changes, target, scroll };
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (changed.has("trace")) {
      this.explore.hidden = !this.actions.kernel || !this.isDump;
      if (!state.editing) this.showTools();
    }
    this.editing.update(state, changed);
    const { changes, target, scroll } = this.next;
    this.next = NO_MOVE;
    if (touches(changed, "trace", "step", "selection", "lit", "question")) {
      const effects = [setLineRoles.of(this.rolesAt(state)), ...scroll];
      this.view.dispatch(changes ? { changes, effects } : { effects });
    }
    if (changes && target >= 0) this.view.dispatch({ effects: this.scrollingTo(target) });
    if (changed.has("breakpoints")) {
      this.view.dispatch({ effects: setBreakpoints.of(new Set(state.breakpoints.map(opOf))) });
    }
    if (touches(changed, "trace", "step")) this.finder.refresh();
  }

  /** Moves the text to the step, and says how the editor's differs. */
  private move(state: Readonly<State>, isNew: boolean): ChangeSpec | null {
    const changes = isNew ? this.load(state) : this.changesTo(state);
    const edits = state.trace?.text.editsOf(state.step) ?? [];
    this.edited = editedLines(edits, this.shown.length);
    return changes;
  }

  private load(state: Readonly<State>): ChangeSpec {
    const text = state.trace?.text;
    text?.moveTo(state.step);
    this.keep(text?.lines ?? NO_TEXT, text?.owners ?? NO_LINES);
    return { from: 0, to: this.view.state.doc.length, insert: Text.of(this.shown.length > 0 ? this.shown : [""]) };
  }

  private changesTo(state: Readonly<State>): ChangeSpec | null {
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
    const command = this.source?.document.command;
    setText(this.heading, `${plural(lines.length, "line")}${command ? ` · from: ${command}` : ""}`);
    setAttribute(this.heading, "title", command ?? "");
  }

  private rolesAt(state: Readonly<State>): LineRoles {
    const { selection } = state;
    return new Map<LineRole, readonly number[]>([
      ["edited", this.edited],
      ["lit", linesOf(this.owners, new Set(litOps(state)))],
      ["current", linesOf(this.owners, this.spokenOf(state))],
      ["selected", linesOf(this.owners, new Set(selection < 0 ? [] : [selection]))],
    ]);
  }

  /** The step's op; of a region that the text does not show yet, the ops that it is made of. */
  private spokenOf({ trace, step }: Readonly<State>): ReadonlySet<number> {
    const op = trace?.steps[step]?.op ?? -1;
    if (op < 0) return new Set();
    return new Set(this.owners.includes(op) ? [op] : trace?.opsMadeInto(step));
  }

  /** The line that must be in sight: of what was selected, of what the step speaks of unless it edited others, or of what it edited; -1: none. */
  private lineToShow(state: Readonly<State>, changed: ReadonlySet<Key>): number {
    const { selection } = state;
    const selected = changed.has("selection") && selection >= 0 ? this.owners.indexOf(selection) : -1;
    if (selected >= 0) return selected;
    if (!changed.has("step") && !changed.has("trace")) return -1;
    const spoken = this.spokenOf(state);
    const line = this.owners.findIndex((owner) => spoken.has(owner));
    const edited = this.edited[0] ?? -1;
    if (line < 0 || (edited >= 0 && !this.edited.includes(line)))
      return edited >= 0 || !changed.has("trace") ? edited : 0;
    return line;
  }

  /** What brings a line into sight; nothing where it is. */
  private scrollingTo(line: number): StateEffect<unknown>[] {
    const { doc } = this.view.state;
    const target = doc.line(Math.min(Math.max(0, line) + 1, doc.lines));
    unfoldAt(this.view, target.from);
    const block = this.view.lineBlockAt(target.from);
    const { scrollTop, clientHeight } = this.view.scrollDOM;
    const above = scrollTop - block.top;
    const below = block.bottom - (scrollTop + clientHeight);
    if (above <= 0 && below <= 0) return [];
    // Steps walk up or down: the next ones get the room that there is, so that the text rests for as long as it can.
    const y = Math.max(above, below) > clientHeight ? "center" : above > 0 ? "end" : "start";
    const yMargin = Math.min(CONTEXT_LINES * block.height, clientHeight / 4);
    return [EditorView.scrollIntoView(target.from, { y, yMargin })];
  }
}
