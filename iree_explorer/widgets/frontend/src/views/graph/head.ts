import type { Actions } from "../../actions";
import { button, h, type IconName, press, setAttribute, setText, show, textButton } from "../../dom";
import { plural } from "../../words";
import type { GraphView } from "./arrange";
import { makeLegend } from "./legend";
import type { Scene } from "./scene";

const VIEWS: readonly [view: GraphView, text: string, label: string][] = [
  ["lanes", "Lanes", "By lanes: time downwards, a lane for each device, waves as rows"],
  ["dag", "DAG", "Free: each op below what it needs"],
];

/** What the tools of a graph do to it. */
export interface GraphTools {
  zoom(factor: number): void;
  showAll(): void;
  toggleFolds(): void;
}

/** Above the graph: what it holds, in figures, and the tools that change how it is looked at. */
export class GraphHead {
  readonly element: HTMLElement;
  /** What is folded, in words: nothing is left out silently. It stands over the graph. */
  readonly foldNote: HTMLButtonElement;
  private readonly note = h("span", { class: "ie-pane-note", "data-ie-summary": "" });
  private readonly follow: HTMLButtonElement;
  private readonly fold: HTMLButtonElement;
  private readonly views: readonly (readonly [GraphView, HTMLButtonElement])[];

  constructor(actions: Actions, tools: GraphTools) {
    const tool = (label: string, icon: IconName, key: string | undefined, action: string, act: () => void) =>
      button({ label, icon, key, action, class: "ie-tool" }, act);
    this.follow = tool("Follow the current op", "target", undefined, "follow", () => actions.toggleFollow());
    this.fold = tool("Fold all regions", "fold", "E", "fold", () => tools.toggleFolds());
    this.foldNote = textButton({ class: "ie-fold-note", hidden: true, "data-ie-fold-note": "" }, "", () => {
      tools.toggleFolds();
      this.fold.focus();
    });
    this.views = VIEWS.map(([view, text, label]) => [
      view,
      button({ label, text, key: "v", action: `view-${view}`, class: "ie-toggle" }, () => actions.showView(view)),
    ]);
    this.element = h(
      "header",
      { class: "ie-pane-head" },
      h("h2", { class: "ie-pane-title" }, "Graph"),
      this.note,
      h(
        "span",
        { class: "ie-tools" },
        h("span", { class: "ie-views", role: "group", "aria-label": "View" }, ...this.views.map(([, one]) => one)),
        makeLegend(),
        this.fold,
        this.follow,
        tool("Zoom out", "minus", "-", "zoom-out", () => tools.zoom(0.8)),
        tool("Zoom in", "plus", "+", "zoom-in", () => tools.zoom(1.25)),
        tool("Show all of it", "fit", "f", "fit", () => tools.showAll()),
      ),
    );
  }

  showFollowing(isFollowing: boolean): void {
    press(this.follow, isFollowing);
  }

  /** There is no graph. */
  clear(words: string): void {
    setText(this.note, words);
  }

  /** Tells what a graph holds and how it is shown; returns it in words. */
  describe(scene: Scene): string {
    const { nodes, regions, waves } = scene.summary();
    const folded = scene.arrangement.folded.size;
    const parts = [plural(nodes, "op")];
    if (regions > 0) parts.push(plural(regions, "region"));
    if (waves > 0) parts.push(plural(waves, "wave"));
    setText(this.foldNote, `${plural(folded, "region")} of ${plural(scene.foldedOps, "op")} folded · unfold`);
    show(this.foldNote, folded > 0);
    const summary = [`@${scene.graph.function}`, ...parts].join(" · ");
    setAttribute(this.note, "title", summary);
    setText(this.note, summary);
    const label = folded > 0 ? "Unfold all regions" : "Fold all regions";
    setAttribute(this.fold, "aria-label", label);
    setAttribute(this.fold, "title", `${label} (E)`);
    show(this.fold, scene.graph.regions.length > 0);
    for (const [view, button] of this.views) {
      press(button, view === scene.arrangement.view);
      show(button, scene.graph.dag !== undefined);
    }
    return `Graph of @${scene.graph.function}: ${parts.join(", ")}`;
  }
}
