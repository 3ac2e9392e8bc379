import type { Actions } from "../../actions";
import { flag, h } from "../../dom";
import { fileName } from "../../files";
import { addsToSelection } from "../../keys";
import { breakOnPartition, opOf } from "../../model/breakpoints";
import type { Box, Graph } from "../../model/document";
import { type Key, litOps, type State, touches } from "../../store";
import type { MenuItem } from "../menu";
import { SelectionBar } from "../selection";
import type { View } from "../view";
import { boundsOf, type GraphView, opensFolded } from "./arrange";
import { blameOf, circleOf, mainRefusal } from "./blame";
import { Camera } from "./camera";
import { drawingOf } from "./draw";
import { GraphHead } from "./head";
import { type Hit, hitAt, NOTHING } from "./hit";
import type { Hull } from "./hulls";
import { readPalette } from "./palette";
import { toPng, toSvgText } from "./picture";
import type { Renderer } from "./renderer";
import { NO_BLAME, Scene } from "./scene";
import { SvgRenderer } from "./svg";
import { measureIn } from "./text-fit";
import { Tooltip } from "./tooltip";
import { distance, overlaps } from "./viewport";

function middleOf({ x, y, w, h: height }: Box): Box {
  return { x: x + w / 2, y: y + height / 2, w: 0, h: 0 };
}

const NOWHERE: [number, number] = [Number.NaN, Number.NaN];

/** The ops inside the region or wave that the step makes, or of the region whose waves it begins to look for or has found. */
function contentsOf({ trace, step }: Readonly<State>): number[] {
  const here = trace?.steps[step];
  if (!trace || !here) return [];
  const { kind, op } = here;
  const isOfWaves = trace.stageOf(step)?.pass === "concurrency";
  if (kind === "outlined") return trace.opsMadeInto(step);
  if (kind === "began" && isOfWaves) return trace.opsInside(op);
  return kind === "ended" && isOfWaves && op < 0 ? trace.opsInside(trace.scopeOf(step)) : [];
}

/** What is to be lit up; at the end of a function's waves, where nothing is, the longest chain of ops. */
function litIn(state: Readonly<State>, { chain }: Graph): readonly number[] {
  const { trace, step } = state;
  const lit = litOps(state);
  const ended = trace?.steps[step]?.kind === "ended" && trace.stageOf(step)?.pass === "concurrency";
  return lit.length > 0 || !ended ? lit : (chain ?? lit);
}

/** The graph of the function at hand. Positions never change while stepping: only what a node looks like does. */
export class GraphPane implements View {
  readonly element: HTMLElement;
  private readonly surface = h("div", { class: "ie-graph", "data-ie-graph": "" });
  private readonly tooltip = new Tooltip((op) => this.latest?.trace?.nameBefore(op) ?? "");
  private readonly head: GraphHead;
  private readonly selection: SelectionBar;
  private readonly camera: Camera;
  private scenes = new Map<number, Scene>();
  private view: GraphView = "lanes";
  private latest: Readonly<State> | null = null;
  private scene: Scene | null = null;
  private graphIndex = -1;
  /** Of the text whose names the nodes show. */
  private textVersion = -1;
  private renderer: Renderer | null = null;

  constructor(private readonly actions: Actions) {
    this.camera = new Camera(this.surface, {
      onMove: (transform, size) => this.renderer?.setTransform(transform, size),
      onHover: (x, y) => this.hover(x, y),
      onClick: (x, y, event) => this.click(x, y, addsToSelection(event)),
      onLeave: () => this.hover(...NOWHERE),
    });
    this.head = new GraphHead(actions, this);
    this.selection = new SelectionBar(actions);
    this.surface.append(this.tooltip.element);
    this.element = h(
      "section",
      { class: "ie-pane ie-graph-pane", "aria-label": "Graph", "data-ie-pane": "graph" },
      this.head.element,
      h("div", { class: "ie-graph-frame" }, this.surface, this.head.foldNote),
      this.selection.element,
    );
  }

  /** The graph as it is at this step, all of it, with elements even where the page draws on a canvas. */
  private picture(scene: Scene): string {
    const drawing = new SvgRenderer(scene);
    this.surface.append(drawing.element);
    const text = toSvgText(drawing.element, scene.bounds, readPalette(this.surface).background);
    drawing.destroy();
    return text;
  }

