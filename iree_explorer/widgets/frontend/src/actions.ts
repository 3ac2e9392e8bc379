import { isSandboxed, save } from "./files";
import { type Breakpoint, breakOnOp } from "./model/breakpoints";
import type { Candidate, Scope } from "./model/document";
import { nextStop, previousStop, type Unit } from "./model/stops";
import { isRunning, type Question, type Store, type Tab } from "./store";
import type { GraphView } from "./views/graph/arrange";

/** Where a program comes from; `from` is a path or a URL, `file` the name of the text's, `edited` says that it is the one that is shown. */
export type Source = { text: string; edited?: boolean; file?: string } | { sample: string } | { from: string };

export interface RunRequest {
  function: string;
  inputs: string[];
  workers: number;
}

export type RunStep = "op" | "wave" | "continue";

/** What only Python can do. A page without a kernel has none. */
export interface Kernel {
  schedule(options: { favor: string; passes: Scope[]; execution: string; concurrency: string }): void;
  load(source: Source): void;
  /** Shows again what was loaded before it was edited. */
  revert(): void;
  run(request: RunRequest): void;
  compare(options: { favor?: string; execution?: string; concurrency?: string; text?: string }): void;
  measure(request: RunRequest): void;
  /** Begins to step through a run. */
  debug(request: RunRequest): void;
  stepRun(way: RunStep): void;
  /** Stops a run that is under way, or ends one that is stepped through. */
  stopRun(): void;
  /** Makes a file; the offline page opens with this question. */
  share(kind: string, question: Question | null): void;
  /** Asks for the arrays and numbers of the notebook. */
  variables(): void;
}

/** Everything a user can do by button, key or pointer, in one place. */
export class Actions {
  /** What the run panel would run now. */
  runRequest: () => RunRequest = () => ({ function: "", inputs: [], workers: 2 });

  constructor(
    private readonly store: Store,
    readonly kernel: Kernel | null,
  ) {}

  goTo(step: number): void {
    this.store.set({ step });
  }

  next(): void {
    this.goTo(nextStop(this.store.stops, this.store.state.step));
  }

  previous(): void {
    this.store.set({ step: previousStop(this.store.stops, this.store.state.step), playing: false });
  }

  first(): void {
    this.store.set({ step: 0, playing: false });
  }

  last(): void {
    this.store.set({ step: this.store.state.trace?.lastStep ?? 0, playing: false });
  }

  /** To the first step of the pass before or after; before, from inside a pass, means its own start. */
  stage(direction: 1 | -1): void {
    const { trace, step } = this.store.state;
    const starts = (trace?.document.stages ?? []).map((stage) => stage.first);
    const target = direction > 0 ? starts.find((start) => start > step) : starts.findLast((start) => start < step);
    if (target !== undefined) this.goTo(target);
  }

  togglePlay(): void {
    const { playing, step, trace } = this.store.state;
    const restart = !playing && step === trace?.lastStep;
    this.store.set({ playing: !playing, ...(restart ? { step: 0 } : {}) });
  }

  /** One step of playing: a breakpoint on the way stops it. */
  playOn(): void {
    const { stops, hits, state } = this.store;
    const target = nextStop(stops, state.step);
    const hit = nextStop(hits, state.step);
    if (hit > state.step && hit <= target) this.store.set({ step: hit, playing: false });
    else this.goTo(target);
  }

  /** Goes on with a run that is stepped through, after the step that is under way. */
  stepRun(way: RunStep): void {
    if (this.store.state.debug) this.kernel?.stepRun(way);
  }

  stopRun(): void {
    if (isRunning(this.store.state)) this.kernel?.stopRun();
  }

  /** To the next or the previous breakpoint; to the end or the start where there is none. A run that is stepped through goes on. */
  continue(direction: 1 | -1): void {
    if (this.store.state.debug && direction > 0) {
      this.stepRun("continue");
      return;
    }
    const { hits, state } = this.store;
    const found = direction > 0 ? nextStop(hits, state.step) : previousStop(hits, state.step);
    const edge = direction > 0 ? (state.trace?.lastStep ?? 0) : 0;
    this.store.set({ step: found === state.step ? edge : found, playing: false });
  }

  /** To the next of some steps, from the first again after the last. */
  goToNextOf(steps: readonly number[]): void {
    const { step } = this.store.state;
    const next = nextStop(steps, step);
    this.goTo(next === step ? (steps[0] ?? step) : next);
  }

  /** A breakpoint stops at the current step. */
  get isHalted(): boolean {
    return this.store.hits.includes(this.store.state.step);
  }

  toggleBreakpoint(breakpoint: Breakpoint): void {
    const { breakpoints } = this.store.state;
    const others = breakpoints.filter((one) => one !== breakpoint);
    const isNew = others.length === breakpoints.length;
    this.store.set({ breakpoints: isNew ? [...breakpoints, breakpoint] : others });
  }

