import type { Box, EdgeKind, Graph, GraphNode, Region } from "../../model/document";
import { squeeze } from "./squeeze";

/** `lanes`: time downwards, a lane per device; `dag`: each op below what it needs. */
export type GraphView = "lanes" | "dag";

export type Point = readonly [number, number];

/** A drawn line: an edge, or all edges of one kind between the same two things where one of them is folded. */
export interface Line {
  kind: EdgeKind;
  points: readonly Point[];
  /** Around it, where that takes no points. */
  box?: Box;
  /** A curve that is vertical at each point; else straight pieces with round corners. */
  curved: boolean;
  /** Indices in `graph.edges`. */
  edges: readonly number[];
}

/** How a line is drawn, of whatever kind it is. */
export type Way = Pick<Line, "points" | "curved">;

/** Where everything stands in a view, some regions folded; made anew when the view or the folds change, never by a step. */
export interface Arrangement {
  view: GraphView;
  /** Ordinals of regions that are drawn as one box. */
  folded: ReadonlySet<number>;
  /** Of each node; in a folded region, the region's box. */
  nodes: readonly Box[];
  /** Of each region. */
  regions: readonly Box[];
  lines: readonly Line[];
}

export const FOLDED: { readonly w: number; readonly h: number } = { w: 216, h: 44 };
/** Kept free on all sides of a folded region. */
const ROOM = 14;

/** More ops or regions than this are too many to be seen: a graph opens with its regions folded. */
export const FOLD_ABOVE = 300;
const FOLD_REGIONS_ABOVE = 40;

export function opensFolded(graph: Graph): ReadonlySet<number> {
  const { nodes, regions } = graph;
  const many = (nodes.length > FOLD_ABOVE && regions.length > 1) || regions.length > FOLD_REGIONS_ABOVE;
  return new Set(many ? regions.map(({ ordinal }) => ordinal) : []);
}

function boxOf([x, y, w, h]: readonly number[]): Box {
  return { x: x ?? 0, y: y ?? 0, w: w ?? 0, h: h ?? 0 };
}

/** The box alone: an object of a document's table has nothing of its own that could be spread. */
function boxIn({ x, y, w, h }: Box): Box {
  return { x, y, w, h };
}

export function middleBelow({ x, y, w, h }: Box): Point {
  return [x + w / 2, y + h];
}

export function middleAbove({ x, y, w }: Box): Point {
  return [x + w / 2, y];
}

function pairs(numbers: readonly number[]): Point[] {
  const points: Point[] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2)
    points.push([numbers[index] as number, numbers[index + 1] as number]);
  return points;
}

/** Around points, given as numbers, x and y in turn: a large graph has so many lines that a pair for each point is felt. */
function boxAround(numbers: readonly number[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < numbers.length; index += 2) {
    const x = numbers[index] as number;
    const y = numbers[index + 1] as number;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: left, y: top, w: right - left, h: bottom - top };
}

/** The line of one edge in the lanes. Its points are made when they are asked for: all of those of a large graph are most of its memory. */
class EdgeLine implements Line {
  readonly curved = false;
  constructor(
    private readonly edge: Graph["edges"][number],
    private readonly index: number,
  ) {}
  get kind() {
    return this.edge.kind;
  }
  get points() {
    return pairs(this.edge.points);
  }
  get box() {
    return boxAround(this.edge.points);
  }
  get edges() {
    return [this.index];
  }
}

/** The view as the document has it, with nothing folded. */
function open(graph: Graph, view: GraphView): Arrangement {
  const { dag } = graph;
  const folded = new Set<number>();
  if (view === "lanes" || !dag) {
    const lines = graph.edges.map((edge, index) => new EdgeLine(edge, index));
    return { view: "lanes", folded, nodes: graph.nodes.map(boxIn), regions: graph.regions.map(boxIn), lines };
  }
  const nodes = graph.nodes.map(({ w, h }, index) => boxOf([...(dag.nodes[index] ?? []), w, h]));
  const indexOf = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  const lines = graph.edges.map(({ kind, from, to }, index): Line => {
    const source = nodes[indexOf.get(from) ?? 0] as Box;
    const target = nodes[indexOf.get(to) ?? 0] as Box;
    const points = [middleBelow(source), ...pairs(dag.bends[index] ?? []), middleAbove(target)];
    return { kind, points, curved: true, edges: [index] };
  });
  return { view, folded, nodes, regions: dag.regions.map(boxOf), lines };
}

type Move = (place: number) => number;

/** Steps of the host that neither wait nor feed: the lanes have them in columns of their own, which stay as high as they are. */
function asideIn(graph: Graph, view: GraphView): ReadonlySet<number> {
  const linked = new Set(graph.edges.flatMap(({ from, to }) => [from, to]));
  const known = new Set(graph.regions.map(({ ordinal }) => ordinal));
  const aside = graph.nodes.flatMap(({ id, region }, index) => (linked.has(id) || known.has(region) ? [] : [index]));
  return new Set(view === "lanes" ? aside : []);
}

