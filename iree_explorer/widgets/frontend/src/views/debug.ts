import type { Actions } from "../actions";
import { button, elide, flag, h, setText, turnOff } from "../dom";
import type { Debug, LiveValue } from "../model/document";
import { isRunning, type Key, type State, touches } from "../store";
import { figure } from "./results";
import { tableOf } from "./table";
import type { View } from "./view";

/** How far a run is, a button that stops it; of one that is stepped through where it stands, and what its values are. */
export class DebugPanel implements View {
  readonly element: HTMLElement;
  private readonly bar = h("progress", { "aria-label": "Ops done", "data-ie-progress": "" });
  private readonly count = h("span", { class: "ie-debug-count" });
  private readonly message = h("p", { class: "ie-debug-message", role: "status", "data-ie-stopped": "" });
  private readonly values = h("tbody");
  private readonly table: HTMLTableElement;
  private readonly where = h("pre", {
    class: "ie-value",
    tabindex: 0,
    role: "group",
    "aria-label": "Where the run stands",
  });
  private readonly steps: HTMLButtonElement[];
  private readonly stop: HTMLButtonElement;

  constructor(actions: Actions) {
    const step = (way: "op" | "wave" | "continue", text: string, label: string, key: string) =>
      button({ label, text, key, action: `debug-${way}` }, () => actions.stepRun(way));
    this.steps = [
      step("op", "Next op", "Run one op", "n"),
      step("wave", "Next wave", "Run to the end of the wave", "N"),
      step("continue", "Continue", "Run to the next breakpoint on an op", "."),
    ];
    this.stop = button({ label: "End the run", text: "Stop", key: "x", action: "stop" }, () => actions.stopRun());
    const headings = ["Value", "Type", "Min", "Max", "Mean", "NaN", "First elements"];
    this.table = tableOf("Live values", headings, this.values, { "data-ie-values": "" });
    const buttons = h("div", { class: "ie-debug-bar" }, ...this.steps, this.stop, this.bar, this.count);
    this.element = h(
      "section",
      { class: "ie-debug", "aria-label": "The run" },
      buttons,
      this.message,
      this.table,
      this.where,
    );
    this.element.hidden = true;
    this.show(null);
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (!touches(changed, "debug", "progress")) return;
    const { debug, progress } = state;
    this.element.hidden = !isRunning(state);
    const [done = 0, total = 0] = progress.length > 0 ? progress : debug ? [debug.done, debug.total] : [];
    this.bar.hidden = total === 0;
    this.bar.max = Math.max(1, total);
    this.bar.value = Math.min(done, this.bar.max);
    setText(this.count, total > 0 ? `${done} of ${total} ops` : `${done} ops`);
    // Not while a step is under way: the next may be asked for.
    const over = isOver(debug);
    for (const one of this.steps) {
      one.hidden = !debug;
      turnOff(one, over);
    }
    setText(this.stop, debug && over ? "Close" : "Stop");
    if (changed.has("debug")) this.show(debug);
  }

  private show(debug: Debug | null): void {
    setText(this.message, debug?.message ?? "");
    this.message.setAttribute("data-ie-reason-of-stop", debug?.reason ?? "");
    this.message.hidden = !debug;
    this.where.hidden = !debug || debug.reason === "end";
    this.table.hidden = !debug?.values.length;
    setText(this.where, debug?.where ?? "");
    this.values.replaceChildren(...(debug?.values ?? []).map(row));
  }
}

function isOver(debug: Debug | null): boolean {
  return !debug || debug.reason === "end" || debug.reason === "error";
}

function row(value: LiveValue): HTMLTableRowElement {
  const wrong = (value.nan ?? 0) + (value.inf ?? 0);
  const figures = [value.min, value.max, value.mean ?? null].map((one) => h("td", { class: "ie-figure" }, figure(one)));
  const name = h("th", { scope: "row" }, elide(value.name, 60));
  if (value.note) name.append(h("span", { class: "ie-debug-note" }, ` ${elide(value.note, 80)}`));
  const count = h(
    "td",
    { class: "ie-figure" },
    value.inf ? `${value.nan ?? 0}, ${value.inf} inf` : String(value.nan ?? ""),
  );
  flag(count, "data-ie-wrong", wrong > 0);
  return h(
    "tr",
    { "data-ie-value": value.name },
    name,
    h("td", {}, elide(value.type, 60)),
    ...figures,
    count,
    h("td", {}, h("code", {}, elide(value.text, 120))),
  );
}
