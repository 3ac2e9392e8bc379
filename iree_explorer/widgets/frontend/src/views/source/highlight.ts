import { type Extension, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { flag } from "../../dom";
import { type Token, tokenize } from "./mlir-tokens";

const marks = new Map<string, Decoration>();

function markOf(name: Token["class"]): Decoration {
  let mark = marks.get(name);
  if (!mark) {
    mark = Decoration.mark({ class: `ie-tok-${name}` });
    marks.set(name, mark);
  }
  return mark;
}

/** Colours only the lines on screen, so that a far jump is coloured at once. */
function colour(view: EditorView): DecorationSet {
  const found: Range<Decoration>[] = [];
  // A line too long to be drawn whole is in several ranges.
  let done = -1;
  for (const { from, to } of view.visibleRanges) {
    for (let at = Math.max(from, done + 1); at <= to; ) {
      const line = view.state.doc.lineAt(at);
      for (const token of tokenize(line.text)) {
        found.push(markOf(token.class).range(line.from + token.from, line.from + token.to));
      }
      done = line.to;
      at = done + 1;
    }
  }
  return Decoration.set(found);
}

export const mlirColours: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = colour(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = colour(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Marks an editor whose text was reached by the keyboard: its outline is around what scrolls. */
function markFocus(_: FocusEvent, { dom, contentDOM }: EditorView): boolean {
  flag(dom, "data-ie-focus", contentDOM.matches(":focus-visible"));
  return false;
}

export const focusRing: Extension = EditorView.domEventHandlers({ focus: markFocus, blur: markFocus });

/** What a line is lit for. A line may be several at once. */
export type LineRole = "current" | "selected" | "lit" | "edited" | "wrong";

/** Lines (0-based) of each role; they replace those before. */
export type LineRoles = ReadonlyMap<LineRole, readonly number[]>;

export const setLineRoles = StateEffect.define<LineRoles>();

const lineDecorations: Record<LineRole, Decoration> = {
  current: Decoration.line({ class: "ie-line-current", attributes: { "data-ie-line": "current" } }),
  selected: Decoration.line({ class: "ie-line-selected", attributes: { "data-ie-selected": "" } }),
  lit: Decoration.line({ class: "ie-line-lit", attributes: { "data-ie-lit": "" } }),
  wrong: Decoration.line({ class: "ie-line-wrong", attributes: { "data-ie-wrong": "" } }),
  edited: Decoration.line({ class: "ie-line-edited", attributes: { "data-ie-edited": "" } }),
};

export const lineRoles: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let result = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setLineRoles)) continue;
      const ranges: Range<Decoration>[] = [];
      for (const [role, lines] of effect.value) {
        for (const line of lines) {
          if (line < 0 || line >= transaction.newDoc.lines) continue;
          ranges.push(lineDecorations[role].range(transaction.newDoc.line(line + 1).from));
        }
      }
      result = Decoration.set(ranges, true);
    }
    return result;
  },
  provide: (field) => EditorView.decorations.from(field),
});
