import type { Graph, Place, Stage, Step } from "./document";

/** Not seen yet: a clone before the step that makes it. Distinct from -1, "seen, in no region". */
export const UNSEEN = -2;

/** Numbers of a change, one after the other: node, region, wave, region before, wave before. */
const FIELDS = 5;

/**
 * Region and wave of each node of one graph at a step. Nodes are addressed by their index in `graph.nodes`.
 *
 * What a step changes is found once, with what it replaces, so that moving either way costs only the changes between.
 */
export class Memberships {
  readonly region: Int32Array;
  readonly wave: Int32Array;
  private readonly changes: number[] = [];
  /** The step that made each change; ascending. */
  private readonly steps: number[] = [];
  private position = 0;

  constructor(graph: Graph, graphIndex: number, steps: readonly Step[], stages: readonly Stage[]) {
    const indexOf = new Map(graph.nodes.map((node, index) => [node.id, index]));
    this.region = new Int32Array(graph.nodes.length).fill(-1);
    this.wave = new Int32Array(graph.nodes.length).fill(-1);
    for (const [index, node] of graph.nodes.entries()) {
      if (isClone(node)) this.region[index] = UNSEEN;
    }
    const region = this.region.slice();
    const wave = this.wave.slice();
    for (const [index, { place, stage }] of steps.entries()) {
      if (!place || stages[stage]?.graph !== graphIndex) continue;
      for (const one of place) this.record(index, one, indexOf, region, wave);
    }
  }

  private record(step: number, place: Place, indexOf: Map<number, number>, region: Int32Array, wave: Int32Array): void {
    const node = indexOf.get(place[0]);
    if (node === undefined) return;
    this.changes.push(node, place[1], place[2], region[node] ?? -1, wave[node] ?? -1);
    this.steps.push(step);
    region[node] = place[1];
    wave[node] = place[2];
  }

  /** Moves to `step`; returns the indices of the nodes that changed on the way (may repeat). */
  moveTo(step: number): number[] {
    const touched: number[] = [];
    while (this.position < this.steps.length && (this.steps[this.position] as number) <= step) {
      touched.push(this.change(this.position++, 1));
    }
    while (this.position > 0 && (this.steps[this.position - 1] as number) > step) {
      touched.push(this.change(--this.position, 3));
    }
    return touched;
  }

  /** Makes a change, whose region is field `from`; returns the node. */
  private change(number: number, from: 1 | 3): number {
    const at = number * FIELDS;
    const node = this.changes[at] as number;
    this.region[node] = this.changes[at + from] as number;
    this.wave[node] = this.changes[at + from + 1] as number;
    return node;
  }
}

/** A further copy of an op, made for one consumer: shown from the step that makes it. */
export function isClone(node: { origin: number }): boolean {
  return node.origin >= 0;
}
