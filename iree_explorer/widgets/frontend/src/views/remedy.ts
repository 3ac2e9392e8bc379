import type { Actions } from "../actions";
import { button, h, setText, show } from "../dom";
import type { State } from "../store";

/** Above the error of a refused program: the partitioner that schedules it, one click away where there is a kernel. */
export class Remedy {
  readonly element: HTMLElement;
  private readonly words = h("span", {});
  private readonly button: HTMLButtonElement;
  private state: Readonly<State> | null = null;

  constructor(private readonly actions: Actions) {
    this.button = button({ label: "This partitioner can", text: "Schedule", action: "remedy" }, () => this.schedule());
    const content = actions.kernel ? this.button : this.words;
    this.element = h("p", { class: "ie-remedy", "data-ie-remedy": "", hidden: true }, content);
  }

  /** Shows the remedy while the error line tells of the refusal. */
  show(state: Readonly<State>, isRefused: boolean): void {
    this.state = state;
    const remedy = state.trace?.document.refusal?.remedy ?? "";
    show(this.element, isRefused && remedy !== "");
    setText(this.words, `The partitioner ${remedy} schedules it.`);
    setText(this.button, `Schedule with ${remedy}`);
  }

  private schedule(): void {
    const { options, refusal } = this.state?.trace?.document ?? {};
    if (!options || !refusal?.remedy) return;
    const { passes, favor, partitioner } = options;
    this.actions.kernel?.schedule({ passes, favor, execution: refusal.remedy, concurrency: partitioner.concurrency });
  }
}
