import { flag, setText, svg } from "../../dom";
import { pathData, type Renderer } from "./renderer";
import { EDGE_KINDS, familyOf, type Hull, type Scene, TEXT_INSET } from "./scene";
import type { Size, Transform } from "./viewport";

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

/** Draws with elements: up to about a thousand nodes, where each can be styled, tested and read by tools. */
export class SvgRenderer implements Renderer {
  readonly element: SVGSVGElement;
  private readonly stage = svg("g");
  private readonly nodes: SVGGElement[];
  private readonly edges: SVGGElement[];
  private readonly hulls: SVGGElement[];
  /** Of the regions; waves have none. In the order of the hulls. */
  private readonly labels: (SVGTextElement | null)[];
  private readonly prefix = `ie-graph-${++graphs}`;

  constructor(private readonly scene: Scene) {
    const { graph } = scene;
    this.hulls = scene.hulls.map((hull) => this.makeHull(hull));
    this.labels = scene.hulls.map((hull) => (hull.wave < 0 ? this.makeHullLabel(hull) : null));
    this.edges = graph.edges.map((_, index) => this.makeEdge(index));
    this.nodes = graph.nodes.map((_, index) => this.makeNode(index));
    const markers = EDGE_KINDS.map((kind) => marker(`${this.prefix}-${kind}`, kind));
    this.stage.append(
      svg("g", {}, ...this.hulls),
      svg("g", {}, ...this.edges),
      svg("g", {}, ...this.labels),
      svg("g", {}, ...this.nodes),
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
    const group = svg("g", {
      class: isWave ? "ie-wave" : "ie-region",
      "data-ie-region": hull.region,
      "data-ie-wave": isWave ? hull.wave : undefined,
    });
    group.append(svg("rect", { x, y, width: w, height: h, rx: isWave ? 7 : 10 }));
    return group;
  }

  /** Over the lines that cross it. */
  private makeHullLabel(hull: Hull): SVGTextElement {
    const { x, y } = hull.box;
    return svg("text", { x: x + 10, y: y + 15, class: "ie-region-label" }, this.scene.hullText(hull));
  }

  private makeEdge(index: number): SVGGElement {
    const edge = this.scene.edge(index);
    const path = svg("path", {
      d: pathData(edge.points),
      class: "ie-edge-line",
      "marker-end": `url(#${this.prefix}-${edge.kind})`,
    });
    const group = svg("g", { class: `ie-edge ie-edge-${edge.kind}`, "data-ie-edge": edge.kind }, path);
    if (edge.kind === "tied") group.prepend(svg("path", { d: pathData(edge.points), class: "ie-edge-casing" }));
    return group;
  }

  private makeNode(index: number): SVGGElement {
    const node = this.scene.node(index);
    const { label, name, detail } = this.scene.words(index);
    const above = node.h / 2 - 4;
    return svg(
      "g",
      {
        class: `ie-node ie-family-${familyOf(node.kind)}`,
        transform: `translate(${node.x} ${node.y})`,
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
    this.stage.setAttribute(
      "transform",
      `matrix(${transform.scale} 0 0 ${transform.scale} ${transform.x} ${transform.y})`,
    );
  }

  update(nodes: Iterable<number>): void {
    for (const index of nodes) this.updateNode(index);
    for (const [index, hull] of this.scene.hulls.entries()) {
      const element = this.hulls[index];
      const growth = this.scene.growth(hull);
      element?.setAttribute("data-ie-growth", growth);
      this.labels[index]?.setAttribute("data-ie-growth", growth);
      if (element) flag(element, "data-ie-current", this.scene.isCurrentHull(hull));
    }
    for (const [index, element] of this.edges.entries()) {
      flag(element, "data-ie-hidden", this.scene.isEdgeHidden(index));
      flag(element, "data-ie-bright", this.scene.brightEdges.has(index));
    }
  }

  private updateNode(index: number): void {
    const element = this.nodes[index];
    if (!element) return;
    const region = this.scene.region(index);
    const wave = this.scene.wave(index);
    element.setAttribute("data-ie-region", String(region));
    element.setAttribute("data-ie-wave", String(wave));
    flag(element, "data-ie-hidden", this.scene.isHidden(index));
    flag(element, "data-ie-placed", region >= 0);
    flag(element, "data-ie-current", this.scene.current.has(index));
    flag(element, "data-ie-selected", this.scene.selected.has(index));
    flag(element, "data-ie-broken", this.scene.broken.has(index));
    flag(element, "data-ie-lit", this.scene.lit.has(index));
  }

  rename(): void {
    for (const [index, element] of this.nodes.entries()) {
      const { label, name } = this.scene.words(index);
      for (const [part, text] of [
        ["label", label],
        ["name", name],
      ] as const) {
        const written = element.querySelector(`.ie-node-${part}`);
        if (written) setText(written, text);
      }
    }
  }

  retheme(): void {
    // Style sheets do it.
  }

  destroy(): void {
    this.element.remove();
  }
}
