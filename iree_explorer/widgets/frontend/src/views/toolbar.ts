import type { Actions } from "../actions";
import { button, h, labelled, select, setAttribute, setNames, setOptions, setText } from "../dom";
import type { ExplorerDocument, Options, Scope } from "../model/document";
import { type Key, type State, touches } from "../store";
import type { View } from "./view";

const PASSES: [string, string][] = [
  ["execution concurrency", "both passes"],
  ["execution", "execution only"],
  ["concurrency", "concurrency only"],
];

/** What is shown and how it was scheduled. With a kernel, each choice schedules anew; without one they are words. */
export class Toolbar implements View {
  readonly element: HTMLElement;
  private readonly title = h("span", { class: "ie-title", "data-ie-title": "" });
  private readonly summary = h("span", { class: "ie-options", "data-ie-options": "" });
  private readonly controls: HTMLElement;
  private readonly compare: HTMLElement;
  private readonly passes: HTMLSelectElement;
  private readonly favor: HTMLSelectElement;
  private readonly partitioners: Record<Scope, HTMLSelectElement>;

  constructor(
    private readonly actions: Actions,
    onLoad: () => void,
    onHelp: () => void,
    onScreen: () => void,
    share: HTMLElement,
  ) {
    const schedule = () => this.schedule();
    this.passes = select("Passes", "passes", schedule);
    this.favor = select("Favor", "favor", schedule);
    this.partitioners = {
      execution: select("Partitioner of execution regions", "execution", schedule),
      concurrency: select("Partitioner of waves", "concurrency", schedule),
    };
    const load = button({ label: "Load a program", icon: "load", text: "Load", action: "load" }, onLoad);
    load.hidden = actions.kernel === null;
    this.controls = h(
      "span",
      { class: "ie-choices" },
      labelled("passes", this.passes),
      labelled("favor", this.favor),
      labelled("regions", this.partitioners.execution),
      labelled("waves", this.partitioners.concurrency),
    );
    this.compare = button(
      { label: "Compare with another run", text: "Compare", icon: "compare", action: "compare" },
      () => actions.compareView(true),
    );
    const help = button({ label: "Keys and words", icon: "help", key: "?", action: "help", class: "ie-tool" }, onHelp);
    const screen = button(
      { label: "Full screen", icon: "screen", key: "F", action: "screen", class: "ie-tool" },
      onScreen,
    );
    screen.hidden = !document.fullscreenEnabled;
    this.element = h(
      "div",
      { class: "ie-toolbar" },
      this.title,
      load,
      this.summary,
      this.controls,
      h("span", { class: "ie-tools ie-tools-wide" }, this.compare, share, screen, help),
    );
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (changed.has("trace") && state.trace) this.load(state.trace.document, state.trace.isDump);
    if (touches(changed, "trace", "comparison"))
      this.compare.hidden = !!state.trace?.isDump || !this.actions.canCompare;
    if (touches(changed, "trace", "partitioners") && state.trace) this.offer(state, state.trace.document);
    // After an error the last good document stays, and so do its options.
    if (changed.has("error") && state.trace) this.showOptions(state.trace.document.options);
  }

  /** A compiler's passes were not scheduled here: there is nothing to choose. */
  private load(document: ExplorerDocument, isDump: boolean): void {
    this.controls.hidden = isDump || this.actions.kernel === null;
    setText(this.title, document.title);
    setAttribute(this.title, "title", document.title);
    setOptions(this.passes, PASSES, "");
    setNames(this.favor, document.choices.favors, "");
  }

  private offer({ partitioners }: Readonly<State>, { choices, options }: ExplorerDocument): void {
    for (const scope of ["execution", "concurrency"] as const) {
      const names = (partitioners ?? choices.partitioners)[scope];
      setNames(this.partitioners[scope], names, "");
      // One partitioner is no choice.
      this.partitioners[scope].parentElement?.toggleAttribute("hidden", names.length < 2);
    }
    this.showOptions(options);
  }

  private showOptions(options: Options): void {
    this.passes.value = options.passes.join(" ");
    this.favor.value = options.favor;
    this.partitioners.execution.value = options.partitioner.execution;
    this.partitioners.concurrency.value = options.partitioner.concurrency;
    if (this.actions.kernel || options.passes.length === 0) {
      setText(this.summary, "");
      return;
    }
    const partitioners = `${options.partitioner.execution} / ${options.partitioner.concurrency}`;
    setText(
      this.summary,
      `${options.passes.join(" + ") || "no pass"} · favor ${options.favor} · partitioners ${partitioners}`,
    );
    this.summary.title =
      "How it was scheduled. This page has no kernel to do it otherwise; ? says what the words mean.";
  }

  private schedule(): void {
    this.actions.kernel?.schedule({
      favor: this.favor.value,
      passes: this.passes.value.split(" ").filter(Boolean) as Scope[],
      execution: this.partitioners.execution.value,
      concurrency: this.partitioners.concurrency.value,
    });
  }
}
