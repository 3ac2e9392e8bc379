import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutter, WidgetType } from "@codemirror/view";
import { h } from "../../dom";

interface Range {
  from: number;
  to: number;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** From the end of a line that opens a `{` to the line, as far indented, that closes it. MLIR's printer always indents so. */
export function foldRange(state: EditorState, position: number): Range | null {
  const opening = state.doc.lineAt(position);
  if (!opening.text.endsWith("{")) return null;
  const indent = indentOf(opening.text);
  for (let number = opening.number + 1; number <= state.doc.lines; number++) {
    const line = state.doc.line(number);
    if (line.text.length === 0 || indentOf(line.text) > indent || line.text.startsWith("^", indent)) continue;
    return line.text.startsWith("}", indent) ? { from: opening.to, to: line.from + indent } : null;
  }
  return null;
}

const foldEffect = StateEffect.define<Range>({
  map: ({ from, to }, changes) => ({ from: changes.mapPos(from), to: changes.mapPos(to) }),
});
/** Opens every fold that holds the position. */
const unfoldEffect = StateEffect.define<number>({ map: (position, changes) => changes.mapPos(position) });

class Placeholder extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(view: EditorView): HTMLElement {
    const element = h("button", { type: "button", class: "ie-folded", title: "Unfold", "aria-label": "Unfold" }, "…");
    element.addEventListener("click", () => unfoldAt(view, view.posAtDOM(element)));
    return element;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const folded = Decoration.replace({ widget: new Placeholder() });

const folds = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let result = value.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(foldEffect)) {
        result = result.update({ add: [folded.range(effect.value.from, effect.value.to)], sort: true });
      } else if (effect.is(unfoldEffect)) {
        result = result.update({ filter: (from, to) => to < effect.value || from > effect.value });
      }
    }
    return result;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function foldAt(state: EditorState, position: number): Range | null {
  let found: Range | null = null;
  state.field(folds).between(position, position, (from, to) => {
    found = { from, to };
  });
  return found;
}

/** Makes the text at a position visible. */
export function unfoldAt(view: EditorView, position: number): void {
  if (foldAt(view.state, position)) view.dispatch({ effects: unfoldEffect.of(position) });
}

/** Unfolds what holds the end of a line, or folds the block that the line opens; false: there is neither. */
function toggle(view: EditorView, lineStart: number): boolean {
  const { to } = view.state.doc.lineAt(lineStart);
  if (foldAt(view.state, to)) {
    unfoldAt(view, to);
    return true;
  }
  const range = foldRange(view.state, lineStart);
  if (range) view.dispatch({ effects: foldEffect.of(range) });
  return range !== null;
}

/** Folds the block that the line opens, or else the innermost one around it; or opens what is folded there. */
export function toggleFoldAround(view: EditorView, line: number): void {
  const { doc } = view.state;
  let indent = Number.POSITIVE_INFINITY;
  for (let number = Math.min(line + 1, doc.lines); number >= 1; number--) {
    const { text, from } = doc.line(number);
    if (text.length === 0 || indentOf(text) >= indent) continue;
    if (toggle(view, from)) return;
    // A label of a block stands as far left as the line that opens its region, but opens nothing.
    if (!text.trimStart().startsWith("^")) indent = indentOf(text);
  }
}

class FoldMarker extends GutterMarker {
  constructor(private readonly isFolded: boolean) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof FoldMarker && other.isFolded === this.isFolded;
  }

  override toDOM(): Node {
    return document.createTextNode(this.isFolded ? "›" : "⌄");
  }
}

const openMarker = new FoldMarker(false);
const closedMarker = new FoldMarker(true);

/** Blocks fold by a click at the mark beside the line that opens them, or by `toggleFoldAround`. */
export const mlirFolding: Extension = [
  folds,
  gutter({
    class: "ie-fold-gutter",
    lineMarker(view, block) {
      const line = view.state.doc.lineAt(block.from);
      if (!line.text.endsWith("{")) return null;
      return foldAt(view.state, line.to) ? closedMarker : openMarker;
    },
    lineMarkerChange: (update) => update.docChanged || update.state.field(folds) !== update.startState.field(folds),
    domEventHandlers: {
      click(view, block) {
        toggle(view, block.from);
        return true;
      },
    },
  }),
];
