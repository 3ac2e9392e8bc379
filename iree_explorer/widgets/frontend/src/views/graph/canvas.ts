import { h } from "../../dom";
import type { Box, EdgeKind } from "../../model/document";
import type { Line, Way } from "./arrange";
import { type Hull, numberOf } from "./hulls";
import { type Palette, readPalette } from "./palette";
import { FAR, farSize, NEAR, type Renderer, traceArrow, traceLine } from "./renderer";
import { type Scene, TEXT_INSET } from "./scene";
import { Strips } from "./strips";
import { type Face, fontsOf } from "./text-fit";
import { boxWithin, type Size, type Transform, visibleBox, within } from "./viewport";
import { EDGE_KINDS, type Family, familyOf } from "./vocabulary";

/** Below these scales bends and lines are smaller than a pixel's worth of reading. */
const BENDS_FROM = 0.2;
const EDGES_FROM = 0.05;
/** Pixels below which a number of a region is a speck. */
const LEAST_NUMBER = 4;

const DASHES: Record<EdgeKind, number[]> = { resource: [], tied: [], timepoint: [6, 4], captured: [2, 3] };
/** How wide lines are, as in the style sheet, and what is left free amid those that have two sides; then of those at the current and selected ops. */
const WIDTHS: Record<EdgeKind, readonly [width: number, core: number]> = {
  resource: [1.3, 0],
  tied: [4.5, 1.5],
  timepoint: [1.3, 0],
  captured: [1.3, 0],
};
const BRIGHT_WIDTHS: typeof WIDTHS = { resource: [2.6, 0], tied: [6, 2], timepoint: [2.6, 0], captured: [2.6, 0] };
const FAMILIES: Family[] = ["compute", "move", "make", "host"];

interface Pen {
  colour: string;
  width: number;
  dash: number[];
}

/** Whether all parts of a line are upright or level. */
function isSquare({ points, curved }: Way): boolean {
  const square = points.every(([x, y], index) => {
    const before = points[index - 1];
    return before === undefined || before[0] === x || before[1] === y;
  });
  return square && !curved;
}

/** Draws what is in sight on a canvas: for graphs of more than about a thousand nodes. */
export class CanvasRenderer implements Renderer {
  readonly element: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D | null;
  private readonly lines: Strips;
  private readonly nodes: Strips;
  private readonly hulls: Strips;
  /** Of lines that were in sight, whether all their parts are upright or level. */
  private readonly isSquare: boolean[] = [];
  private transform: Transform = { scale: 1, x: 0, y: 0 };
  private size: Size = { width: 0, height: 0 };
  private palette: Palette | null = null;
  private fonts: Record<Face, string> | null = null;
  private frame = 0;

  constructor(private readonly scene: Scene) {
    this.element = h("canvas", {
      class: "ie-graph-canvas",
      role: "img",
      "aria-label": `Graph of @${scene.graph.function}`,
      "data-ie-renderer": "canvas",
    });
    this.context = this.element.getContext("2d");
    this.lines = new Strips(scene.lineBoxes);
    this.nodes = new Strips(scene.graph.nodes.map((_, index) => scene.box(index)));
    this.hulls = new Strips(scene.hulls.map(({ box }) => box));
  }

  setTransform(transform: Transform, size: Size): void {
    this.transform = transform;
    this.size = size;
    const ratio = globalThis.devicePixelRatio || 1;
    const width = Math.round(size.width * ratio);
    const height = Math.round(size.height * ratio);
    if (this.element.width !== width || this.element.height !== height) {
      this.element.width = width;
      this.element.height = height;
    }
    this.request();
  }

  update(_nodes: Iterable<number>): void {
    this.request();
  }

  rename(): void {
    this.request();
  }

  private font(face: Face): string {
    this.fonts ??= fontsOf(this.element);
    return this.fonts[face];
  }

  retheme(): void {
    this.palette = null;
    this.fonts = null;
    this.request();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.element.remove();
  }

