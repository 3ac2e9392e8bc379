import type { Actions, RunRequest } from "../actions";
import { button, h, isOff, select, setOptions, setText, turnOff } from "../dom";
import type { Debug, RunResult, Signature } from "../model/document";
import { type Key, type State, touches } from "../store";
import { DebugPanel } from "./debug";
import { ErrorLine } from "./error-line";
import { Gantt } from "./gantt";
import { InputFields } from "./inputs";
import { resultsTable } from "./results";
import type { View } from "./view";

const WORKERS = [1, 2, 4, 8];

/** Which function, with what, on how many workers; what came out, and when each op ran. */
export class RunPanel implements View {
  readonly element: HTMLElement;
  private readonly functions: HTMLSelectElement;
  private readonly workers: HTMLSelectElement;
  private readonly fields: InputFields;
  private readonly form: HTMLFormElement;
  private readonly start: HTMLButtonElement;
  private readonly note = h("p", { class: "ie-empty", "data-ie-run-note": "" });
  private readonly error: ErrorLine;
  private readonly results = h("div", { class: "ie-results", "data-ie-results": "" });
  private readonly output = h("div", { class: "ie-run-output" });
  private readonly gantt: Gantt;
  private readonly debug: DebugPanel;
  private readonly through: HTMLButtonElement;
  private variables: State["variables"] = [];
  private signatures: readonly Signature[] = [];

  constructor(private readonly actions: Actions) {
    this.functions = select("Function", "function", () => this.showInputs());
    this.workers = select("Workers", "workers", () => undefined);
    setOptions(
      this.workers,
      WORKERS.map((count) => [String(count), `${count} worker${count === 1 ? "" : "s"}`]),
      "2",
    );
    this.start = button(
      { label: "Run", icon: "play", text: "Run", action: "run", class: "ie-button ie-primary" },
      () => undefined,
    );
    this.start.type = "submit";
    this.fields = new InputFields(actions);
    actions.runRequest = () => this.request();
    this.error = new ErrorLine(actions, "data-ie-run-error");
    this.gantt = new Gantt(actions);
    this.debug = new DebugPanel(actions);
    const label = "Step through the run, op by op";
    this.through = button({ label, text: "Step", action: "debug" }, () => {
      if (this.signature()) actions.kernel?.debug(this.request());
    });
    const parts = [this.functions, this.fields.element, this.workers, this.start, this.through];
    this.form = h("form", { class: "ie-run-form" }, ...parts);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.output.append(this.debug.element, this.error.element, this.note, this.results, this.gantt.element);
    this.element = h("div", { class: "ie-run" }, this.form, this.output);
  }

  destroy(): void {
    this.gantt.destroy();
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (changed.has("variables")) {
      this.variables = state.variables;
      this.fields.offer(state.variables);
    }
    if (changed.has("trace")) this.load(state);
    if (touches(changed, "trace", "run", "debug")) this.showRun(state.run, state.debug);
    if (touches(changed, "trace", "run", "step"))
      this.error.show(state.run?.error ?? "", state.run?.op ?? -1, state.trace);
    if (changed.has("busy")) for (const one of [this.start, this.through]) turnOff(one, state.busy !== "");
    if (changed.has("debug")) setText(this.through, state.debug ? "Restart" : "Step");
    this.debug.update(state, changed);
    if (touches(changed, "selection", "lit", "run", "debug", "trace")) {
      this.gantt.emphasize(state.selection, state.lit);
    }
  }

  private load(state: Readonly<State>): void {
    this.signatures = state.trace?.document.functions ?? [];
    const names = this.signatures.map(({ name }): [string, string] => [name, `@${name}`]);
    const shown = state.trace?.graph(state.trace.graphIndexAt(state.step))?.function;
    const wanted = [this.functions.value, shown].find((one) => this.signatures.some(({ name }) => name === one));
    setOptions(this.functions, names, wanted ?? names[0]?.[0] ?? "");
    this.form.hidden = !this.actions.kernel || this.signatures.length === 0;
    this.showInputs();
  }

  private showInputs(): void {
    this.fields.show(this.signature()?.inputs ?? [], this.variables);
    if (!this.note.hidden) setText(this.note, this.idleText());
  }

  private signature(): Signature | undefined {
    return this.signatures.find(({ name }) => name === this.functions.value);
  }

  private submit(): void {
    const signature = this.signature();
    if (!signature || !this.actions.kernel || isOff(this.start)) return;
    this.actions.kernel.run(this.request());
  }

  /** What a run would be asked for now. */
  private request(): RunRequest {
    return { function: this.signature()?.name ?? "", inputs: this.fields.values, workers: Number(this.workers.value) };
  }

  private idleText(): string {
    if (this.signatures.length === 0) return "This program has no function that can be run.";
    if (!this.actions.kernel)
      return "This page was saved without a run. Programs run where Python does: in a notebook, by ie.explore(…), or with iree-explorer run.";
    if (this.signature()?.inputs.length === 0) return "";
    return "Empty inputs are random; you can also type ones, zeros, iota or the name of an array.";
  }

  private showRun(run: RunResult | null, debug: Debug | null): void {
    setText(this.note, run ? "" : this.idleText());
    this.note.hidden = run !== null || debug !== null;
    this.results.replaceChildren(...(run && !run.error ? [resultsTable(run)] : []));
    this.output.toggleAttribute("data-ie-done", run !== null && run.timeline !== null && !run.error);
    this.gantt.show(run?.timeline ?? debug?.timeline ?? null);
  }
}
