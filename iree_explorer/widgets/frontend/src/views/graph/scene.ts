import type { Box, Graph, GraphEdge, GraphNode } from "../../model/document";
import { append, replace } from "../../model/lists";
import { isClone, type Memberships, UNSEEN } from "../../model/memberships";
import { counted, plural } from "../../words";
import { type Arrangement, arrange, boundsOf, type GraphView, type Line, type Way } from "./arrange";
import { type Hull, hullsOf } from "./hulls";
import { type LabelPlace, labelPlace, labelRoom } from "./line-label";
import { type Growth, Tally } from "./tally";
import { fitParts, fitText, type Measure } from "./text-fit";
import { familyOf } from "./vocabulary";

/** What kept an op out of a partition: lines to draw, and the partition (wave -1) or wave that refused it. */
export interface Blame {
  lines: readonly Way[];
  region: number;
  wave: number;
}

export const NO_BLAME: Blame = { lines: [], region: -1, wave: -1 };

/** Between the border of a node and its words. */
export const TEXT_INSET = 13;

/** What is written on a node. */
export interface Words {
  label: string;
  name: string;
  detail: string;
}

/** One graph with the state of its nodes at the current step; renderers only read it. */
export class Scene {
  arrangement: Arrangement;
  hulls: readonly Hull[] = [];
  private around: Box | null = null;
  private boxes: readonly Box[] | null = null;
  private lineOfEdge: Int32Array;
  /** Where lines begin → where their words stand. */
  private readonly labelPlaces = new Map<string, LabelPlace>();
  private readonly written: Words[] = [];
  /** Region → what it says where it is folded. */
  private readonly foldTexts = new Map<number, { contents: string; text: string }>();
  private readonly nodesByOp = new Map<number, number[]>();
  private readonly edgesByNode = new Map<number, number[]>();
  private readonly ends: readonly (readonly [from: number, to: number])[];
  private readonly tally: Tally;
  readonly current = new Set<number>();
  /** Nodes whose region or wave the step speaks of: the current ones, or the contents of a region that it makes. */
  readonly framed = new Set<number>();
  readonly selected = new Set<number>();
  readonly lit = new Set<number>();
  readonly broken = new Set<number>();
  /** Lines of the path that kept an op out of a partition. */
  blame: Blame = NO_BLAME;
  /** Whether regions fold by a click: a sign says so. */
  canFold = true;
  /** Lines at the current or selected nodes. */
  readonly brightLines = new Set<number>();

  constructor(
    readonly graph: Graph,
    readonly memberships: Memberships,
    /** The op's name in the program, such as `%7`; empty where it has none. */
    private readonly nameOf: (op: number, copy: number) => string,
    private readonly measure: Measure,
    view: GraphView = "lanes",
    folded: ReadonlySet<number> = new Set(),
  ) {
    this.lineOfEdge = new Int32Array(graph.edges.length);
    this.arrangement = this.arrange(view, folded);
    this.tally = new Tally(graph.nodes);
    const indexOf = new Map(graph.nodes.map((node, index) => [node.id, index]));
    for (const [index, node] of graph.nodes.entries()) {
      append(this.nodesByOp, node.op, index);
      if (isClone(node) && node.origin !== node.op) append(this.nodesByOp, node.origin, index);
    }
    for (const index of graph.nodes.keys()) this.recount(index);
    this.ends = graph.edges.map((edge) => [indexOf.get(edge.from) ?? -1, indexOf.get(edge.to) ?? -1] as const);
    for (const [index, [from, to]] of this.ends.entries()) {
      append(this.edgesByNode, from, index);
      append(this.edgesByNode, to, index);
    }
  }

  private recount(index: number): void {
    this.tally.place(index, this.region(index), this.wave(index));
  }

