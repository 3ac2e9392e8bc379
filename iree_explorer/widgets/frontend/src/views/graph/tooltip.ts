import { elide, h, show } from "../../dom";
import type { Box } from "../../model/document";
import { type Hit, titleBox } from "./hit";
import type { Hull } from "./hulls";
import type { Scene } from "./scene";

function row(term: string, value: string): HTMLElement[] {
  return value ? [h("dt", {}, term), h("dd", {}, elide(value))] : [];
}

function standing(scene: Scene, index: number): string {
  const region = scene.region(index);
  if (region < 0) return scene.node(index).kind === "host" ? "on the host" : "in no region yet";
  const label = scene.graph.regions.find((candidate) => candidate.ordinal === region)?.label ?? `region ${region}`;
  const wave = scene.wave(index);
  return wave < 0 ? label : `${label}, wave ${wave}`;
}

/** Of the names now, several waves may have the same: that of before the passes tells their ops apart. */
function naming(now: string, before: string): string {
  return now && before && now !== before ? `${now}, before the passes ${before}` : now;
}

/** What hovering a node tells. */
function nodeCard(scene: Scene, index: number, nameBefore: (op: number) => string): HTMLElement[] {
  const node = scene.node(index);
  return [
    h("strong", {}, elide(node.label)),
    h(
      "dl",
      {},
      ...row("kind", node.kind),
      ...row(node.kind === "dispatch" ? "kernel" : "detail", node.detail),
      ...row("value", naming(scene.nameNow(index), nameBefore(node.op))),
      ...row("size", node.bytes),
      ...row("where", standing(scene, index)),
    ),
  ];
}

/** What hovering the title of a region tells. */
function regionCard(scene: Scene, hull: Hull): HTMLElement[] {
  const region = scene.graph.regions.find(({ ordinal }) => ordinal === hull.region);
  return [
    h("strong", {}, elide(hull.label)),
    h(
      "dl",
      {},
      ...row("holds", scene.contents(hull)),
      ...row("where", region?.affinity ?? ""),
      ...row("waits for", region?.awaits.join(", ") ?? ""),
      ...row("click", hull.folded ? "unfolds it" : "folds it"),
    ),
  ];
}

/** Between the card and what it tells of, and between it and the border of the pane. */
const GAP = 8;
const MARGIN = 4;

/** Tells of what is under the pointer. Stands in the pane that it is kept inside of. */
export class Tooltip {
  readonly element = h("div", { class: "ie-tooltip", role: "tooltip", hidden: true });

  /** What the card tells of; null: it is hidden. */
  private told: readonly [Scene, number, Hull | undefined] | null = null;

  /** @param nameBefore what an op's value was called before the passes */
  constructor(private readonly nameBefore: (op: number) => string) {}

  /** Shows the card of a node or a region's title; nothing where there is neither. */
  show(scene: Scene | null, { node, title }: Hit, toPane: (box: Box) => Box): void {
    if (!scene || (node < 0 && !title)) {
      this.hide();
      return;
    }
    const told = [scene, node, title] as const;
    // The pointer moves on within a node many times.
    if (!told.every((part, index) => part === this.told?.[index])) {
      this.told = told;
      this.element.replaceChildren(...(title ? regionCard(scene, title) : nodeCard(scene, node, this.nameBefore)));
      show(this.element, true);
    }
    this.place(toPane(title ? titleBox(title) : scene.box(node)));
  }

  hide(): void {
    this.told = null;
    show(this.element, false);
  }

  /** Below a box, or above it, or beside it: never over it. */
  private place(box: Box): void {
    const { offsetWidth, offsetHeight, parentElement } = this.element;
    const { clientWidth, clientHeight } = parentElement ?? this.element;
    const below = box.y + box.h + GAP;
    const above = box.y - offsetHeight - GAP;
    const beside = below + offsetHeight > clientHeight && above < 0;
    const top = below + offsetHeight <= clientHeight ? below : above;
    const right = box.x + box.w + GAP;
    const left = beside && right + offsetWidth > clientWidth ? box.x - offsetWidth - GAP : beside ? right : box.x;
    this.element.style.left = `${Math.max(MARGIN, Math.min(left, clientWidth - offsetWidth - MARGIN))}px`;
    this.element.style.top = `${Math.max(MARGIN, Math.min(beside ? box.y : top, clientHeight - offsetHeight - MARGIN))}px`;
  }
}