  /** At the selected op, or else at the op that the step speaks of. */
  toggleBreakHere(): void {
    const op = this.opHere;
    if (op >= 0) this.toggleBreakpoint(breakOnOp(op));
  }

  clearBreakpoints(): void {
    this.store.set({ breakpoints: [] });
  }

  setUnit(unit: Unit): void {
    this.store.set({ filter: { ...this.store.state.filter, unit } });
  }

  toggleOnlyChanges(): void {
    const { filter } = this.store.state;
    this.store.set({ filter: { ...filter, onlyChanges: !filter.onlyChanges } });
  }

  toggleFollow(): void {
    this.store.set({ follow: !this.store.state.follow });
  }

  showView(view: GraphView): void {
    this.store.set({ view });
  }

  toggleView(): void {
    this.showView(this.store.state.view === "lanes" ? "dag" : "lanes");
  }

  showTab(tab: Tab): void {
    this.store.set({ tab });
  }

  setEditing(editing: boolean): void {
    this.store.set({ editing });
  }

  toggleTab(): void {
    this.showTab(this.store.state.tab === "run" ? "why" : "run");
  }

  /** Whether there is another run to show, or Python to make one. */
  get canCompare(): boolean {
    return this.kernel !== null || this.store.state.comparison !== null;
  }

  /** Shows or hides the comparison of two runs. */
  compareView(comparing: boolean): void {
    if (comparing && !this.canCompare) return;
    this.store.set({ comparing, playing: false });
  }

  /** What the page itself could not do, in the line of errors. */
  complain(error: string): void {
    this.store.set({ error });
  }

  /** Selects an op; or, where a second one is to be chosen for a question, answers it. */
  select(op: number): void {
    const { question } = this.store.state;
    if (!question?.choosing) this.store.set({ selection: op });
    else if (op >= 0 && op !== question.op) this.ask(question.op, op);
  }

  /** Asks why an op is not with the selected one; where none other is, selects it. */
  askWithSelected(op: number): void {
    const { selection } = this.store.state;
    if (op < 0 || selection < 0 || op === selection) this.select(op);
    else this.ask(selection, op);
  }

  /** Selects the op that is drawn next in the program's order, or before: the keyboard's way through the graph. */
  walk(direction: 1 | -1): void {
    const { trace, step } = this.store.state;
    if (!trace) return;
    const drawn = new Set(trace.graph(trace.graphIndexAt(step))?.nodes.map(({ op }) => op));
    const ops = [...new Set(trace.text.owners)].filter((op) => (drawn.size > 0 ? drawn.has(op) : op >= 0));
    const here = ops.indexOf(this.opHere);
    const next = here < 0 && direction < 0 ? ops.at(-1) : ops[here + direction];
    if (next !== undefined) this.store.set({ selection: next });
  }

  /** Takes the selected op as the second of a question. */
  choose(): void {
    this.select(this.store.state.selection);
  }

  /** Why is it there? With another op: why are the two not together? */
  ask(op: number, other = -1): void {
    this.store.set({ question: { op, other, choosing: false }, selection: op, tab: "why" });
  }

  /** Why is it not with the op that is selected next? */
  askAbout(op: number): void {
    this.store.set({ question: { op, other: -1, choosing: true }, selection: op, tab: "why" });
  }

  /** Leaves the comparison; else ends the question; without one, unselects. */
  escape(): void {
    const { comparing, question } = this.store.state;
    if (comparing) this.compareView(false);
    else this.store.set(question ? { question: null } : { selection: -1 });
  }

  accuse(candidate: Candidate | null): void {
    this.store.set({ accused: candidate });
  }

  /** Lets the browser save a file. One that will not does not say so: then this does. */
  save(name: string, content: Blob): void {
    save(name, content);
    if (isSandboxed()) this.complain(`${name} is not saved from a sandboxed frame: open this page on its own`);
  }

  /** The name that an op has in the program now, for other tools. */
  copyName(op: number): void {
    const name = this.store.state.trace?.nameOf(op) || this.store.state.trace?.label(op) || "";
    const copied = navigator.clipboard?.writeText(name) ?? Promise.reject(new Error("this page may not"));
    copied.catch((cause: unknown) => this.complain(`${name} can't be copied: ${String(cause)}`));
  }

  /** The op at hand: the selected one, or else that of the step; -1: there is none. */
  get opHere(): number {
    const { selection, trace, step } = this.store.state;
    return selection >= 0 ? selection : (trace?.steps[step]?.op ?? -1);
  }

  light(ops: readonly number[]): void {
    const { lit } = this.store.state;
    if (ops.length !== lit.length || ops.some((op, index) => op !== lit[index])) this.store.set({ lit: ops });
  }
}