  saveSvg(): void {
    const { scene } = this;
    if (!scene) return;
    this.actions.save(
      fileName(scene.graph.function, "svg"),
      new Blob([this.picture(scene)], { type: "image/svg+xml" }),
    );
  }

  savePng(): void {
    const { scene } = this;
    if (!scene) return;
    toPng(this.picture(scene)).then(
      (png) => this.actions.save(fileName(scene.graph.function, "png"), png),
      (cause: unknown) => this.actions.complain(`The graph can't be saved as PNG: ${String(cause)}`),
    );
  }

  zoom(factor: number): void {
    this.camera.zoom(factor);
  }

  showAll(): void {
    this.camera.showAll();
  }

  /** Where the menu comes, which says what the card does. */
  hideCard(): void {
    this.tooltip.hide();
  }

  destroy(): void {
    this.camera.destroy();
    this.renderer?.destroy();
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    this.latest = state;
    this.selection.update(state, changed);
    if (changed.has("trace")) this.scenes = new Map();
    // A run that is stepped through stands in one function after the other, all of them scheduled.
    const standing = (state.debug && state.trace?.drawnNear(state.selection)) ?? -1;
    const graphIndex = this.graphFor(state, changed, standing);
    if (changed.has("trace") || graphIndex !== this.graphIndex) {
      this.textVersion = -1;
      this.show(state, graphIndex);
    }
    if (changed.has("view")) this.showView(state);
    if (changed.has("dark")) this.renderer?.retheme();
    this.head.showFollowing(state.follow);
    if (this.scene && touches(changed, "trace", "step", "selection", "lit", "question", "breakpoints", "accused"))
      this.redraw(this.scene, state, changed);
    if (this.scene && standing >= 0 && changed.has("selection"))
      this.revealNodes(this.scene, this.scene.nodesOf(standing));
  }

  /** The graph of the function where the run stands, or of the step, or of an op of another that was selected since. */
  private graphFor({ trace, step, selection }: Readonly<State>, changed: ReadonlySet<Key>, standing: number): number {
    if (!trace) return -1;
    if (standing >= 0) return trace.graphIndexWith(standing, step);
    if (touches(changed, "trace", "step")) return trace.graphIndexAt(step);
    return changed.has("selection") ? trace.graphIndexWith(selection, step) : this.graphIndex;
  }

  private redraw(scene: Scene, state: Readonly<State>, changed: ReadonlySet<Key>): void {
    const stepped = touches(changed, "step", "trace");
    const stale = this.restyle(scene, state, stepped);
    const { blame } = scene;
    if (stepped || changed.has("accused")) this.blame(scene, state);
    // Many a step looks as the one before: an op is weighed, then placed.
    if (stale.size > 0 || scene.blame !== blame) this.renderer?.update(stale);
    const version = state.trace?.text.version ?? 0;
    if (version !== this.textVersion) {
      this.textVersion = version;
      scene.rename();
      this.renderer?.rename();
    }
    if (stepped) {
      // Its card would say what was so at the step before; the pointer brings it back.
      this.tooltip.hide();
      this.describe(scene);
      if (state.follow) this.revealStep(scene, state);
    }
    if (changed.has("selection")) this.revealNodes(scene, scene.selected);
  }

  /** Moves the scene to the state; returns the nodes that look otherwise now. */
  private restyle(scene: Scene, state: Readonly<State>, stepped: boolean): Set<number> {
    const touched = stepped ? scene.moveTo(state.step) : [];
    const op = state.trace?.steps[state.step]?.op ?? -1;
    const inside = scene.nodesOf(op).length === 0 ? contentsOf(state) : [];
    const stale = scene.emphasize(op, inside, state.selection, litIn(state, scene.graph));
    for (const index of scene.breakOn(state.breakpoints.map(opOf))) stale.add(index);
    for (const index of touched) stale.add(index);
    return stale;
  }

