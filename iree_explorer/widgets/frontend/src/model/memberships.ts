import type { Graph, Place, Stage, Step } from "./document";

/** Not seen yet: a clone before the step that makes it. Distinct from -1, "seen, in no region". */
export const UNSEEN = -2;

interface Change {
  node: number;
  region: number;
  wave: number;
  regionBefore: number;
  waveBefore: number;
}

/**
 * Region and wave of each node of one graph at a step. Nodes are addressed by their index in `graph.nodes`.
 *
 * What a step changes is found once, with what it replaces, so that moving either way costs only the changes between.
 */
export class Memberships {
  readonly region: Int32Array;
  readonly wave: Int32Array;
  private readonly changes: Change[] = [];
  /** `steps[i]` is the step that made `changes[i]`; ascending. */
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
    for (const [index, step] of steps.entries()) {
      if (stages[step.stage]?.graph !== graphIndex) continue;
      for (const place of step.place ?? []) this.record(index, place, indexOf, region, wave);
    }
  }

  private record(step: number, place: Place, indexOf: Map<number, number>, region: Int32Array, wave: Int32Array): void {
    const node = indexOf.get(place[0]);
    if (node === undefined) return;
    this.changes.push({
      node,
      region: place[1],
      wave: place[2],
      regionBefore: region[node] ?? -1,
      waveBefore: wave[node] ?? -1,
    });
    this.steps.push(step);
    region[node] = place[1];
    wave[node] = place[2];
  }

  /** Moves to `step`; returns the indices of the nodes that changed on the way (may repeat). */
  moveTo(step: number): number[] {
    const touched: number[] = [];
    while (this.position < this.changes.length && (this.steps[this.position] as number) <= step) {
      const change = this.changes[this.position++] as Change;
      this.region[change.node] = change.region;
      this.wave[change.node] = change.wave;
      touched.push(change.node);
    }
    while (this.position > 0 && (this.steps[this.position - 1] as number) > step) {
      const change = this.changes[--this.position] as Change;
      this.region[change.node] = change.regionBefore;
      this.wave[change.node] = change.waveBefore;
      touched.push(change.node);
    }
    return touched;
  }
}

/** A further copy of an op, made for one consumer: shown from the step that makes it. */
export function isClone(node: { origin: number }): boolean {
  return node.origin >= 0;
}
