import type { Candidate, ExplorerDocument, Graph, Stage, Step } from "./document";
import { Memberships } from "./memberships";
import { TextState } from "./text-state";

/** The table of candidates that belongs to a step: its own, or that of the same op's `weighed` step just before it. */
export interface Weighing {
  step: number;
  candidates: readonly Candidate[];
}

const NO_CANDIDATES: readonly Candidate[] = [];

/** A loaded document with what is derived from it once: the text, the memberships, and who speaks of which op. */
export class Trace {
  readonly text: TextState;
  private readonly memberships = new Map<number, Memberships>();
  private readonly names = new Map<number, ReadonlyMap<string, number>>();
  private readonly stepsByOp = new Map<number, number[]>();

  constructor(readonly document: ExplorerDocument) {
    this.text = new TextState(document.text, document.steps);
    for (const [index, step] of document.steps.entries()) {
      if (step.op < 0) continue;
      const known = this.stepsByOp.get(step.op);
      if (known) known.push(index);
      else this.stepsByOp.set(step.op, [index]);
    }
  }

  get steps(): readonly Step[] {
    return this.document.steps;
  }

  get lastStep(): number {
    return Math.max(0, this.steps.length - 1);
  }

  clamp(step: number): number {
    return Math.min(Math.max(0, Math.trunc(step) || 0), this.lastStep);
  }

  stageOf(step: number): Stage | undefined {
    return this.document.stages[this.steps[step]?.stage ?? -1];
  }

  /** Index of the graph to show at a step; with no step at all, the first. -1: the document has none. */
  graphIndexAt(step: number): number {
    const index = this.stageOf(step)?.graph ?? 0;
    return this.document.graphs[index] ? index : -1;
  }

  graph(index: number): Graph | undefined {
    return this.document.graphs[index];
  }

  membershipsOf(graphIndex: number): Memberships | undefined {
    const graph = this.graph(graphIndex);
    if (!graph) return undefined;
    let found = this.memberships.get(graphIndex);
    if (!found) {
      found = new Memberships(graph, graphIndex, this.steps, this.document.stages);
      this.memberships.set(graphIndex, found);
    }
    return found;
  }

  /** An op's own words for it, such as `%7 = @ex::@matmul`; `op 12` when the document has none. */
  label(op: number): string {
    return op < 0 ? "" : (this.document.ops[String(op)]?.label ?? `op ${op}`);
  }

  /** The value that an op defines, such as `%7`; empty where it defines none. */
  nameOf(op: number): string {
    const [name = "", rest] = (this.document.ops[String(op)]?.label ?? "").split(" = ", 2);
    return rest !== undefined && name.startsWith("%") ? name : "";
  }

  /** Op ids of a graph's function by the name of the value that they define. */
  namesOf(graphIndex: number): ReadonlyMap<string, number> {
    let found = this.names.get(graphIndex);
    if (!found) {
      const ops = this.graph(graphIndex)?.nodes.map((node) => node.op) ?? [];
      found = new Map(ops.map((op) => [this.nameOf(op), op]));
      this.names.set(graphIndex, found);
    }
    return found;
  }

  /** Ops whose lines stand between the first and the last line of an op, in the text as it is now: its regions' contents. */
  opsInside(op: number): number[] {
    const { owners } = this.text;
    const first = owners.indexOf(op);
    const last = owners.lastIndexOf(op);
    return first < 0 ? [] : [...new Set(owners.slice(first + 1, last))];
  }

  /** The steps that speak of an op, ascending. */
  stepsOf(op: number): readonly number[] {
    return this.stepsByOp.get(op) ?? [];
  }

  weighingAt(step: number): Weighing {
    const here = this.steps[step];
    for (let index = step; here && index >= 0; index--) {
      const before = this.steps[index];
      if (!before || before.op !== here.op || before.stage !== here.stage) break;
      if (before.candidates?.length) return { step: index, candidates: before.candidates };
    }
    return { step, candidates: NO_CANDIDATES };
  }
}
