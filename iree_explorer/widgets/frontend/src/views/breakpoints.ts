import type { Actions } from "../actions";
import { button, elide, h, press, textButton } from "../dom";
import {
  type Breakpoint,
  breakOnDecision,
  decisionOf,
  hitsOf,
  isForAnyProgram,
  KINDS,
  opOf,
  partitionOf,
} from "../model/breakpoints";
import type { Trace } from "../model/trace";
import type { Key, State } from "../store";
import { meaningOf, plural } from "../words";
import { KIND_MEANINGS } from "./kinds";
import { RULE_MEANINGS } from "./rules";
import type { View } from "./view";

/** A breakpoint in words, and what they mean; empty: they say it themselves. */
function wordsOf(breakpoint: Breakpoint, trace: Trace): [words: string, meaning: string] {
  const decision = decisionOf(breakpoint);
  const meanings = KINDS.some((kind) => kind === decision) ? KIND_MEANINGS : RULE_MEANINGS;
  if (decision) return [decision, meaningOf(decision, meanings) ?? "a rule that refuses an op a partition"];
  const partition = partitionOf(breakpoint);
  if (partition) return [`partition ${partition.ordinal} of @${partition.function}`, ""];
  return [opOf(breakpoint) >= 0 ? trace.label(opOf(breakpoint)) : breakpoint, ""];
}

/** The kinds of decisions to stop at, and the breakpoints that are set. */
export class BreakpointPanel implements View {
  readonly element = h("div", { class: "ie-breaks", "data-ie-breakpoints": "" });
  private readonly kinds: HTMLButtonElement[];
  private readonly list = h("div", { class: "ie-break-list" });
  private shown = false;

  constructor(private readonly actions: Actions) {
    const decisions = KINDS.map((kind) => this.kind(kind, KIND_MEANINGS[kind]));
    const rules = Object.entries(RULE_MEANINGS).map(([rule, meaning]) => this.kind(rule, meaning));
    this.kinds = [...decisions, ...rules];
    this.element.append(
      h("p", { class: "ie-break-kinds" }, h("span", { class: "ie-muted" }, "Stop at steps that are"), ...decisions),
      h("p", { class: "ie-break-kinds" }, h("span", { class: "ie-muted" }, "or refuse a partition by"), ...rules),
      this.list,
    );
  }

  private kind(word: string, title: string): HTMLButtonElement {
    const breakpoint = breakOnDecision(word);
    return textButton({ class: "ie-toggle", title, "aria-pressed": "false", "data-ie-break": breakpoint }, word, () =>
      this.actions.toggleBreakpoint(breakpoint),
    );
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    const { trace, breakpoints, tab } = state;
    const opened = tab === "breaks" && !this.shown;
    this.shown = tab === "breaks";
    if (!trace || !this.shown || !(opened || changed.has("breakpoints") || changed.has("trace"))) return;
    for (const toggle of this.kinds) {
      press(toggle, breakpoints.includes(toggle.getAttribute("data-ie-break") ?? ""));
    }
    const rows = breakpoints.map((breakpoint) => this.row(trace, breakpoint));
    this.list.replaceChildren(...(rows.length > 0 ? [this.table(rows)] : [this.hint()]));
  }

  private hint(): HTMLElement {
    return h(
      "p",
      { class: "ie-empty" },
      "No breakpoint is set. Click left of a line number, or the dot at a partition, or press b at an op.",
    );
  }

  private table(rows: readonly HTMLTableRowElement[]): HTMLElement {
    const clear = button({ label: "Remove all", text: "Remove all", action: "clear-breaks", class: "ie-toggle" }, () =>
      this.actions.clearBreakpoints(),
    );
    const headings = ["Breakpoint", "Stops"].map((text) => h("th", { scope: "col" }, text));
    const head = h("tr", {}, ...headings, h("td", { class: "ie-break-clear" }, clear));
    return h("table", { class: "ie-table" }, h("thead", {}, head), h("tbody", {}, ...rows));
  }

  private row(trace: Trace, breakpoint: Breakpoint): HTMLTableRowElement {
    const [full, meaning] = wordsOf(breakpoint, trace);
    const words = elide(full, 120);
    const hits = hitsOf(breakpoint, trace.document);
    const go = textButton({ class: "ie-chip", title: "To the next of its steps" }, plural(hits.length, "step"), () =>
      this.actions.goToNextOf(hits),
    );
    go.disabled = hits.length === 0;
    const remove = button({ label: `Remove: ${words}`, icon: "close", class: "ie-tool" }, () =>
      this.actions.toggleBreakpoint(breakpoint),
    );
    const kind = isForAnyProgram(breakpoint) ? "decision" : opOf(breakpoint) >= 0 ? "op" : "partition";
    return h(
      "tr",
      { "data-ie-breakpoint": breakpoint, "data-ie-break-kind": kind },
      h("th", { scope: "row" }, words, meaning ? h("span", {}, `: ${meaning}`) : null),
      h("td", {}, go),
      h("td", { class: "ie-break-clear" }, remove),
    );
  }
}