  /** Puts everything in its place in a view, some regions folded. */
  arrange(view: GraphView, folded: ReadonlySet<number>): Arrangement {
    this.arrangement = arrange(this.graph, view, folded);
    this.around = this.boxes = null;
    this.labelPlaces.clear();
    this.foldTexts.clear();
    this.hulls = hullsOf(this.graph, this.arrangement);
    this.lineOfEdge.fill(-1);
    for (const [index, { edges }] of this.lines.entries()) for (const edge of edges) this.lineOfEdge[edge] = index;
    this.brighten();
    return this.arrangement;
  }

  get lines(): readonly Line[] {
    return this.arrangement.lines;
  }

  /** What is drawn, without the empty lanes around it. */
  get bounds(): Box {
    this.around ??= this.boundsWith(this.arrangement.nodes);
    return this.around;
  }

  /** Around each line. */
  get lineBoxes(): readonly Box[] {
    this.boxes ??= this.lines.map((line) => line.box ?? boundsOf({ lines: [line] }));
    return this.boxes;
  }

  private boundsWith(nodes: readonly Box[]): Box {
    return boundsOf({ nodes, regions: [...this.arrangement.regions, ...this.lineBoxes] });
  }

  /** The same without steps of the host that neither wait nor feed. */
  get core(): Box {
    const nodes = this.arrangement.nodes.filter((_, index) => this.edgesByNode.has(index));
    return nodes.length > 0 ? this.boundsWith(nodes) : this.bounds;
  }

  /** Where, across, the middle one of the first ops of the program's devices stands: between them there may be nothing. */
  get middle(): number | undefined {
    const device = this.arrangement.nodes.filter((_, index) => familyOf(this.node(index).kind) !== "host");
    const top = Math.min(...device.map(({ y }) => y));
    const xs = device.filter(({ y, h }) => y < top + h).map(({ x, w }) => x + w / 2);
    return xs.sort((a, b) => a - b)[xs.length >> 1];
  }

  /** A node's label, its name in the program (up to half of its width), and a line of details. */
  words(index: number): Words {
    let words = this.written[index];
    if (!words) {
      words = this.write(index);
      this.written[index] = words;
    }
    return words;
  }

  /** Values may have new names: what is written must be read anew. */
  rename(): void {
    this.written.length = 0;
  }

  /** What a node's value is called at this step; empty where it has none. */
  nameNow(index: number): string {
    const { op } = this.node(index);
    return this.nameOf(op, this.nodesOf(op).indexOf(index));
  }

  private write(index: number): Words {
    const node = this.node(index);
    const room = node.w - 2 * TEXT_INSET;
    const full = this.nameNow(index);
    const width = full.length < 40 ? this.measure(full, "name") : room;
    const name = width <= room / 2 ? full : "";
    const label = fitText(node.label, name ? room - width - 4 : room, "label", this.measure);
    const detail = [node.detail, node.bytes].filter(Boolean).join(" · ");
    return { label, name, detail: fitText(detail, room, "detail", this.measure) };
  }

  /** A region's label and, where it is open, what else is known of it, cut to its width. */
  hullText({ label, detail, folded, box }: Hull): string {
    const text = folded ? label : [label, detail].filter(Boolean).join(" · ");
    return (this.canFold ? `${folded ? "▸" : "▾"} ` : "") + fitParts(text, box.w - 34, "hull", this.measure);
  }

  /** Of a text from `hullText`. */
  titleWidth(text: string): number {
    return this.measure(text, "hull");
  }

  /** What a folded region holds at this step: `17 ops · 4 waves`, or `3 of 17 ops` while it grows. */
  contents(hull: Hull): string {
    const total = this.tally.total(hull.region);
    const here = this.tally.here(hull.region);
    const ops = plural(total, "op");
    if (here < total) return `${counted(here)} of ${ops}`;
    const waves = this.tally.wavesOf(hull.region);
    return waves > 0 ? `${ops} · ${plural(waves, "wave")}` : ops;
  }

