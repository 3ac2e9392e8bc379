import { Answers } from "./answers";
import type { Candidate, ExplorerDocument, Graph, Stage, Step } from "./document";
import { append } from "./lists";
import { Memberships } from "./memberships";
import { type LineRange, NAME, Names } from "./names";
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
  private names: { version: number; names: Names } | null = null;
  private readonly began: Int32Array;
  private stepsByOp: Map<number, number[]> | null = null;
  private answering: Answers | null = null;
  private drawn: ReadonlySet<number> | null = null;
  private readonly namesByStage = new Map<number, { names: Names; owners: readonly number[] }>();

  constructor(readonly document: ExplorerDocument) {
    this.text = new TextState(document.text, document.steps);
    this.began = new Int32Array(document.steps.length).fill(-1);
    let began = -1;
    for (const [index, step] of document.steps.entries()) {
      if (step.kind === "began") began = index;
      this.began[index] = began;
    }
  }

  /** What came after the document has come: the edits of the text, and with them the names of later. */
  complete(): void {
    this.text.complete();
    this.namesByStage.clear();
    this.answering = null;
  }

  private findSteps(): Map<number, number[]> {
    const found = new Map<number, number[]>();
    for (const [index, { op }] of this.steps.entries()) append(found, op, index);
    return found;
  }

  /** The steps are a compiler's passes: nothing was scheduled. */
  get isDump(): boolean {
    return this.document.stages[0]?.pass === "passes";
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

  /** Index of a graph that has the op: the one of the step, or else the first; where none has it, that of the step. */
  graphIndexWith(op: number, step: number): number {
    const usual = this.graphIndexAt(step);
    const has = (index: number) => this.graph(index)?.nodes.some((node) => node.op === op) ?? false;
    const other = has(usual) ? -1 : this.document.graphs.findIndex((_, index) => has(index));
    return other < 0 ? usual : other;
  }

  /** The op where a graph has it, else the nearest above it in the text that one has: joins and waits are drawn as lines. -1: none is. */
  drawnNear(op: number): number {
    this.drawn ??= new Set(this.document.graphs.flatMap(({ nodes }) => nodes.map((node) => node.op)));
    const { drawn } = this;
    const { owners } = this.text;
    return drawn.has(op) ? op : (owners.slice(0, owners.indexOf(op) + 1).findLast((one) => drawn.has(one)) ?? -1);
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

  get answers(): Answers {
    this.answering ??= new Answers(this);
    return this.answering;
  }

  /** The last step, up to a step, that began a block; -1: none did. */
  beganAt(step: number): number {
    return this.began[step] ?? -1;
  }

  /** Ordinal of the region that partition 0 of a step's block becomes. */
  offsetAt(step: number): number {
    return this.steps[this.beganAt(step)]?.offset ?? 0;
  }

  /** The first line of an op and the one after its last, in a text with these owners. */
  private rangeOf(op: number, owners: readonly number[]): LineRange {
    const from = owners.indexOf(op);
    return from < 0 ? { from: 0, to: owners.length } : { from, to: owners.lastIndexOf(op) + 1 };
  }

  /** The op whose block or region a step is about: that of the last step which began one. */
  scopeOf(step: number): number {
    return this.steps[this.beganAt(step)]?.op ?? -1;
  }

  /** The program's names when a stage begins; before the first, those of the text before all passes. */
  private namesBefore(stage: number): { names: Names; owners: readonly number[] } {
    let found = this.namesByStage.get(stage);
    if (!found) {
      const first = this.document.stages[stage]?.first ?? 0;
      const text = stage < 0 ? this.document.text : new TextState(this.document.text, this.steps.slice(0, first));
      if (text instanceof TextState) text.moveTo(first - 1);
      found = { names: new Names(text.lines, text.owners), owners: text.owners };
      this.namesByStage.set(stage, found);
    }
    return found;
  }

  /** The name of an op in the program before all passes; of one that a pass made, empty. */
  nameBefore(op: number): string {
    return this.namesBefore(-1).names.nameOf(op);
  }

  /** A step's sentence with the names that its ops had before all passes; those that have none keep theirs. */
  reasonBefore(sentence: string, step: number): string {
    return this.stageOf(step)?.pass === "concurrency"
      ? this.retold(sentence, step, (op) => this.nameBefore(op))
      : sentence;
  }

  /** A step's sentence with the names that its ops have in the text as it is now; those that have none keep theirs. */
  reasonNow(sentence: string, step: number): string {
    return this.retold(sentence, step, (op) => this.nameOf(op));
  }

  /** A step's sentence, which has the names of when its pass began, in other names. */
  private retold(sentence: string, step: number, nameOf: (op: number) => string): string {
    const { stage = -1, op = -1 } = this.steps[step] ?? {};
    const { names, owners } = this.namesBefore(stage);
    const range = this.rangeOf(this.scopeOf(step), owners);
    return sentence.replaceAll(NAME, (name) => {
      const found = names.resolve(name, range, owners.indexOf(op));
      const other = found === undefined ? "" : nameOf(found);
      return other === "" ? name : other + (/#\d+$/.exec(name)?.[0] ?? "");
    });
  }

  /** The op that a name of the program before all passes means, in the function of a step. */
  resolveBefore(name: string, step: number): number | undefined {
    const { names, owners } = this.namesBefore(-1);
    const stage = this.stageOf(step);
    const first = this.document.stages.find((one) => one.function === stage?.function && one.pass === "execution");
    const scope = this.steps[first?.first ?? -1]?.op ?? -1;
    return names.resolve(name, this.rangeOf(scope, owners), owners.indexOf(this.steps[step]?.op ?? -1));
  }

  /** Names of values in the text as it is now: it must have been moved to the step that they are asked for. */
  private namesNow(): Names {
    const { version, lines, owners } = this.text;
    if (this.names?.version !== version) this.names = { version, names: new Names(lines, owners) };
    return this.names.names;
  }

  /** The value that an op defines now, such as `%7`; empty where it defines none. */
  nameOf(op: number, copy = 0): string {
    return this.namesNow().nameOf(op, copy);
  }

  /** An op in words, such as `%7 = @ex::@matmul`, with the name that it has now; `op 12` when the document has none. */
  label(op: number): string {
    if (op < 0) return "";
    const name = this.nameOf(op);
    const label = this.document.ops[String(op)]?.label ?? (name || `op ${op}`);
    return name ? label.replace(/^%\S+(?= = )/, () => name) : label;
  }

  /** The op that a name means in the sentences of a step: in its function, and nearest to its op. */
  resolve(name: string, step: number): number | undefined {
    const { owners } = this.text;
    const range = this.rangeOf(this.scopeOf(step), owners);
    return this.namesNow().resolve(name, range, owners.indexOf(this.steps[step]?.op ?? -1));
  }

  /** Ops whose lines stand between the first and the last line of an op, in the text as it is now: its regions' contents. */
  opsInside(op: number): number[] {
    const { owners } = this.text;
    const first = owners.indexOf(op);
    const last = owners.lastIndexOf(op);
    return first < 0 ? [] : [...new Set(owners.slice(first + 1, last))];
  }

  /** Ops in the region or wave that a step makes; of any other step none. */
  opsMadeInto(step: number): number[] {
    const [region, wave] = this.steps[step]?.part ?? [];
    const nodes = region === undefined ? [] : (this.graph(this.graphIndexAt(step))?.nodes ?? []);
    const inside = nodes.filter((node) => node.region === region && (wave === -1 || node.wave === wave));
    return inside.map(({ op }) => op);
  }

  /** The steps that speak of an op, ascending. */
  stepsOf(op: number): readonly number[] {
    this.stepsByOp ??= this.findSteps();
    return op < 0 ? [] : (this.stepsByOp.get(op) ?? []);
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
