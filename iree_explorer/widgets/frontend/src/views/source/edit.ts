import { EditorSelection } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import type { Actions } from "../../actions";
import { button, h } from "../../dom";
import type { Key, State } from "../../store";
import type { View } from "../view";
import { focusRing, lineRoles, mlirColours, setLineRoles } from "./highlight";
import { undoHistory } from "./undo";

/** Selects as far as an end of the text: the browser's own keys know no lines but those that are drawn. */
function select(place: (length: number, anchor: number) => [anchor: number, head: number]) {
  return ({ state, dispatch }: EditorView) => {
    const [anchor, head] = place(state.doc.length, state.selection.main.anchor);
    dispatch({ selection: { anchor, head }, scrollIntoView: true });
    return true;
  };
}

const FAR_KEYS = [
  { key: "Mod-a", run: select((length) => [length, 0]) },
  { key: "Mod-Home", run: select(() => [0, 0]), shift: select((_, anchor) => [anchor, 0]) },
  { key: "Mod-End", run: select((length) => [length, length]), shift: select((length, anchor) => [anchor, length]) },
];

/** Where errors are, each a line `file:line:column: error: …`. */
export function placesOf(errors: string): { line: number; column: number }[] {
  return [...errors.matchAll(/^.*?:(\d+):(\d+): error: /gm)].map(([, line, column]) => ({
    line: Number(line),
    column: Number(column),
  }));
}

/** The program, edited in place of the text that is shown. What was typed stays until it is scheduled or thrown away. */
export class EditPane implements View {
  readonly element: HTMLElement;
  private readonly host = h("div", { class: "ie-editor" });
  private editor: EditorView | null = null;
  private submitted = false;
  /** What was typed when the edits were left, and the text that they began with. */
  private draft: { base: string; text: string } | null = null;
  private aside: string | null = null;

  constructor(
    private readonly actions: Actions,
    private readonly root: ShadowRoot,
    private readonly onClose: () => void,
  ) {
    const run = button(
      {
        label: "Schedule the edited program",
        key: "Ctrl+Enter",
        text: "Apply",
        action: "edit-apply",
        class: "ie-button ie-primary",
      },
      () => this.apply(),
    );
    const compare = button(
      { label: "Compare the edited program with this one", text: "Compare", action: "edit-compare" },
      () => this.apply(true),
    );
    const cancel = button(
      { label: "Back to the program as it was", key: "Escape", text: "Cancel", action: "edit-cancel" },
      () => this.cancel(),
    );
    this.element = h(
      "div",
      { class: "ie-edit", hidden: true, "data-ie-edit": "" },
      h("div", { class: "ie-edit-bar" }, run, compare, cancel),
      this.host,
    );
  }

  /** Opens the editor on a text, at one of its lines; edits that were left, and -1, at the start. */
  open(lines: readonly string[], line: number): void {
    this.element.hidden = false;
    this.actions.setEditing(true);
    const base = lines.join("\n");
    const text = this.draft?.base === base ? this.draft.text : base;
    this.draft = { base, text };
    const act = (done: () => void) => () => {
      done();
      return true;
    };
    const keys = [
      { key: "Mod-Enter", run: act(() => this.apply()) },
      { key: "Ctrl-Enter", run: act(() => this.apply()) },
      { key: "Escape", run: act(() => this.cancel()), stopPropagation: true },
    ];
    this.editor = new EditorView({
      parent: this.host,
      root: this.root,
      doc: text,
      extensions: [
        keymap.of([...keys, ...FAR_KEYS]),
        undoHistory(),
        lineNumbers(),
        mlirColours,
        lineRoles,
        focusRing,
        EditorView.contentAttributes.of({ tabindex: "0", "aria-label": "Program text, to be edited" }),
      ],
    });
    const { doc } = this.editor.state;
    const { from } = doc.line(text === base ? Math.min(Math.max(0, line) + 1, doc.lines) : 1);
    this.editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    this.editor.focus();
  }

  /** Keeps an edited text that is about to be reverted: it is there again when the program, as it was loaded, is edited. */
  putAside(text: string): void {
    this.aside = text;
  }

  private apply(compare = false): void {
    const text = this.editor?.state.doc.toString() ?? "";
    // Python would send the same document, which is no change: nothing would close this.
    if (!compare && text === this.draft?.base) {
      this.cancel();
      return;
    }
    this.submitted = true;
    if (compare) this.actions.kernel?.compare({ text });
    else this.actions.kernel?.load({ text, edited: true });
  }

  /** What was wrong with the edits is not wrong with the program. */
  private cancel(): void {
    if (this.submitted) this.actions.complain("");
    this.close();
  }

  /** Shows the program as it was; edits that were not scheduled are there again when it is opened the next time. */
  private close(): void {
    if (this.draft && this.editor) this.draft.text = this.editor.state.doc.toString();
    this.editor?.destroy();
    this.editor = null;
    this.submitted = false;
    this.element.hidden = true;
    this.actions.setEditing(false);
    this.onClose();
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (this.aside !== null && changed.has("trace")) {
      const base = state.trace?.document.text.lines.join("\n") ?? "";
      this.draft = { base, text: this.aside };
      this.aside = null;
    }
    if (!this.editor || !this.submitted) return;
    if (changed.has("trace")) {
      this.close();
      this.draft = null;
    } else if (changed.has("error")) this.tell(state.error);
  }

  /** Goes to the place of the first error, which the line of errors tells, and marks the lines of all. */
  private tell(error: string): void {
    const { editor } = this;
    if (!editor) return;
    const { doc } = editor.state;
    const places = placesOf(error).filter(({ line }) => line <= doc.lines);
    const place = places[0];
    const line = place && doc.line(Math.max(1, place.line));
    const effects = [setLineRoles.of(new Map([["wrong", places.map(({ line }) => line - 1)]]))];
    if (!line || !place) editor.dispatch({ effects });
    else {
      const at = Math.min(line.from + Math.max(0, place.column - 1), line.to);
      editor.dispatch({
        effects: [...effects, EditorView.scrollIntoView(at, { y: "center" })],
        selection: EditorSelection.cursor(at),
      });
      editor.focus();
    }
  }

  destroy(): void {
    this.editor?.destroy();
  }
}
