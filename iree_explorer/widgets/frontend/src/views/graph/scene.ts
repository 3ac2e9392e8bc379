import type { Box, EdgeKind, Graph, GraphEdge, GraphNode, NodeKind } from "../../model/document";
import { isClone, type Memberships, UNSEEN } from "../../model/memberships";

/** What a node does, in the four colours that a reader tells apart. */
export type Family = "compute" | "move" | "make" | "host";

const FAMILIES: Record<NodeKind, Family> = {
  dispatch: "compute",
  copy: "move",
  transfer: "move",
  update: "move",
  slice: "move",
  clone: "move",
  fill: "make",
  constant: "make",
  alloca: "make",
  host: "host",
  other: "host",
};

export const FAMILY_LABELS: Record<Family, string> = {
  compute: "dispatch",
  move: "copy, transfer, slice",
  make: "fill, constant, alloca",
  host: "host",
};

export const EDGE_LABELS: Record<EdgeKind, string> = {
  resource: "resource",
  tied: "tied, written in place",
  timepoint: "through a timepoint",
  captured: "captured from the host",
};

export const EDGE_KINDS = Object.keys(EDGE_LABELS) as EdgeKind[];

/** `absent`: none of its ops is there yet; `forming`: some are; `formed`: all that it will have. */
export type Growth = "absent" | "forming" | "formed";

export interface Hull {
  box: Box;
  region: number;
  /** -1: the region itself. */
  wave: number;
  label: string;
  detail: string;
}

/** Width of a character of the graph's fonts, in graph units. */
const LABEL_CHARACTER = 7.2;
const NAME_CHARACTER = 6.6;
export const DETAIL_CHARACTER = 6;
export const TEXT_INSET = 13;

/** Characters that fit a width in the graph's font, with an ellipsis where something is cut. */
export function fitText(text: string, width: number, characterWidth: number): string {
  const room = Math.max(1, Math.floor(width / characterWidth));
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}

export function familyOf(kind: NodeKind): Family {
  return FAMILIES[kind] ?? "host";
}

function key(region: number, wave: number): string {
  return `${region}/${wave}`;
}

/** Key of a region or a wave of a region in the counts below. */
function hullsOf(graph: Graph): Hull[] {
  return graph.regions.flatMap((region) => {
    const awaits = region.awaits.length > 0 ? `after ${region.awaits.join(", ")}` : "";
    const detail = [region.affinity, awaits].filter(Boolean).join(" · ");
    const own: Hull = { box: region, region: region.ordinal, wave: -1, label: region.label, detail };
    const waves = region.waves.map((wave) => ({
      box: wave,
      region: region.ordinal,
      wave: wave.ordinal,
      label: wave.label,
      detail: "",
    }));
    return [own, ...waves];
  });
}

/** One graph with the state of its nodes at the current step; renderers only read it. */
export class Scene {
  readonly hulls: readonly Hull[];
  private readonly nodesByOp = new Map<number, number[]>();
  private readonly edgesByNode = new Map<number, number[]>();
  private readonly ends: readonly (readonly [from: number, to: number])[];
  private readonly totals = new Map<string, number>();
  private counts = new Map<string, number>();
  readonly current = new Set<number>();
  /** Nodes whose region or wave the step speaks of: the current ones, or the contents of a region that it makes. */
  readonly framed = new Set<number>();
  readonly selected = new Set<number>();
  readonly lit = new Set<number>();
  /** Edges at the current, selected or lit nodes. */
  readonly brightEdges = new Set<number>();

  constructor(
    readonly graph: Graph,
    readonly memberships: Memberships,
    /** The op's name in the program, such as `%7`; empty where it has none. */
    private readonly nameOf: (op: number) => string = () => "",
  ) {
    this.hulls = hullsOf(graph);
    const indexOf = new Map(graph.nodes.map((node, index) => [node.id, index]));
    for (const [index, node] of graph.nodes.entries()) {
      this.append(this.nodesByOp, node.op, index);
      if (isClone(node) && node.origin !== node.op) this.append(this.nodesByOp, node.origin, index);
      this.count(this.totals, node.region, node.wave);
    }
    this.ends = graph.edges.map((edge) => [indexOf.get(edge.from) ?? -1, indexOf.get(edge.to) ?? -1] as const);
    for (const [index, [from, to]] of this.ends.entries()) {
      this.append(this.edgesByNode, from, index);
      this.append(this.edgesByNode, to, index);
    }
  }

  private append(map: Map<number, number[]>, id: number, value: number): void {
    const list = map.get(id);
    if (list) list.push(value);
    else map.set(id, [value]);
  }

  private count(counts: Map<string, number>, region: number, wave: number): void {
    if (region < 0) return;
    const names = wave >= 0 ? [key(region, -1), key(region, wave)] : [key(region, -1)];
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }

  /** What a node reads: its label, its name in the program (cut to what the label leaves), and a line of details. */
  words(index: number): { label: string; name: string; detail: string } {
    const node = this.node(index);
    const room = node.w - 2 * TEXT_INSET;
    const label = fitText(node.label, room, LABEL_CHARACTER);
    const left = room - label.length * LABEL_CHARACTER - 6;
    const name = this.nameOf(node.op);
    const detail = [node.detail, node.bytes].filter(Boolean).join(" · ");
    return {
      label,
      name: name.length * NAME_CHARACTER <= left ? name : "",
      detail: fitText(detail, room, DETAIL_CHARACTER),
    };
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
    this.counts = new Map();
    for (let index = 0; index < this.graph.nodes.length; index++) {
      this.count(this.counts, this.region(index), this.wave(index));
    }
    return touched;
  }

  /** Says which ops stand out; returns the nodes whose look may have changed. */
  emphasize(current: number, inside: readonly number[], selected: number, lit: readonly number[]): Set<number> {
    const stale = new Set([...this.current, ...this.selected, ...this.lit]);
    this.fill(this.current, [current]);
    this.fill(this.framed, [current, ...inside]);
    this.fill(this.selected, [selected]);
    this.fill(this.lit, lit);
    for (const index of [...this.current, ...this.selected, ...this.lit]) stale.add(index);
    this.brightEdges.clear();
    for (const index of [...this.current, ...this.selected]) {
      for (const edge of this.edgesByNode.get(index) ?? []) this.brightEdges.add(edge);
    }
    return stale;
  }

  private fill(set: Set<number>, ops: readonly number[]): void {
    set.clear();
    for (const op of ops) for (const index of op >= 0 ? this.nodesOf(op) : []) set.add(index);
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

  isEdgeHidden(index: number): boolean {
    const [from, to] = this.ends[index] ?? [-1, -1];
    return from < 0 || to < 0 || this.isHidden(from) || this.isHidden(to);
  }

  growth(hull: Hull): Growth {
    const here = this.counts.get(key(hull.region, hull.wave)) ?? 0;
    if (here === 0) return "absent";
    return here >= (this.totals.get(key(hull.region, hull.wave)) ?? 0) ? "formed" : "forming";
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
    const there = this.hulls.filter((hull) => this.growth(hull) !== "absent");
    let nodes = 0;
    for (let index = 0; index < this.graph.nodes.length; index++) if (!this.isHidden(index)) nodes += 1;
    const regions = there.filter((hull) => hull.wave < 0).length;
    return { nodes, regions, waves: there.length - regions };
  }
}