  private request(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  /** Draws now. A frame takes as long as what is in sight, not as the graph. */
  draw(): void {
    const { context } = this;
    if (!context || this.size.width === 0) return;
    this.palette ??= readPalette(this.element);
    const ratio = globalThis.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.palette.background;
    context.fillRect(0, 0, this.size.width, this.size.height);
    const { scale, x, y } = this.transform;
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
    const sight = visibleBox(this.transform, this.size);
    this.drawHulls(context, this.palette, sight, false);
    if (scale >= EDGES_FROM) this.drawEdges(context, this.palette, sight);
    if (scale >= FAR) this.drawTitles(context, this.palette, sight);
    this.drawHulls(context, this.palette, sight, true);
    this.drawNodes(context, this.palette, sight);
    this.drawLineLabels(context, this.palette, sight);
    if (scale < FAR) this.drawNumbers(context, this.palette, sight);
    this.drawBlame(context, this.palette);
  }

  /** Open regions are below the lines, folded ones above. */
  private drawHulls(context: CanvasRenderingContext2D, palette: Palette, sight: Box, folded: boolean): void {
    for (const index of this.hulls.within(sight)) {
      const hull = this.scene.hulls[index] as Hull;
      if (hull.folded !== folded) continue;
      const growth = this.scene.growth(hull);
      if (growth === "absent" && !hull.folded) continue;
      context.setLineDash(growth === "formed" ? [] : [5, 4]);
      this.drawHull(context, palette, hull, sight);
    }
    context.setLineDash([]);
  }

  private drawHull(context: CanvasRenderingContext2D, palette: Palette, hull: Hull, sight: Box): void {
    const { x, y, w, h: height } = boxWithin(hull.box, sight);
    const isRegion = hull.wave < 0;
    const current = this.scene.isCurrentHull(hull);
    context.fillStyle = hull.folded ? this.foldFill(palette, hull) : isRegion ? palette.region : palette.wave;
    const line = isRegion ? palette.regionLine : palette.waveLine;
    const accused = this.scene.isAccused(hull);
    context.strokeStyle = accused ? palette.blame : current ? palette.accent : line;
    context.lineWidth = accused || (current && isRegion) ? 2 : 1;
    context.beginPath();
    context.roundRect(x, y, w, height, isRegion ? 10 : 7);
    context.fill();
    context.stroke();
    if (this.transform.scale >= FAR) this.drawHullWords(context, palette, hull);
  }

  /** All but the titles of open regions. */
  private drawHullWords(context: CanvasRenderingContext2D, palette: Palette, hull: Hull): void {
    context.fillStyle = palette.muted;
    if (hull.folded) {
      this.drawTitle(context, hull);
      this.drawContents(context, palette, hull);
    } else if (hull.wave >= 0) {
      context.font = this.font("detail");
      context.fillText(hull.label, hull.box.x + 8, hull.box.y + 17);
    }
  }

  private drawTitle(context: CanvasRenderingContext2D, hull: Hull): void {
    context.font = this.font("hull");
    context.fillText(this.scene.hullText(hull), hull.box.x + 10, hull.box.y + 15);
  }

  /** Of open regions, over the lines, which pass below and not through the words. */
  private drawTitles(context: CanvasRenderingContext2D, palette: Palette, sight: Box): void {
    for (const index of this.hulls.within(sight)) {
      const hull = this.scene.hulls[index] as Hull;
      if (hull.wave >= 0 || hull.folded || this.scene.growth(hull) === "absent") continue;
      const { x, y } = hull.box;
      context.fillStyle = palette.region;
      context.fillRect(x + 8, y + 5, this.scene.titleWidth(this.scene.hullText(hull)) + 4, 13);
      context.fillStyle = palette.muted;
      this.drawTitle(context, hull);
    }
  }

  /** From afar: of each region its number. */
  private drawNumbers(context: CanvasRenderingContext2D, palette: Palette, sight: Box): void {
    const { scale } = this.transform;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.strokeStyle = palette.background;
    context.fillStyle = palette.text;
    for (const index of this.hulls.within(sight)) {
      const hull = this.scene.hulls[index] as Hull;
      const size = farSize(scale, hull.box);
      if (hull.wave >= 0 || size * scale < LEAST_NUMBER || this.scene.growth(hull) === "absent") continue;
      const { x, y, w, h: height } = hull.box;
      context.font = `600 ${size}px sans-serif`;
      context.lineWidth = size / 4;
      context.strokeText(numberOf(hull), x + w / 2, y + height / 2);
      context.fillText(numberOf(hull), x + w / 2, y + height / 2);
    }
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
  }

  private foldFill(palette: Palette, hull: Hull): string {
    return this.scene.growth(hull) === "formed" ? palette.familyFill.compute : palette.node;
  }

  /** What a folded region holds, and how full it is. */
  private drawContents(context: CanvasRenderingContext2D, palette: Palette, hull: Hull): void {
    const { x, y, w, h: height } = hull.box;
    context.font = this.font("detail");
    context.fillText(this.scene.foldText(hull), x + 21, y + 31);
    context.fillStyle = palette.waveLine;
    context.fillRect(x + 10, y + height - 7, w - 20, 3);
    context.fillStyle = palette.family.compute;
    context.fillRect(x + 10, y + height - 7, (w - 20) * this.scene.fullness(hull), 3);
  }

  private drawEdges(context: CanvasRenderingContext2D, palette: Palette, sight: Box): void {
    const { brightLines } = this.scene;
    const seen = this.linesIn(sight).filter((index) => !brightLines.has(index));
    const bright = [...brightLines].filter((index) => !this.scene.isLineHidden(this.line(index)));
    for (const [indices, widths] of [
      [seen, WIDTHS],
      [bright, BRIGHT_WIDTHS],
    ] as const) {
      const byKind: Record<EdgeKind, Way[]> = { resource: [], tied: [], timepoint: [], captured: [] };
      for (const index of indices) byKind[this.line(index).kind].push(this.cut(index, sight));
      for (const kind of EDGE_KINDS) {
        const [width, core] = widths[kind];
        this.drawLines(context, byKind[kind], { colour: palette.edge[kind], width, dash: DASHES[kind] });
        if (core && this.transform.scale >= FAR)
          this.drawLines(context, byKind[kind], { colour: palette.background, width: core, dash: [] });
        this.drawArrows(context, byKind[kind], palette.edge[kind]);
      }
    }
  }

  private drawLines(context: CanvasRenderingContext2D, lines: readonly Way[], { colour, width, dash }: Pen): void {
    const bends = this.transform.scale >= BENDS_FROM;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(bends ? dash : []);
    context.beginPath();
    for (const line of lines) this.trace(context, line, bends);
    context.stroke();
    context.setLineDash([]);
  }

  private drawArrows(context: CanvasRenderingContext2D, lines: readonly Way[], colour: string): void {
    if (this.transform.scale < FAR) return;
    context.fillStyle = colour;
    context.beginPath();
    for (const line of lines) traceArrow(line, context);
    context.fill();
  }

  private line(index: number): Line {
    return this.scene.lines[index] as Line;
  }

  private linesIn(sight: Box): number[] {
    return this.lines.within(sight).filter((index) => !this.scene.isLineHidden(this.line(index)));
  }

  /** The line as far as it matters to what is in sight. */
  private cut(index: number, sight: Box): Way {
    const { points, curved } = this.line(index);
    this.isSquare[index] ??= isSquare({ points, curved });
    return this.isSquare[index] ? { points: points.map((point) => within(point, sight)), curved } : { points, curved };
  }

  private trace(context: CanvasRenderingContext2D, line: Way, bends: boolean): void {
    const first = line.points[0];
    const last = line.points.at(-1);
    if (bends) traceLine(line, context);
    if (bends || !first || !last) return;
    context.moveTo(first[0], first[1]);
    context.lineTo(last[0], last[1]);
  }

  /** Which values the lines carry: of all from close by, else of those at the current and selected ops. */
  private drawLineLabels(context: CanvasRenderingContext2D, palette: Palette, sight: Box): void {
    const { scale } = this.transform;
    if (scale < FAR) return;
    const all = scale >= NEAR;
    context.font = this.font("name");
    context.lineWidth = 3;
    context.strokeStyle = palette.background;
    context.fillStyle = palette.muted;
    for (const index of this.linesIn(sight)) {
      if (!all && !this.scene.brightLines.has(index)) continue;
      const text = this.scene.lineText(this.line(index));
      const { x, y, anchor } = this.scene.linePlace(this.line(index));
      context.textAlign = anchor;
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
    context.textAlign = "left";
  }

  private drawBlame(context: CanvasRenderingContext2D, palette: Palette): void {
    const { lines } = this.scene.blame;
    const { scale } = this.transform;
    this.drawLines(context, lines, { colour: palette.blame, width: Math.max(2.6, 2 / scale), dash: [8, 4] });
    this.drawArrows(context, lines, palette.blame);
  }

  private drawNodes(context: CanvasRenderingContext2D, palette: Palette, sight: Box): void {
    const seen: Record<Family, number[]> = { compute: [], move: [], make: [], host: [] };
    for (const index of this.nodes.within(sight)) {
      const isDrawn = !this.scene.isHidden(index) && !this.scene.isFolded(index);
      if (isDrawn) seen[familyOf(this.scene.node(index).kind)].push(index);
    }
    for (const family of FAMILIES) this.drawFamily(context, palette, family, seen[family]);
    if (this.transform.scale >= FAR) this.drawWords(context, palette, Object.values(seen).flat());
    for (const index of this.scene.lit) this.ring(context, index, palette.lit);
    for (const index of this.scene.broken) this.dot(context, palette, index);
    context.setLineDash([4, 3]);
    for (const index of this.scene.selected) this.ring(context, index, palette.accent);
    context.setLineDash([]);
    for (const index of this.scene.current) this.ring(context, index, palette.accent);
  }

  private drawFamily(
    context: CanvasRenderingContext2D,
    palette: Palette,
    family: Family,
    nodes: readonly number[],
  ): void {
    for (const placed of [false, true]) {
      const boxes = nodes
        .filter((index) => this.scene.region(index) >= 0 === placed)
        .map((index) => this.scene.box(index));
      context.fillStyle = placed ? palette.familyFill[family] : palette.node;
      for (const { x, y, w, h: height } of boxes) context.fillRect(x, y, w, height);
      if (this.transform.scale < FAR) continue;
      context.strokeStyle = placed ? palette.family[family] : palette.nodeLine;
      context.lineWidth = 1;
      context.setLineDash(placed || family === "host" ? [] : [4, 3]);
      for (const { x, y, w, h: height } of boxes) context.strokeRect(x, y, w, height);
      context.setLineDash([]);
    }
    context.fillStyle = palette.family[family];
    for (const index of nodes) {
      const { x, y, h: height } = this.scene.box(index);
      context.fillRect(x, y, 6, height);
    }
  }

  /** What stands in nodes, one font after the other: with each the canvas asks for the style of the page. */
  private drawWords(context: CanvasRenderingContext2D, palette: Palette, nodes: readonly number[]): void {
    const written = nodes.map((index) => ({ ...this.scene.words(index), box: this.scene.box(index) }));
    context.fillStyle = palette.text;
    context.font = this.font("label");
    for (const { label, box } of written) context.fillText(label, box.x + TEXT_INSET, box.y + box.h / 2 - 4);
    context.fillStyle = palette.muted;
    context.font = this.font("detail");
    for (const { detail, box } of written) context.fillText(detail, box.x + TEXT_INSET, box.y + box.h / 2 + 12);
    context.font = this.font("name");
    context.textAlign = "right";
    for (const { name, box } of written) context.fillText(name, box.x + box.w - 8, box.y + box.h / 2 - 4);
    context.textAlign = "left";
  }

  private dot(context: CanvasRenderingContext2D, palette: Palette, index: number): void {
    if (this.scene.isHidden(index)) return;
    const { x, y } = this.scene.box(index);
    context.fillStyle = palette.broken;
    context.beginPath();
    context.arc(x, y, Math.max(5, 3 / this.transform.scale), 0, 2 * Math.PI);
    context.fill();
  }

  private ring(context: CanvasRenderingContext2D, index: number, colour: string): void {
    if (this.scene.isHidden(index)) return;
    const node = this.scene.box(index);
    context.strokeStyle = colour;
    context.lineWidth = Math.max(2, 2 / this.transform.scale);
    context.strokeRect(node.x - 3, node.y - 3, node.w + 6, node.h + 6);
  }
}
