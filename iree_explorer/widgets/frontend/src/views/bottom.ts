import type { Actions } from "../actions";
import { h } from "../dom";
import type { Key, State, Tab } from "../store";
import { AnswerPanel } from "./answer";
import { BreakpointPanel } from "./breakpoints";
import { Candidates } from "./candidates";
import { EditList } from "./edits";
import { Overview } from "./overview";
import { RunPanel } from "./run";
import type { View } from "./view";

const TABS: [Tab, string][] = [
  ["why", "Why"],
  ["run", "Run"],
  ["breaks", "Breaks"],
];

/** Below the program and the graph: why it was decided so, or what came of running it. */
export class BottomPane implements View {
  readonly element: HTMLElement;
  private readonly parts: View[];
  private readonly tabs: Record<Tab, HTMLButtonElement>;
  private readonly panels: Record<Tab, HTMLElement>;
  private readonly list: HTMLElement;
  private readonly awaited = h(
    "p",
    { class: "ie-empty ie-awaited", hidden: true, "data-ie-awaited": "" },
    "Tables of candidates, edits of the text and the free view of the graph come once this cell has finished.",
  );

  constructor(private readonly actions: Actions) {
    const answer = new AnswerPanel(actions);
    const candidates = new Candidates(actions);
    const edits = new EditList();
    const overview = new Overview(actions);
    const run = new RunPanel(actions);
    const breaks = new BreakpointPanel(actions);
    this.parts = [answer, candidates, edits, overview, run, breaks];
    this.tabs = { why: this.tab("why"), run: this.tab("run"), breaks: this.tab("breaks") };
    this.panels = {
      why: this.panel("why", [answer.element, candidates.element, edits.element, overview.element, this.awaited]),
      run: this.panel("run", [run.element]),
      breaks: this.panel("breaks", [breaks.element]),
    };
    this.list = h(
      "div",
      { class: "ie-tabs", role: "tablist", "aria-label": "Lower pane", "aria-orientation": "vertical" },
      ...Object.values(this.tabs),
    );
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.element = h("div", { class: "ie-bottom" }, this.list, ...Object.values(this.panels));
    this.choose("why");
  }

  private tab(name: Tab): HTMLButtonElement {
    const text = TABS.find(([key]) => key === name)?.[1] ?? name;
    const element = h(
      "button",
      {
        type: "button",
        class: "ie-tab",
        role: "tab",
        id: `ie-tab-${name}`,
        "aria-controls": `ie-panel-${name}`,
        "data-ie-tab": name,
      },
      text,
    );
    element.addEventListener("click", () => this.actions.showTab(name));
    return element;
  }

  private panel(name: Tab, children: HTMLElement[]): HTMLElement {
    return h(
      "div",
      {
        class: `ie-panel ie-panel-${name}`,
        role: "tabpanel",
        id: `ie-panel-${name}`,
        "aria-labelledby": `ie-tab-${name}`,
        tabindex: 0,
      },
      ...children,
    );
  }

  private onKey(event: KeyboardEvent): void {
    const here = TABS.findIndex(([name]) => this.tabs[name].tabIndex === 0);
    const place = {
      ArrowLeft: here - 1,
      ArrowUp: here - 1,
      ArrowRight: here + 1,
      ArrowDown: here + 1,
      Home: 0,
      End: -1,
    }[event.key];
    if (place === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const [next] = TABS.at(place % TABS.length) ?? ["why"];
    this.actions.showTab(next);
    for (const tab of Object.values(this.tabs)) if (tab.tabIndex === 0) tab.focus();
  }

  private choose(chosen: Tab): void {
    for (const [name] of TABS) {
      this.tabs[name].setAttribute("aria-selected", String(name === chosen));
      this.tabs[name].tabIndex = name === chosen ? 0 : -1;
      this.panels[name].hidden = name !== chosen;
    }
  }

  destroy(): void {
    for (const part of this.parts) part.destroy?.();
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (changed.has("trace")) this.list.hidden = state.trace?.isDump ?? false;
    if (changed.has("tab")) this.choose(state.tab);
    if (changed.has("awaited")) this.awaited.hidden = !state.awaited;
    for (const part of this.parts) part.update(state, changed);
  }
}