  /** Below the label of a folded region: what it holds, and where it runs, cut to its width. Measured when it changes. */
  foldText(hull: Hull): string {
    const contents = this.contents(hull);
    let known = this.foldTexts.get(hull.region);
    if (known?.contents !== contents) {
      const full = [contents, hull.detail].filter(Boolean).join(" · ");
      known = { contents, text: fitText(full, hull.box.w - 30, "detail", this.measure) };
      this.foldTexts.set(hull.region, known);
    }
    return known.text;
  }

  /** Part of its ops that a region holds at this step: 0 to 1. */
  fullness(hull: Hull): number {
    return this.tally.here(hull.region) / Math.max(1, this.tally.total(hull.region));
  }

  /** Where a node is drawn; in a folded region, the region's box. */
  box(index: number): Box {
    return this.arrangement.nodes[index] as Box;
  }

  /** The value that a line carries and its size, such as `%7 · 2 KB`, as much of it as there is room for. */
  lineText(line: Line): string {
    const { edges } = line;
    const labels = new Set(edges.map((index) => this.edge(index).label));
    const first = this.graph.edges[edges[0] ?? -1];
    const name = first === undefined ? "" : this.valueName(first, edges[0] as number);
    const text = labels.size > 1 ? `${labels.size} values` : [name, first?.bytes].filter(Boolean).join(" · ");
    const room = labelRoom(line);
    return room === Infinity ? text : fitText(text, room, "name", this.measure);
  }

  /** Where that is written: once for all lines of a value. */
  linePlace(line: Line): LabelPlace {
    const [source = -1] = this.ends[line.edges[0] ?? -1] ?? [];
    const start = String(line.points[0]);
    let place = this.labelPlaces.get(start);
    if (!place) {
      const all = this.feeds(source).flatMap(({ edge }) => this.lineOf(edge) ?? []);
      const same = all.filter(({ points }) => String(points[0]) === start);
      const room = (line.points[0]?.[0] ?? 0) - (this.arrangement.nodes[source]?.x ?? 0);
      place = labelPlace(same, this.measure(this.lineText(line), "name") < room);
      this.labelPlaces.set(start, place);
    }
    return place;
  }

  /** The value's name as its node has it at this step. */
  private valueName({ label }: GraphEdge, index: number): string {
    const from = this.ends[index]?.[0] ?? -1;
    const op = this.graph.nodes[from]?.op ?? -1;
    const name = op < 0 ? "" : this.nameOf(op, this.nodesOf(op).indexOf(from));
    const result = label.indexOf("#");
    return name ? name + (result < 0 ? "" : label.slice(result)) : label;
  }

  /** What a node feeds, and by which edges. */
  feeds(node: number): { edge: number; target: number }[] {
    const found: { edge: number; target: number }[] = [];
    for (const edge of this.edgesByNode.get(node) ?? []) {
      const [from, target] = this.ends[edge] ?? [-1, -1];
      if (from === node && target >= 0) found.push({ edge, target });
    }
    return found;
  }

  /** The line that an edge is drawn as; none inside a folded region. */
  lineOf(edge: number): Line | undefined {
    return this.lines[this.lineOfEdge[edge] ?? -1];
  }

  /** The region or wave that refused the op. */
  isAccused({ region, wave, folded }: Hull): boolean {
    const { blame } = this;
    return region === blame.region && (wave === blame.wave || folded) && blame.region >= 0;
  }

  /** A node that is not drawn on its own, as its region is folded. */
  isFolded(index: number): boolean {
    return this.arrangement.folded.has(this.node(index).region);
  }

  /** The folded regions that hold any of these nodes. */
  foldsOf(nodes: Iterable<number>): Set<number> {
    const found = new Set<number>();
    if (this.arrangement.folded.size === 0) return found;
    for (const index of nodes) if (this.isFolded(index)) found.add(this.node(index).region);
    return found;
  }