  /** The way that made the refusal which is looked at, or else the main one of the step. */
  private blame(scene: Scene, { trace, step, accused }: Readonly<State>): void {
    const here = trace?.steps[step];
    const row = here && (accused ?? mainRefusal(here, trace.weighingAt(step).candidates));
    const isWave = trace?.stageOf(step)?.pass === "concurrency";
    const refused = row?.verdict === "refused";
    if (here?.kind === "refused") scene.blame = circleOf(scene, here.op);
    else scene.blame = refused ? blameOf(scene, here?.op ?? -1, row, trace?.offsetAt(step) ?? 0, isWave) : NO_BLAME;
  }

  /** Draws another graph, or none. */
  private show(state: Readonly<State>, index: number): void {
    this.renderer?.destroy();
    this.renderer = null;
    this.graphIndex = index;
    this.scene = this.sceneOf(state, index);
    flag(this.element, "data-ie-empty", this.scene === null);
    if (!this.scene) {
      this.head.clear(state.trace ? "nothing to draw" : "");
      return;
    }
    this.scene.moveTo(state.step);
    this.draw(this.scene);
    this.openAt(this.scene);
  }

  private openAt({ bounds, core, middle }: Scene): void {
    this.camera.open(bounds, core, middle);
  }

  private draw(scene: Scene): void {
    this.renderer?.destroy();
    if (this.latest) this.blame(scene, this.latest);
    this.renderer = drawingOf(scene);
    this.surface.prepend(this.renderer.element);
    this.describe(scene);
  }

  private showView(state: Readonly<State>): void {
    this.view = state.view;
    for (const scene of this.scenes.values()) scene.arrange(state.view, scene.arrangement.folded);
    const { scene } = this;
    if (!scene) return;
    this.draw(scene);
    this.openAt(scene);
    this.revealNodes(scene, scene.selected.size > 0 ? scene.selected : scene.framed);
  }

  /** Folds some regions and no others; what is at `anchor` (an ordinal) stays where it is in the pane. */
  private fold(folded: ReadonlySet<number>, anchor: number): void {
    const { scene } = this;
    if (!scene) return;
    const boxOf = () => scene.hulls.find(({ region, wave }) => region === anchor && wave < 0)?.box ?? scene.bounds;
    const before = boxOf();
    scene.arrange(this.view, folded);
    this.draw(scene);
    const now = boxOf();
    this.camera.keep(scene.bounds, before, now);
    // Of a large region the upper left end, which stays where it was, may have been out of sight.
    const seen = folded.has(anchor) ? middleOf(now) : now;
    if (!overlaps(seen, this.camera.sight)) this.camera.reveal(now);
    this.hover(...NOWHERE);
  }

  private toggleFold(ordinal: number): void {
    const folded = new Set(this.scene?.arrangement.folded);
    if (!folded.delete(ordinal)) folded.add(ordinal);
    this.fold(folded, ordinal);
  }

  // What is under the pointer, for the menu

  opUnder(event: MouseEvent): number {
    const { node } = this.hit(...(this.camera.pointIn(event) ?? NOWHERE));
    return node < 0 ? -1 : (this.scene?.node(node).op ?? -1);
  }

  titleUnder(event: MouseEvent): Hull | undefined {
    return this.hit(...(this.camera.pointIn(event) ?? NOWHERE)).title;
  }

  /** A point of the page at a node of an op; null: none is in sight. */
  pointOf(op: number): [x: number, y: number] | null {
    const [index] = this.scene?.nodesOf(op) ?? [];
    if (!this.scene || index === undefined) return null;
    const { x, y, h: height } = this.camera.toPane(this.scene.box(index));
    const { left, top, right, bottom } = this.surface.getBoundingClientRect();
    const point: [number, number] = [left + x + 12, top + y + height];
    return point[0] > left && point[0] < right && point[1] > top && point[1] < bottom ? point : null;
  }

  itemsFor({ region, folded }: Hull): MenuItem[] {
    const { scene } = this;
    const breakpoint = breakOnPartition(scene?.graph.function ?? "", region);
    const all = scene?.graph.regions.map(({ ordinal }) => ordinal) ?? [];
    return [
      { text: folded ? "Unfold" : "Fold", name: "fold", action: () => this.toggleFold(region) },
      { text: "Fold all regions", name: "fold-all", action: () => this.fold(new Set(all), region) },
      { text: "Unfold all regions", name: "unfold-all", action: () => this.fold(new Set(), region) },
      { text: "Break on this partition", name: "break", action: () => this.actions.toggleBreakpoint(breakpoint) },
    ];
  }