/** How places move along one axis: regions that are folded shrink, the others and the steps of the host stay as they are. */
function axis(
  graph: Graph,
  opened: Arrangement,
  folded: ReadonlySet<number>,
  aside: ReadonlySet<number>,
  from: "x" | "y",
  length: "w" | "h",
): Move {
  const regions = graph.regions.map(({ ordinal }, index) => {
    const box = opened.regions[index] as Box;
    if (!folded.has(ordinal)) return { from: box[from], to: box[from] + box[length] };
    const least = Math.min(FOLDED[length], box[length]) + 2 * ROOM;
    return { from: box[from] - ROOM, to: box[from] + box[length] + ROOM, least };
  });
  const known = new Set(graph.regions.map(({ ordinal }) => ordinal));
  const alone = opened.nodes.filter((_, index) => !known.has(graph.nodes[index]?.region ?? -1) && !aside.has(index));
  return squeeze([...regions, ...alone.map((box) => ({ from: box[from], to: box[from] + box[length] }))]);
}

/** The view with some regions as one box each, what is left moved together; order and distances stay. */
export function arrange(graph: Graph, view: GraphView, folded: ReadonlySet<number>): Arrangement {
  const opened = open(graph, view);
  if (folded.size === 0) return opened;
  const aside = asideIn(graph, opened.view);
  const x = axis(graph, opened, folded, new Set(), "x", "w");
  const y = axis(graph, opened, folded, aside, "y", "h");
  const regions = opened.regions.map((box, index): Box => {
    if (!folded.has((graph.regions[index] as Region).ordinal)) return { ...box, x: x(box.x), y: y(box.y) };
    const middle = (x(box.x - ROOM) + x(box.x + box.w + ROOM)) / 2;
    const [w, h] = [Math.min(FOLDED.w, box.w), Math.min(FOLDED.h, box.h)];
    return { x: middle - w / 2, y: y(box.y - ROOM) + ROOM, w, h };
  });
  const place = new Map(graph.regions.map(({ ordinal }, index) => [ordinal, index]));
  const nodes = opened.nodes.map((box, index): Box => {
    const { region } = graph.nodes[index] as GraphNode;
    const at = place.get(region);
    if (at === undefined) return { ...box, x: x(box.x), y: aside.has(index) ? box.y : y(box.y) };
    const [before, after] = [opened.regions[at] as Box, regions[at] as Box];
    return folded.has(region) ? after : { ...box, x: box.x - before.x + after.x, y: box.y - before.y + after.y };
  });
  return { view: opened.view, folded, nodes, regions, lines: foldLines(graph, opened, folded, nodes, [x, y]) };
}

/** Lines between open things move with them; those of a folded region are one for each kind and other end. */
function foldLines(
  graph: Graph,
  opened: Arrangement,
  folded: ReadonlySet<number>,
  nodes: readonly Box[],
  moves: readonly [x: Move, y: Move],
): Line[] {
  const indexOf = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  const foldOf = (node: number) => {
    const { region } = graph.nodes[node] as GraphNode;
    return folded.has(region) ? `r${region}` : `n${node}`;
  };
  const merged = new Map<string, Line & { edges: number[] }>();
  for (const [index, { from, to, kind }] of graph.edges.entries()) {
    const [source, target] = [indexOf.get(from) ?? 0, indexOf.get(to) ?? 0];
    const [first, second] = [foldOf(source), foldOf(target)];
    const isOpen = first === `n${source}` && second === `n${target}`;
    const key = isOpen ? `e${index}` : `${first} ${second} ${kind}`;
    const known = merged.get(key);
    if (known) known.edges.push(index);
    else if (isOpen) {
      const { points, curved } = opened.lines[index] as Line;
      const shifts = [source, target].map((node) => shiftOf(opened.nodes[node] as Box, nodes[node] as Box));
      merged.set(key, { kind, curved, edges: [index], points: movedLine(points, shifts as [Point, Point], moves) });
    } else if (first !== second) {
      const points = [middleBelow(nodes[source] as Box), middleAbove(nodes[target] as Box)];
      merged.set(key, { kind, curved: true, edges: [index], points });
    }
  }
  return [...merged.values()];
}

function shiftOf(before: Box, after: Box): Point {
  return [after.x - before.x, after.y - before.y];
}

/** The ends of a line move with their nodes, and what is right below or above them across; the rest with what is around. */
function movedLine(points: readonly Point[], [start, end]: [Point, Point], [x, y]: readonly [Move, Move]): Point[] {
  if (start[0] === end[0] && start[1] === end[1])
    return points.map(([px, py]): Point => [px + start[0], py + start[1]]);
  const last = points.length - 1;
  return points.map(([px, py], index): Point => {
    const across = px === points[0]?.[0] ? px + start[0] : px === points[last]?.[0] ? px + end[0] : x(px);
    return [across, index === 0 ? py + start[1] : index === last ? py + end[1] : y(py)];
  });
}

interface Bounded extends Pick<Arrangement, "nodes" | "regions"> {
  lines: readonly Pick<Line, "points">[];
}

/** Around all of some boxes and lines. */
export function boundsOf({ nodes = [], regions = [], lines = [] }: Partial<Bounded>): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const cover = (x: number, y: number, w = 0, h = 0) => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + w);
    bottom = Math.max(bottom, y + h);
  };
  for (const { x, y, w, h } of nodes) cover(x, y, w, h);
  for (const { x, y, w, h } of regions) cover(x, y, w, h);
  for (const { points } of lines) for (const [x, y] of points) cover(x, y);
  return left > right ? { x: 0, y: 0, w: 1, h: 1 } : { x: left, y: top, w: right - left, h: bottom - top };
}
