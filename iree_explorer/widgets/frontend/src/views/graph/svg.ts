import { flag, setAttribute, setText, svg } from "../../dom";
import type { Line } from "./arrange";
import { type Hull, numberOf } from "./hulls";
import { FAR, farSize, NEAR, pathData, type Renderer } from "./renderer";
import { type Blame, NO_BLAME, type Scene, TEXT_INSET } from "./scene";
import type { Size, Transform } from "./viewport";
import { BLAME, EDGE_KINDS, familyOf } from "./vocabulary";

/** Marker ids are looked up in the whole shadow tree: each graph needs its own. */
let graphs = 0;

function marker(id: string, kind: string): SVGMarkerElement {
  const attributes = {
    id,
    viewBox: "0 0 8 8",
    refX: 7,
    refY: 4,
    markerUnits: "userSpaceOnUse",
    markerWidth: 9,
    markerHeight: 9,
    orient: "auto-start-reverse",
  };
  return svg("marker", attributes, svg("path", { d: "M0 0.5 8 4 0 7.5z", class: `ie-arrow ie-edge-${kind}` }));
}

/** What rings are drawn around a folded region for. */
const RINGS = ["current", "selected", "lit", "broken"] as const;

/** Draws with elements: up to about a thousand nodes, where each can be styled, tested and read by tools. */
export class SvgRenderer implements Renderer {
  readonly element: SVGSVGElement;
  private readonly stage = svg("g");
  /** Nothing for a node in a folded region. */
  private readonly nodes: (SVGGElement | null)[];
  private readonly lines: SVGGElement[];
  private readonly hulls: SVGGElement[];
  /** Of the regions; waves have none. In the order of the hulls. */
  private readonly labels: (SVGGElement | null)[];
  /** Of the regions, what they say from afar. */
  private readonly numbers: [text: SVGTextElement, hull: Hull][] = [];
  private readonly blame = svg("g", { class: "ie-blame" });
  private readonly lineLabels = new Map<Element, SVGTextElement>();
  private drawn: Blame = NO_BLAME;
  private readonly prefix = `ie-graph-${++graphs}`;

  constructor(private readonly scene: Scene) {
    const { graph } = scene;
    this.hulls = scene.hulls.map((hull) => this.makeHull(hull));
    this.labels = scene.hulls.map((hull) => (hull.wave < 0 ? this.makeHullLabel(hull) : null));
    this.lines = scene.lines.map((line) => this.makeLine(line));
    this.nodes = graph.nodes.map((_, index) => (scene.isFolded(index) ? null : this.makeNode(index)));
    const markers = [...EDGE_KINDS, BLAME].map((kind) => marker(`${this.prefix}-${kind}`, kind));
    const names = scene.lines.map((line, index) => this.makeLineLabel(line, this.lines[index]));
    this.stage.append(
      svg("g", {}, ...this.hulls.filter((_, index) => !scene.hulls[index]?.folded)),
      svg("g", {}, ...this.lines),
      svg("g", {}, ...this.hulls.filter((_, index) => scene.hulls[index]?.folded)),
      svg("g", {}, ...this.labels),
      svg("g", {}, ...this.nodes),
      this.blame,
      svg("g", {}, ...names, ...this.numbers.map(([text]) => text)),
    );
    this.element = svg(
      "svg",
      { class: "ie-graph-svg", role: "img", "aria-label": `Graph of @${graph.function}`, "data-ie-renderer": "svg" },
      svg("defs", {}, ...markers),
      this.stage,
    );
    this.update(this.nodes.keys());
  }

  private makeHull(hull: Hull): SVGGElement {
    const { x, y, w, h } = hull.box;
    const isWave = hull.wave >= 0;
    return svg(
      "g",
      {
        class: isWave ? "ie-wave" : "ie-region",
        "data-ie-region": hull.region,
        "data-ie-wave": isWave ? hull.wave : undefined,
        "data-ie-folded": hull.folded,
      },
      svg("rect", { class: "ie-hull-ring", x: x - 4, y: y - 4, width: w + 8, height: h + 8, rx: 12 }),
      svg("rect", { class: "ie-hull-box", x, y, width: w, height: h, rx: isWave ? 7 : 10 }),
      isWave ? svg("text", { x: x + 8, y: y + 17, class: "ie-fold-contents" }, hull.label) : null,
    );
  }

