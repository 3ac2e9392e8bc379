import type { Actions } from "../actions";
import { button, h } from "../dom";
import { fileName } from "../files";
import { moveInMenu } from "../focus";
import { perfettoText, traceText } from "../model/share";
import { type Key, type Question, type State, touches } from "../store";
import { menuItem } from "./menu";
import type { View } from "./view";

/** Pictures of the graph, which its pane draws. */
export interface Pictures {
  saveSvg(): void;
  savePng(): void;
}

const BY_KERNEL: [kind: string, words: string][] = [
  ["dot", "Graph as DOT, for Graphviz"],
  ["model-explorer", "Graphs as JSON, for Model Explorer"],
  ["mlir", "Scheduled program as MLIR"],
  ["trace", "Decisions as text"],
  ["html", "All of it as one offline page"],
];

/** One menu of all that can be taken away. */
export class ShareMenu implements View {
  readonly element: HTMLElement;
  private readonly list = h("div", { class: "ie-menu", role: "menu", "aria-label": "Share", hidden: true });
  private readonly opener: HTMLButtonElement;
  private readonly perfetto: HTMLElement;
  private state: Readonly<State> | null = null;

  constructor(
    private readonly actions: Actions,
    pictures: Pictures,
  ) {
    this.opener = button({ label: "Share", text: "Share", icon: "share", action: "share" }, () =>
      this.toggle(this.list.hidden === true),
    );
    this.opener.setAttribute("aria-haspopup", "menu");
    this.opener.setAttribute("aria-expanded", "false");
    this.perfetto = this.item("perfetto", "Run as JSON, for Perfetto", () => this.savePerfetto());
    const { kernel } = actions;
    const rest = kernel
      ? BY_KERNEL.map(([kind, words]) => this.item(kind, words, () => kernel.share(kind, this.question())))
      : [this.item("trace", "Decisions as text", () => this.saveTrace())];
    this.list.append(
      this.item("svg", "Graph as SVG", () => pictures.saveSvg()),
      this.item("png", "Graph as PNG", () => pictures.savePng()),
      ...rest,
      this.perfetto,
    );
    this.element = h("span", { class: "ie-share" }, this.opener, this.list);
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.contains(event.relatedTarget as Node | null)) this.toggle(false);
    });
  }

  private item(kind: string, words: string, act: () => void): HTMLButtonElement {
    return menuItem("data-ie-share", kind, words, () => {
      this.toggle(false);
      this.opener.focus();
      act();
    });
  }

  private toggle(open: boolean): void {
    this.list.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (open) this.items()[0]?.focus();
  }

  private items(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(".ie-menu-item:not([hidden])")];
  }

  private onKey(event: KeyboardEvent): void {
    const opens = this.list.hidden === true && event.key === "ArrowDown";
    if (opens) this.toggle(true);
    else if (this.list.hidden) return;
    else if (event.key === "Escape") {
      this.toggle(false);
      this.opener.focus();
    } else if (!moveInMenu(event, this.items())) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The question that is answered; null: none is. */
  private question(): Question | null {
    const { question } = this.state ?? {};
    return question && !question.choosing ? question : null;
  }

  private title(): string {
    return (this.state?.trace?.document.title ?? "program").replace(/\.mlir$/, "");
  }

  private savePerfetto(): void {
    const timeline = this.state?.run?.timeline;
    if (timeline) this.actions.save(fileName(this.title(), "perfetto.json"), new Blob([perfettoText(timeline)]));
  }

  private saveTrace(): void {
    const document = this.state?.trace?.document;
    if (document) this.actions.save(fileName(this.title(), "trace.txt"), new Blob([traceText(document)]));
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    this.state = state;
    if (touches(changed, "run", "trace")) this.perfetto.hidden = !state.run?.timeline;
  }
}
