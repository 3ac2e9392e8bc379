import type { Actions } from "../actions";
import { button, elide, h, select, setOptions, setText } from "../dom";
import type { Output, RunResult, Signature } from "../model/document";
import type { Key, State } from "../store";
import { Gantt } from "./gantt";
import type { View } from "./view";

const WORKERS = [1, 2, 4, 8];

function figure(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(6)));
}

/** Which function, with what, on how many workers; what came out, and when each op ran. */
export class RunPanel implements View {
  readonly element: HTMLElement;
  private readonly functions: HTMLSelectElement;
  private readonly workers: HTMLSelectElement;
  private readonly fields = h("div", { class: "ie-inputs" });
  private readonly form: HTMLFormElement;
  private readonly start: HTMLButtonElement;
  private readonly note = h("p", { class: "ie-empty", "data-ie-run-note": "" });
  private readonly error = h("p", { class: "ie-error", role: "alert", hidden: true, "data-ie-run-error": "" });
  private readonly results = h("div", { class: "ie-results", "data-ie-results": "" });
  private readonly output = h("div", { class: "ie-run-output" });
  private readonly gantt: Gantt;
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
      { label: "Run", icon: "next", text: "Run", action: "run", class: "ie-button ie-primary" },
      () => undefined,
    );
    this.start.type = "submit";
    this.gantt = new Gantt(actions);
    this.form = h("form", { class: "ie-run-form" }, this.functions, this.fields, this.workers, this.start);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.output.append(this.error, this.note, this.results, this.gantt.element);
    this.element = h("div", { class: "ie-run" }, this.form, this.output);
  }

  destroy(): void {
    this.gantt.destroy();
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (changed.has("trace")) this.load(state);
    if (changed.has("trace") || changed.has("run")) this.showRun(state.run);
    if (changed.has("busy")) this.start.disabled = state.busy !== "";
    if (["selection", "lit", "run", "trace"].some((key) => changed.has(key as Key))) {
      this.gantt.emphasize(state.selection, state.lit);
    }
  }

  private load(state: Readonly<State>): void {
    this.signatures = state.trace?.document.functions ?? [];
    const names = this.signatures.map(({ name }): [string, string] => [name, `@${name}`]);
    const kept = this.signatures.some(({ name }) => name === this.functions.value);
    setOptions(this.functions, names, kept ? this.functions.value : (names[0]?.[0] ?? ""));
    this.form.hidden = !this.actions.kernel || this.signatures.length === 0;
    this.showInputs();
  }

  private signature(): Signature | undefined {
    return this.signatures.find(({ name }) => name === this.functions.value);
  }

  /** One field an input, what was typed before kept where the type is the same. */
  private showInputs(): void {
    const typed = new Map([...this.fields.querySelectorAll("input")].map((input) => [input.name, input.value]));
    const inputs = this.signature()?.inputs ?? [];
    this.fields.replaceChildren(
      ...inputs.map((type, index) => {
        const name = `${index}:${type}`;
        const field = h("input", {
          type: "text",
          class: "ie-input",
          name,
          placeholder: "random",
          spellcheck: "false",
          "data-ie-input": index,
        });
        field.value = typed.get(name) ?? "";
        return h("label", { class: "ie-field" }, h("span", {}, elide(type, 60)), field);
      }),
    );
  }

  private submit(): void {
    const signature = this.signature();
    if (!signature || !this.actions.kernel) return;
    const inputs = [...this.fields.querySelectorAll("input")].map((input) => input.value.trim());
    this.actions.kernel.run({ function: signature.name, inputs, workers: Number(this.workers.value) });
  }

  private idleText(): string {
    if (this.signatures.length === 0) return "This program has no function that can be run.";
    if (!this.actions.kernel) return "This page has no kernel: it shows runs that were made before it was saved.";
    return "Empty inputs are filled with random numbers.";
  }

  private showRun(run: RunResult | null): void {
    setText(this.note, run ? "" : this.idleText());
    this.note.hidden = run !== null;
    setText(this.error, run?.error ?? "");
    this.error.hidden = !run?.error;
    this.results.replaceChildren(...(run && !run.error ? [this.table(run)] : []));
    this.output.toggleAttribute("data-ie-done", run !== null && run.timeline !== null && !run.error);
    this.gantt.show(run?.timeline ?? null);
  }

  private table(run: RunResult): HTMLTableElement {
    const headings = ["Result", "Type", "Min", "Max", "Mean", "Value"];
    return h(
      "table",
      { class: "ie-table" },
      h("caption", { class: "ie-caption" }, `Results of @${elide(run.function)}`),
      h("thead", {}, h("tr", {}, ...headings.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, ...run.outputs.map((output, index) => this.row(output, index))),
    );
  }

  private row(output: Output, index: number): HTMLTableRowElement {
    const figures = [output.min, output.max, output.mean].map((value) =>
      h("td", { class: "ie-figure" }, figure(value)),
    );
    return h(
      "tr",
      { "data-ie-result": index },
      h("th", { scope: "row" }, String(index)),
      h("td", {}, elide(output.type)),
      ...figures,
      h("td", {}, h("pre", { class: "ie-value", tabindex: 0, "aria-label": `Value of result ${index}` }, output.text)),
    );
  }
}
