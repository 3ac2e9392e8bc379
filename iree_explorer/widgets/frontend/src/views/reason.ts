import type { Actions } from "../actions";
import { elide, h, setAttribute, setText, show } from "../dom";
import { type Key, problemOf, type State, touches } from "../store";
import { ErrorLine } from "./error-line";
import { KIND_MEANINGS } from "./kinds";
import { proseOf, resolverAt } from "./prose";
import { Remedy } from "./remedy";
import type { View } from "./view";

/** Characters of a sentence; more would be no sentence. */
const LONGEST = 2000;
const LIVE_DELAY_MS = 250;

/** One sentence: what happened at this step and why. And the line of errors, which leaves all else as it was. */
export class ReasonLine implements View {
  readonly element: HTMLElement;
  private readonly kind = h("span", { class: "ie-kind", "data-ie-kind": "" });
  private readonly text = h(
    "p",
    // A long sentence scrolls, by keys as well.
    { class: "ie-reason-text", "data-ie-reason": "", tabindex: 0, role: "group", "aria-label": "Reason" },
    "Laying out the schedule…",
  );
  private readonly halt = h("span", { class: "ie-halt", "data-ie-halted": "", hidden: true }, "● breakpoint");
  /** Heard, not seen: while scrubbing, only the last sentence is spoken. */
  private readonly live = h("p", { class: "ie-sr-only", "aria-live": "polite", "aria-atomic": "true" });
  private readonly error: ErrorLine;
  private readonly remedy: Remedy;
  private readonly busy = h("p", { class: "ie-busy", role: "status", "data-ie-busy": "", hidden: true });
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly actions: Actions) {
    this.remedy = new Remedy(actions);
    this.error = new ErrorLine(actions, "data-ie-error");
    this.element = h(
      "div",
      { class: "ie-reason" },
      h("div", { class: "ie-reason-row" }, this.kind, this.text, this.halt, this.busy),
      this.remedy.element,
      this.error.element,
      this.live,
    );
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (touches(changed, "trace", "step")) this.tell(state);
    if (touches(changed, "trace", "step", "breakpoints")) show(this.halt, this.actions.isHalted);
    if (touches(changed, "error", "trace", "step", "failed")) this.showError(state);
    if (changed.has("busy")) {
      setText(this.busy, state.busy);
      show(this.busy, state.busy !== "");
    }
  }

  private tell(state: Readonly<State>): void {
    const step = state.trace?.steps[state.step];
    setText(this.kind, step?.kind ?? "");
    this.kind.title = step ? KIND_MEANINGS[step.kind] : "";
    show(this.kind, step !== undefined);
    setAttribute(this.kind, "data-ie-kind", step?.kind ?? "");
    const sentence =
      step?.reason ?? (state.trace ? "Nothing was scheduled: there is no decision to step through." : "");
    const resolve = state.trace ? resolverAt(state.trace, state.step) : () => undefined;
    this.text.replaceChildren(...proseOf(this.actions, elide(sentence, LONGEST), resolve));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => setText(this.live, sentence), LIVE_DELAY_MS);
  }

  private showError(state: Readonly<State>): void {
    const refusal = state.trace?.document.refusal;
    const message = problemOf(state);
    const isRefusal = message === refusal?.text;
    this.error.show(message, isRefusal ? (refusal.op ?? -1) : state.failed, state.trace);
    if (message && !state.trace) this.text.replaceChildren();
    this.remedy.show(state, isRefusal);
  }
}