  /** Over the lines that cross it. Of a folded region also what it holds, and how full it is. */
  private makeHullLabel(hull: Hull): SVGGElement {
    const { x, y, w, h } = hull.box;
    const text = this.scene.hullText(hull);
    const title = svg("text", { x: x + 10, y: y + 15, class: "ie-region-label" }, text);
    const group = svg(
      "g",
      { class: "ie-region-title", "data-ie-fold": hull.region, "data-ie-folded": hull.folded },
      title,
    );
    if (!hull.folded) {
      const width = this.scene.titleWidth(text);
      group.prepend(svg("rect", { x: x + 8, y: y + 5, width: width + 4, height: 13, class: "ie-region-back" }));
    } else {
      group.append(
        svg("text", { x: x + 21, y: y + 31, class: "ie-fold-contents" }),
        svg("rect", { x: x + 10, y: y + h - 7, width: w - 20, height: 3, rx: 1.5, class: "ie-fold-track" }),
        svg("rect", { x: x + 10, y: y + h - 7, width: 0, height: 3, rx: 1.5, class: "ie-fold-bar" }),
      );
    }
    const number = svg("text", { x: x + w / 2, y: y + h / 2, class: "ie-region-far" }, numberOf(hull));
    this.numbers.push([number, hull]);
    return group;
  }

  private makeLine({ kind, points, curved }: Line): SVGGElement {
    const data = pathData(points, curved);
    const path = svg("path", { d: data, class: "ie-edge-line", "marker-end": `url(#${this.prefix}-${kind})` });
    const group = svg("g", { class: `ie-edge ie-edge-${kind}`, "data-ie-edge": kind }, path);
    if (kind === "tied") group.prepend(svg("path", { d: data, class: "ie-edge-casing" }));
    return group;
  }

  /** The value and its size, where the line begins; the lines of one value share one. */
  private makeLineLabel(line: Line, element: Element | undefined): SVGTextElement | null {
    const text = this.scene.lineText(line);
    if (!text || !element) return null;
    const { x, y, anchor } = this.scene.linePlace(line);
    const label = svg("text", { x, y, class: "ie-edge-label", "text-anchor": anchor }, text);
    this.lineLabels.set(element, label);
    return label;
  }

  private makeNode(index: number): SVGGElement {
    const node = this.scene.node(index);
    const box = this.scene.box(index);
    const { label, name, detail } = this.scene.words(index);
    const above = node.h / 2 - 4;
    return svg(
      "g",
      {
        class: `ie-node ie-family-${familyOf(node.kind)}`,
        transform: `translate(${box.x} ${box.y})`,
        "data-ie-node": node.id,
        "data-ie-op": node.op,
        "data-ie-index": index,
      },
      svg("rect", { class: "ie-node-ring", x: -4, y: -4, width: node.w + 8, height: node.h + 8, rx: 9 }),
      svg("rect", { class: "ie-node-box", width: node.w, height: node.h, rx: 6 }),
      svg("path", { class: "ie-node-band", d: `M6 0H4a4 4 0 0 0-4 4V${node.h - 4}a4 4 0 0 0 4 4h2z` }),
      svg("circle", { class: "ie-node-break", cx: 0, cy: 0, r: 5 }),
      svg("text", { class: "ie-node-label", x: TEXT_INSET, y: above }, label),
      svg("text", { class: "ie-node-name", x: node.w - 8, y: above, "text-anchor": "end" }, name),
      svg("text", { class: "ie-node-detail", x: TEXT_INSET, y: node.h / 2 + 12 }, detail),
    );
  }