  /** How many ops are not drawn on their own. */
  get foldedOps(): number {
    let count = 0;
    for (const ordinal of this.arrangement.folded) count += this.tally.total(ordinal);
    return count;
  }

  node(index: number): GraphNode {
    return this.graph.nodes[index] as GraphNode;
  }

  edge(index: number): GraphEdge {
    return this.graph.edges[index] as GraphEdge;
  }

  nodesOf(op: number): readonly number[] {
    return this.nodesByOp.get(op) ?? [];
  }

  /** Moves to a step; returns the nodes whose region or wave changed on the way. */
  moveTo(step: number): number[] {
    const touched = this.memberships.moveTo(step);
    for (const index of touched) this.recount(index);
    return touched;
  }

  /** Says which ops stand out; returns the nodes that did and do no more, or do now and did not. */
  emphasize(current: number, inside: readonly number[], selected: number, lit: readonly number[]): Set<number> {
    const stale = new Set<number>();
    replace(this.current, this.nodesOfAll([current]), stale);
    replace(this.framed, [...this.current, ...this.largestPart(inside)], stale);
    replace(this.selected, this.nodesOfAll([selected]), stale);
    replace(this.lit, this.nodesOfAll(lit), stale);
    if (stale.size > 0) this.brighten();
    return stale;
  }

  private brighten(): void {
    this.brightLines.clear();
    for (const index of [...this.current, ...this.selected]) {
      for (const edge of this.edgesByNode.get(index) ?? []) {
        const line = this.lineOfEdge[edge] ?? -1;
        if (line >= 0) this.brightLines.add(line);
      }
    }
  }

  /** Says which ops are broken on; returns the nodes of which that is news. */
  breakOn(ops: readonly number[]): Set<number> {
    const stale = new Set<number>();
    replace(this.broken, this.nodesOfAll(ops), stale);
    return stale;
  }

  /** The nodes of some ops; of copies of an op in several regions only those in the region that is spoken of: it holds most of the ops. */
  private largestPart(ops: readonly number[]): readonly number[] {
    const byRegion = new Map<number, number[]>();
    for (const index of this.nodesOfAll(ops)) if (this.region(index) >= 0) append(byRegion, this.region(index), index);
    const [largest = []] = [...byRegion.values()].sort((a, b) => b.length - a.length);
    return largest;
  }

  private nodesOfAll(ops: readonly number[]): readonly number[] {
    return ops.flatMap((op) => (op >= 0 ? this.nodesOf(op) : []));
  }

  region(index: number): number {
    return this.memberships.region[index] ?? -1;
  }

  wave(index: number): number {
    return this.memberships.wave[index] ?? -1;
  }

  isHidden(index: number): boolean {
    return this.region(index) === UNSEEN;
  }

  isLineHidden(line: Line): boolean {
    return line.edges.every((edge) => this.isEdgeHidden(edge));
  }

  isEdgeHidden(index: number): boolean {
    const [from, to] = this.ends[index] ?? [-1, -1];
    return from < 0 || to < 0 || this.isHidden(from) || this.isHidden(to);
  }

  growth(hull: Hull): Growth {
    return this.tally.growth(hull.region, hull.wave);
  }

  /** Regions and waves that the step speaks of. */
  isCurrentHull(hull: Hull): boolean {
    for (const index of this.framed) {
      if (this.region(index) === hull.region && (hull.wave < 0 || this.wave(index) === hull.wave)) return true;
    }
    return false;
  }

  /** How many nodes, regions and waves there are at this step. */
  summary(): { nodes: number; regions: number; waves: number } {
    let nodes = 0;
    for (let index = 0; index < this.graph.nodes.length; index++) if (!this.isHidden(index)) nodes += 1;
    let [regions, waves] = [0, 0];
    for (const { ordinal } of this.graph.regions) {
      if (this.tally.here(ordinal) === 0) continue;
      regions += 1;
      waves += this.tally.wavesOf(ordinal);
    }
    return { nodes, regions, waves };
  }
}
