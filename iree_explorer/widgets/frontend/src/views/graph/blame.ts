import type { Box, Candidate, Step } from "../../model/document";
import { middleAbove, middleBelow, type Way } from "./arrange";
import { type Blame, NO_BLAME, type Scene } from "./scene";

/** Ops that a path is looked for through, and causes that are drawn, at most. */
const MOST_SEEN = 300;
const MOST_CAUSES = 4;
/** Below a row, for a line between two of its nodes. */
const DIP = 14;

/** Rules whose reason is a way through the graph, the most telling first. */
const TELLING = ["hazard", "cycle", "nested capture", "downstream"];

/** The row that a step is about, of all that refuse: of the most telling rule, that of the first partition to run. */
export function mainRefusal({ kind }: Step, candidates: readonly Candidate[]): Candidate | undefined {
  if (kind !== "weighed" && kind !== "opened") return undefined;
  const refused = candidates.filter(({ verdict }) => verdict === "refused");
  for (const rule of TELLING) {
    const found = refused.find(({ why }) => why === rule);
    if (found) return found;
  }
  return undefined;
}

/** The edges of a shortest way that work takes from any of some nodes to one that is wanted; null: there is none nearby. */
export function wayBetween(scene: Scene, from: readonly number[], wanted: (node: number) => boolean): number[] | null {
  const reached = new Map<number, { edge: number; before: number }>(
    from.map((node) => [node, { edge: -1, before: -1 }]),
  );
  const queue = [...from];
  for (let at = 0; at < queue.length && at < MOST_SEEN; at++) {
    const node = queue[at] as number;
    if (wanted(node)) return wayTo(reached, node);
    for (const { edge, target } of scene.feeds(node)) {
      if (reached.has(target) || scene.isHidden(target)) continue;
      reached.set(target, { edge, before: node });
      queue.push(target);
    }
  }
  return null;
}

function wayTo(reached: ReadonlyMap<number, { edge: number; before: number }>, end: number): number[] {
  const way: number[] = [];
  for (let step = reached.get(end); step && step.edge >= 0; step = reached.get(step.before)) way.unshift(step.edge);
  return way;
}

/** A line where no edge is: downwards, or below two nodes of one row. */
function hop(a: Box, b: Box): Way {
  if (a.y + a.h < b.y) return { curved: true, points: [middleBelow(a), middleAbove(b)] };
  if (b.y + b.h < a.y) return { curved: true, points: [middleBelow(b), middleAbove(a)] };
  const [[ax, ay], [bx, by]] = [middleBelow(a), middleBelow(b)];
  const low = Math.max(ay, by) + DIP;
  return {
    curved: false,
    points: [
      [ax, ay],
      [ax, low],
      [bx, low],
      [bx, by],
    ],
  };
}

/** Collects the lines between the op, what forbids the join, and the partition. */
class Collector {
  readonly lines = new Set<Way>();

  constructor(private readonly scene: Scene) {}

  /** Along the edges, in the direction in which work flows, either way; where there is no way and it must be, straight. */
  join(from: readonly number[], to: readonly number[], must: boolean): void {
    const [start, end] = [new Set(from), new Set(to)];
    const way =
      wayBetween(this.scene, from, (node) => end.has(node)) ?? wayBetween(this.scene, to, (node) => start.has(node));
    this.add(way ?? []);
    if (!way && must) this.straight(from[0], to[0]);
  }

  /** Along the edges, from some nodes to others; nothing where no way leads there. */
  follow(from: readonly number[], to: readonly number[]): void {
    this.add(wayBetween(this.scene, from, (node) => to.includes(node)) ?? []);
  }

  private add(way: readonly number[]): void {
    for (const edge of way) {
      const line = this.scene.lineOf(edge);
      if (line) this.lines.add(line);
    }
  }

  /** One line between two ops: their edge, or where they share bytes and no value, straight. */
  direct(from: readonly number[], to: readonly number[]): void {
    const edge = from.flatMap((node) => this.scene.feeds(node)).find(({ target }) => to.includes(target))?.edge;
    const line = edge === undefined ? undefined : this.scene.lineOf(edge);
    if (line) this.lines.add(line);
    else this.straight(from[0], to[0]);
  }

  private straight(a: number | undefined, b: number | undefined): void {
    if (a !== undefined && b !== undefined) this.lines.add(hop(this.scene.box(a), this.scene.box(b)));
  }
}

/** Why an op was refused, drawn: to the ops that the row names, and on to the partition (or wave) that it is about. */
export function blameOf(scene: Scene, op: number, row: Candidate, offset: number, isWave: boolean): Blame {
  const shown = (one: number) => scene.nodesOf(one).filter((index) => !scene.isHidden(index));
  const own = shown(op);
  const ordinal = row.last ?? row.partition;
  const region = isWave ? scene.region(own[0] ?? -1) : ordinal + offset;
  const wave = isWave ? ordinal : -1;
  const members = [...scene.graph.nodes.keys()].filter(
    (index) => scene.region(index) === region && (!isWave || scene.wave(index) === wave),
  );
  const found = new Collector(scene);
  const causes = row.ops.filter((cause) => cause !== op).slice(0, MOST_CAUSES);
  for (const cause of causes) {
    const nodes = shown(cause);
    if (row.why === "hazard") found.direct(own, nodes);
    else {
      found.join(own, nodes, true);
      found.join(nodes, members, false);
    }
  }
  if (causes.length === 0 && members.length > 0) found.join(own, members, true);
  return { lines: [...found.lines], region, wave };
}

/** Why a region could not be made: an op outside of it needs what it makes, and it needs what that op makes. */
export function circleOf(scene: Scene, op: number): Blame {
  const own = scene.nodesOf(op).filter((index) => !scene.isHidden(index));
  const fed = own.flatMap((node) => scene.feeds(node)).map(({ target }) => target);
  for (const region of new Set(fed.map((node) => scene.region(node)).filter((ordinal) => ordinal >= 0))) {
    const members = [...scene.graph.nodes.keys()].filter((index) => scene.region(index) === region);
    if (own.some((node) => scene.region(node) === region) || !wayBetween(scene, members, (node) => own.includes(node)))
      continue;
    const found = new Collector(scene);
    found.follow(members, own);
    found.follow(own, members);
    return { lines: [...found.lines], region, wave: -1 };
  }
  return NO_BLAME;
}
