import type { Actions } from "../actions";
import { h, setText } from "../dom";
import type { Key, State } from "../store";
import type { View } from "./view";

const STEPS_SHOWN = 12;

/** The selected op and the steps that speak of it: a click goes there. */
export class SelectionCard implements View {
  readonly element: HTMLElement;
  private readonly title = h("p", { class: "ie-selection-title", "data-ie-selection": "" });
  private readonly list = h("ol", { class: "ie-selection-steps" });

  constructor(private readonly actions: Actions) {
    this.element = h(
      "aside",
      { class: "ie-selection", "aria-label": "Selected op" },
      h("h3", { class: "ie-subtitle" }, "Selected"),
      this.title,
      this.list,
    );
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (!changed.has("trace") && !changed.has("selection") && !changed.has("step")) return;
    const { trace, selection, step } = state;
    if (!trace || selection < 0) {
      setText(this.title, "Click an op in the text, the graph or the timeline.");
      this.title.toggleAttribute("data-ie-none", true);
      this.list.replaceChildren();
      return;
    }
    this.title.toggleAttribute("data-ie-none", false);
    setText(this.title, trace.label(selection));
    const steps = trace.stepsOf(selection);
    const rows = steps.slice(0, STEPS_SHOWN).map((index) => this.row(state, index, index === step));
    if (steps.length === 0) rows.push(h("li", { class: "ie-more" }, "No decision speaks of it."));
    if (steps.length > STEPS_SHOWN) rows.push(h("li", { class: "ie-more" }, `and ${steps.length - STEPS_SHOWN} more`));
    this.list.replaceChildren(...rows);
  }

  private row(state: Readonly<State>, index: number, here: boolean): HTMLLIElement {
    const step = state.trace?.steps[index];
    const jump = h(
      "button",
      {
        type: "button",
        class: "ie-jump",
        title: step?.reason ?? "",
        "aria-current": here ? "step" : undefined,
        "data-ie-jump": index,
      },
      h("span", { class: "ie-jump-number" }, String(index + 1)),
      h("span", { class: "ie-kind", "data-ie-kind": step?.kind ?? "" }, step?.kind ?? ""),
    );
    jump.addEventListener("click", () => this.actions.goTo(index));
    return h("li", {}, jump);
  }
}
