import type { Actions } from "../actions";
import { button, flag, h, press, setAttribute, setText, show, textButton } from "../dom";
import { breakOnOp } from "../model/breakpoints";
import { type Key, type State, touches } from "../store";
import { andMore } from "../words";
import type { View } from "./view";

const STEPS_SHOWN = 40;

/** The selected op and the steps that speak of it: a click goes there. */
export class SelectionBar implements View {
  readonly element: HTMLElement;
  private readonly title = h("span", { class: "ie-selection-title", role: "status", "data-ie-selection": "" });
  private readonly list = h("ol", { class: "ie-selection-steps" });
  private readonly break: HTMLButtonElement;
  private readonly clear: HTMLButtonElement;

  constructor(private readonly actions: Actions) {
    this.clear = button({ label: "Unselect", icon: "close", key: "Escape", action: "unselect", class: "ie-tool" }, () =>
      actions.select(-1),
    );
    this.break = button(
      { label: "Break at this op", icon: "breakpoint", key: "b", action: "break", class: "ie-tool" },
      () => actions.toggleBreakHere(),
    );
    this.element = h(
      "div",
      { class: "ie-selection", role: "group", "aria-label": "Selected op" },
      this.title,
      this.list,
      this.break,
      this.clear,
    );
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (!touches(changed, "trace", "selection", "step", "breakpoints")) return;
    const { trace, selection, step } = state;
    const chosen = trace !== null && selection >= 0;
    flag(this.title, "data-ie-none", !chosen);
    show(this.clear, chosen);
    show(this.break, chosen);
    press(this.break, state.breakpoints.includes(breakOnOp(selection)));
    const words = chosen ? trace.label(selection) : "Click an op to see its decisions";
    setText(this.title, words);
    setAttribute(this.title, "title", words);
    if (!chosen) {
      this.list.replaceChildren();
      return;
    }
    const steps = trace.stepsOf(selection);
    const rows = steps.slice(0, STEPS_SHOWN).map((index) => this.row(state, index, index === step));
    if (steps.length === 0) rows.push(h("li", { class: "ie-more" }, "no decision speaks of it"));
    if (steps.length > STEPS_SHOWN) rows.push(h("li", { class: "ie-more" }, andMore(steps.length - STEPS_SHOWN)));
    this.list.replaceChildren(...rows);
  }

  private row(state: Readonly<State>, index: number, here: boolean): HTMLLIElement {
    const step = state.trace?.steps[index];
    const jump = textButton(
      {
        class: "ie-jump",
        title: `Step ${index + 1}: ${step?.reason ?? ""}`,
        "aria-current": here ? "step" : undefined,
        "data-ie-jump": index,
      },
      step?.kind ?? "",
      () => this.actions.goTo(index),
    );
    jump.prepend(h("span", { class: "ie-jump-number" }, String(index + 1)));
    return h("li", {}, jump);
  }
}