  foldItemFor(op: number): MenuItem[] {
    const [index] = this.scene?.nodesOf(op) ?? [];
    const region = index === undefined ? -1 : (this.scene?.node(index).region ?? -1);
    if (region < 0) return [];
    const text = this.scene?.arrangement.folded.has(region) ? "Unfold its region" : "Fold its region";
    return [{ text, name: "fold", action: () => this.toggleFold(region) }];
  }

  /** The region of the selected op, or else of the op that the step speaks of. */
  private get regionHere(): number {
    const { scene } = this;
    const [index = -1] = scene ? [...scene.selected, ...scene.framed] : [];
    return index < 0 ? -1 : (scene?.node(index).region ?? -1);
  }

  toggleFoldHere(): void {
    if (this.regionHere >= 0) this.toggleFold(this.regionHere);
  }

  /** Unfolds all regions where any is folded; else folds all. */
  toggleFolds(): void {
    const { scene } = this;
    if (!scene) return;
    const all = scene.graph.regions.map(({ ordinal }) => ordinal);
    this.fold(new Set(scene.arrangement.folded.size > 0 ? [] : all), this.anchor(scene));
  }

  /** The region that a reader looks at: the one spoken of where it is in sight, else the one next to the middle of the pane. */
  private anchor({ hulls }: Scene): number {
    const { sight } = this.camera;
    const regions = hulls
      .filter(({ wave }) => wave < 0)
      .sort((a, b) => distance(a.box, sight) - distance(b.box, sight));
    const here = regions.find(({ region, box }) => region === this.regionHere && overlaps(box, sight));
    return (here ?? regions[0])?.region ?? -1;
  }

  private sceneOf(state: Readonly<State>, index: number): Scene | null {
    const known = this.scenes.get(index);
    if (known) return known;
    const graph = state.trace?.graph(index);
    const memberships = state.trace?.membershipsOf(index);
    if (!graph || !memberships) return null;
    const scene = new Scene(
      graph,
      memberships,
      (op, copy) => state.trace?.nameOf(op, copy) ?? "",
      measureIn(this.surface),
      state.view,
      opensFolded(graph),
    );
    this.scenes.set(index, scene);
    return scene;
  }

  private describe(scene: Scene): void {
    this.renderer?.element.setAttribute("aria-label", this.head.describe(scene));
  }

  private revealNodes(scene: Scene, nodes: Iterable<number>): void {
    const first = [...nodes].find((index) => !scene.isHidden(index));
    if (first !== undefined) this.camera.reveal(scene.box(first));
  }

  /** What the step speaks of; of a refused program all of the circle, with the nodes where its lines begin and end. */
  private revealStep(scene: Scene, { trace, step }: Readonly<State>): void {
    const { lines } = scene.blame;
    const [index = -1] = scene.framed;
    if (trace?.steps[step]?.kind !== "refused" || lines.length === 0 || index < 0) {
      this.revealNodes(scene, scene.framed);
      return;
    }
    const node = scene.box(index);
    const { x, y, w, h: height } = boundsOf({ lines });
    this.camera.reveal({ x: x - node.w / 2, y: y - node.h, w: w + node.w, h: height + 2 * node.h });
  }

  private click(x: number, y: number, adds: boolean): void {
    const { node, title } = this.hit(x, y);
    const op = node < 0 ? -1 : (this.scene?.node(node).op ?? -1);
    if (title) this.toggleFold(title.region);
    else if (adds) this.actions.askWithSelected(op);
    else this.actions.select(op);
  }

  private hover(x: number, y: number): void {
    const hit = this.hit(x, y);
    const { scene } = this;
    flag(this.surface, "data-ie-pointing", hit.node >= 0 || hit.title !== undefined);
    this.actions.light(scene && hit.node >= 0 ? [scene.node(hit.node).op] : []);
    this.tooltip.show(scene, hit, (box) => this.camera.toPane(box));
  }

  private hit(x: number, y: number): Hit {
    return this.scene ? hitAt(this.scene, x, y) : NOTHING;
  }
}
