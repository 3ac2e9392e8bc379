import { EditorState, Text } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { h } from "../../dom";
import { type Aligned, alignTexts, SIDES, type Side } from "../../model/comparison";
import type { Hunk } from "../../model/document";
import type { Trace } from "../../model/trace";
import { lineRoles, mlirColours, setLineRoles } from "../source/highlight";
import { linesOf } from "../source/lines";

const SIGNS: Record<Side, string> = { before: "−", after: "+" };

/** One of the two texts. */
class TextSide {
  readonly element: HTMLElement;
  private readonly view: EditorView;
  private readonly changed: ReadonlySet<number>;

  constructor(
    side: Side,
    private readonly text: Aligned,
    root: ShadowRoot,
    onClick: (op: number) => void,
  ) {
    this.element = h("div", { class: `ie-editor ie-side ie-side-${side}`, "data-ie-side": side });
    this.changed = new Set(text.changed);
    const formatNumber = (row: number) => {
      const number = text.numbers[row - 1];
      return number ? `${number}${this.changed.has(row - 1) ? ` ${SIGNS[side]}` : ""}` : "";
    };
    this.view = new EditorView({
      parent: this.element,
      root,
      doc: Text.of(text.lines.length > 0 ? text.lines : [""]),
      extensions: [
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ tabindex: "0", "aria-label": `Program ${side}, read-only` }),
        lineNumbers({ formatNumber }),
        mlirColours,
        lineRoles,
        EditorView.domEventHandlers({
          click: (event, view) => {
            const at = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
            onClick(text.owners[view.state.doc.lineAt(at).number - 1] ?? -1);
          },
        }),
      ],
    });
  }

  select(op: number): void {
    const selected = op < 0 ? [] : linesOf(this.text.owners, new Set([op]));
    const roles = new Map([
      ["edited", this.text.changed],
      ["selected", selected],
    ] as const);
    this.view.dispatch({ effects: setLineRoles.of(roles) });
  }

  scrollTo(row: number): void {
    const { from } = this.view.state.doc.line(row + 1);
    this.view.dispatch({ effects: EditorView.scrollIntoView(from, { y: "center" }) });
  }

  /** Scrolls as another does. */
  follow({ view: { scrollDOM } }: TextSide): void {
    scrollDOM.addEventListener("scroll", () => {
      const own = this.view.scrollDOM;
      if (own.scrollTop !== scrollDOM.scrollTop) own.scrollTop = scrollDOM.scrollTop;
      if (own.scrollLeft !== scrollDOM.scrollLeft) own.scrollLeft = scrollDOM.scrollLeft;
    });
  }

  destroy(): void {
    this.view.destroy();
  }
}

/** The texts of two runs after the passes, line beside line. */
export class CompareTexts {
  readonly element: HTMLElement;
  private readonly sides: Record<Side, TextSide>;
  private readonly changes: readonly number[];
  private at = -1;

  constructor(
    traces: Record<Side, Trace>,
    hunks: readonly Hunk[],
    root: ShadowRoot,
    onClick: (side: Side, op: number) => void,
  ) {
    for (const side of SIDES) traces[side].text.moveTo(traces[side].lastStep);
    const texts = alignTexts(traces.before.text, traces.after.text, hunks);
    const make = (side: Side) => new TextSide(side, texts[side], root, (op) => onClick(side, op));
    this.sides = { before: make("before"), after: make("after") };
    this.sides.before.follow(this.sides.after);
    this.sides.after.follow(this.sides.before);
    const rows = texts.before.changed;
    this.changes = rows.filter((row, index) => rows[index - 1] !== row - 1);
    this.element = h("div", { class: "ie-pair" }, this.sides.before.element, this.sides.after.element);
  }

  /** Shows the next place where the texts differ. */
  next(): void {
    if (this.changes.length === 0) return;
    this.at = (this.at + 1) % this.changes.length;
    for (const side of SIDES) this.sides[side].scrollTo(this.changes[this.at] as number);
  }

  select(ops: readonly [number, number]): void {
    this.sides.before.select(ops[0]);
    this.sides.after.select(ops[1]);
  }

  destroy(): void {
    for (const side of SIDES) this.sides[side].destroy();
  }
}
