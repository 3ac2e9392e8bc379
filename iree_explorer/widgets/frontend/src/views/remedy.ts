import type { Actions } from "../actions";
import { button, h, setText } from "../dom";
import type { State } from "../store";

/**
 * What schedules a program, one click away where there is a kernel: of one that is refused, above its error, the partitioner
 * that does not refuse it; of a compiler's dump, the passes themselves.
 */
export class Remedy {
  readonly element: HTMLElement;
  private readonly words = h("span", {});
  private readonly button: HTMLButtonElement;
  private state: Readonly<State> | null = null;

  constructor(private readonly actions: Actions) {
    this.button = button({ label: "Schedule it", text: "Schedule it", action: "remedy", class: "ie-button" }, () =>
      this.schedule(),
    );
    this.button.hidden = actions.kernel === null;
    this.element = h("p", { class: "ie-remedy", "data-ie-remedy": "", hidden: true }, this.words, this.button);
  }

  /** Shows the remedy while the error line tells of the refusal. */
  show(state: Readonly<State>, isRefused: boolean): void {
    this.state = state;
    const { refusal, schedulable } = state.trace?.document ?? {};
    const remedy = (isRefused && refusal?.remedy) || "";
    this.element.hidden = !schedulable && remedy === "";
    setText(
      this.words,
      schedulable
        ? "Step by step: how the module in this dump is scheduled."
        : `The partitioner ${remedy} schedules it.`,
    );
  }

  private schedule(): void {
    const { options, refusal } = this.state?.trace?.document ?? {};
    if (!options) return;
    const { passes, favor, partitioner } = options;
    // A dump has no options: the defaults are Python's.
    const given = passes.length > 0 ? { passes, favor, concurrency: partitioner.concurrency } : {};
    this.actions.kernel?.schedule({ ...given, ...(refusal?.remedy ? { execution: refusal.remedy } : {}) });
  }
}