  setTransform(transform: Transform, _size: Size): void {
    const isFar = transform.scale < FAR;
    flag(this.element, "data-ie-near", transform.scale >= NEAR);
    flag(this.element, "data-ie-far", isFar);
    if (isFar) for (const [text, { box }] of this.numbers) text.style.fontSize = `${farSize(transform.scale, box)}px`;
    this.stage.setAttribute(
      "transform",
      `matrix(${transform.scale} 0 0 ${transform.scale} ${transform.x} ${transform.y})`,
    );
  }

  update(nodes: Iterable<number>): void {
    for (const index of nodes) this.updateNode(index);
    this.updateHulls();
    for (const [index, line] of this.scene.lines.entries()) {
      const element = this.lines[index];
      if (!element) continue;
      const hidden = this.scene.isLineHidden(line);
      const bright = this.scene.brightLines.has(index);
      flag(element, "data-ie-hidden", hidden);
      flag(element, "data-ie-bright", bright);
      const label = this.lineLabels.get(element);
      if (!label) continue;
      flag(label, "data-ie-hidden", hidden);
      flag(label, "data-ie-bright", bright);
    }
    this.drawBlame();
  }

  private updateHulls(): void {
    const { scene } = this;
    const rings = RINGS.map((name) => [`data-ie-${name}`, scene.foldsOf(scene[name])] as const);
    for (const [index, hull] of scene.hulls.entries()) {
      const [element, label] = [this.hulls[index], this.labels[index]];
      const growth = scene.growth(hull);
      if (label) setAttribute(label, "data-ie-growth", growth);
      if (!element) continue;
      setAttribute(element, "data-ie-growth", growth);
      if (!hull.folded) flag(element, "data-ie-current", scene.isCurrentHull(hull));
      else {
        for (const [name, folds] of rings) flag(element, name, folds.has(hull.region));
        if (label) this.fill(hull, label);
      }
    }
  }

  /** What a folded region holds, in words and as a bar. */
  private fill(hull: Hull, label: Element): void {
    const [contents, bar] = [label.children[1], label.children[3]];
    if (contents) setText(contents, this.scene.foldText(hull));
    if (bar) setAttribute(bar, "width", String(Math.round((hull.box.w - 20) * this.scene.fullness(hull))));
  }

  private drawBlame(): void {
    const { blame } = this.scene;
    if (blame === this.drawn) return;
    this.drawn = blame;
    for (const [index, hull] of this.scene.hulls.entries()) {
      const element = this.hulls[index];
      if (element) flag(element, "data-ie-accused", this.scene.isAccused(hull));
    }
    const marker = `url(#${this.prefix}-${BLAME})`;
    this.blame.replaceChildren(
      ...blame.lines.map(({ points, curved }) =>
        svg("path", { d: pathData(points, curved), class: "ie-blame-line", "marker-end": marker }),
      ),
    );
  }

  private updateNode(index: number): void {
    const element = this.nodes[index];
    if (!element) return;
    const region = this.scene.region(index);
    const wave = this.scene.wave(index);
    setAttribute(element, "data-ie-region", String(region));
    setAttribute(element, "data-ie-wave", String(wave));
    flag(element, "data-ie-hidden", this.scene.isHidden(index));
    flag(element, "data-ie-placed", region >= 0);
    flag(element, "data-ie-current", this.scene.current.has(index));
    flag(element, "data-ie-selected", this.scene.selected.has(index));
    flag(element, "data-ie-broken", this.scene.broken.has(index));
    flag(element, "data-ie-lit", this.scene.lit.has(index));
  }

  rename(): void {
    for (const [index, element] of this.nodes.entries()) {
      if (!element) continue;
      const { label, name } = this.scene.words(index);
      for (const [part, text] of [
        ["label", label],
        ["name", name],
      ] as const) {
        const written = element.querySelector(`.ie-node-${part}`);
        if (written) setText(written, text);
      }
    }
    for (const [index, line] of this.scene.lines.entries()) {
      const element = this.lines[index];
      const label = element && this.lineLabels.get(element);
      if (label) setText(label, this.scene.lineText(line));
    }
  }

  retheme(): void {
    // Style sheets do it.
  }

  destroy(): void {
    this.element.remove();
  }
}
