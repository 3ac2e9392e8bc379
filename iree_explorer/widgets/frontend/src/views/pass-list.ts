import type { Actions } from "../actions";
import { flag, h, setText, textButton } from "../dom";
import type { Trace } from "../model/trace";
import type { Key, State } from "../store";
import { andMore, counted } from "../words";
import { stageWords } from "./stages";
import type { View } from "./view";

/** More passes than this are counted, not listed. */
const PASSES_SHOWN = 5000;

/** All passes of a compiler's dump: which of them change the text, by how many lines, and which one is shown. */
export class PassList implements View {
  readonly element: HTMLElement;
  private readonly note = h("span", { class: "ie-pane-note" });
  private readonly list = h("ol", { class: "ie-pass-list", tabindex: 0, "aria-label": "All passes" });
  private rows: HTMLElement[] = [];
  private current = -1;

  constructor(private readonly actions: Actions) {
    const head = h("header", { class: "ie-pane-head" }, h("h2", { class: "ie-pane-title" }, "Passes"), this.note);
    this.element = h("section", { class: "ie-pane ie-pass-pane", "aria-label": "Passes" }, head, this.list);
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    const { trace, step, filter } = state;
    if (changed.has("trace")) this.load(trace?.isDump ? trace : null);
    if (this.rows.length === 0) return;
    if (changed.has("filter")) flag(this.list, "data-ie-only-changes", filter.onlyChanges);
    if (changed.has("step") || changed.has("trace")) this.mark(step);
  }

  private load(trace: Trace | null): void {
    this.current = -1;
    this.rows = (trace?.steps ?? []).slice(0, PASSES_SHOWN).map((_, step) => this.row(trace as Trace, step));
    const changing = this.rows.filter((row) => row.hasAttribute("data-ie-changes")).length;
    setText(this.note, `${changing} of ${counted(this.rows.length)} change the text`);
    const hidden = (trace?.steps.length ?? 0) - this.rows.length;
    const more = hidden > 0 ? [h("li", { class: "ie-more" }, andMore(hidden))] : [];
    const parts = (trace?.document.stages ?? []).flatMap((stage) => [
      h("li", { class: "ie-caption" }, stageWords(stage)),
      ...this.rows.slice(stage.first, stage.end),
    ]);
    this.list.replaceChildren(...parts, ...more);
  }

  private row(trace: Trace, step: number): HTMLElement {
    const reason = trace.steps[step]?.reason ?? "";
    const edits = trace.text.editsOf(step);
    const out = edits.reduce((sum, edit) => sum + edit.remove, 0);
    const into = edits.reduce((sum, edit) => sum + edit.lines.length, 0);
    const words = reason.split(": ")[0]?.replace(/^after (?!the failed)/, "") ?? "";
    const name = textButton({ class: "ie-link", title: reason }, words, () => this.actions.goTo(step));
    const row = h("li", { "data-ie-pass-step": step }, name, h("span", {}, edits.length > 0 ? `−${out} +${into}` : ""));
    flag(row, "data-ie-changes", edits.length > 0);
    return row;
  }

  /** Marks the pass that is shown, and brings it into sight: of the list alone, not of the page around. */
  private mark(step: number): void {
    this.rows[this.current]?.removeAttribute("aria-current");
    this.current = step;
    const row = this.rows[step];
    if (!row) return;
    row.setAttribute("aria-current", "step");
    const above = row.offsetTop - this.list.scrollTop;
    if (above < 0 || above + row.offsetHeight > this.list.clientHeight)
      this.list.scrollTop = row.offsetTop - this.list.clientHeight / 2;
  }
}
