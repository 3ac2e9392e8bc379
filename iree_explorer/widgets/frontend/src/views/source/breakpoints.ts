import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { GutterMarker, gutter } from "@codemirror/view";
import { h } from "../../dom";

/** Ops that are broken on; they replace those before. */
export const setBreakpoints = StateEffect.define<ReadonlySet<number>>();

const ops = StateField.define<ReadonlySet<number>>({
  create: () => new Set(),
  update: (value, transaction) => transaction.effects.findLast((effect) => effect.is(setBreakpoints))?.value ?? value,
});

class Dot extends GutterMarker {
  constructor(private readonly on: boolean) {
    super();
  }

  override eq(other: Dot): boolean {
    return other.on === this.on;
  }

  override toDOM(): HTMLElement {
    return h("span", { class: "ie-gutter-dot", "data-ie-gutter-break": this.on ? "on" : "off" });
  }
}

const ON = new Dot(true);
const OFF = new Dot(false);

/** A gutter left of the line numbers: a click where an op begins breaks on it. For keys there is `b`. */
export function breakpointGutter(opAt: (line: number) => number, onToggle: (op: number) => void): Extension {
  return [
    ops,
    gutter({
      class: "ie-break-gutter",
      lineMarker: (view, block) => {
        const op = opAt(view.state.doc.lineAt(block.from).number - 1);
        if (op < 0) return null;
        return view.state.field(ops).has(op) ? ON : OFF;
      },
      lineMarkerChange: (update) =>
        update.startState.field(ops) !== update.state.field(ops) ||
        update.transactions.some(({ effects }) => effects.length > 0),
      domEventHandlers: {
        mousedown: (view, block, event) => {
          const op = opAt(view.state.doc.lineAt(block.from).number - 1);
          if (op < 0 || (event as MouseEvent).button !== 0) return false;
          onToggle(op);
          return true;
        },
      },
    }),
  ];
}
