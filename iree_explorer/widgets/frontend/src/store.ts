import { allHits, type Breakpoint } from "./model/breakpoints";
import type { Candidate, Choices, Comparison, Debug, RunResult } from "./model/document";
import { type Filter, findStops } from "./model/stops";
import type { Trace } from "./model/trace";
import type { GraphView } from "./views/graph/arrange";

export type Tab = "why" | "run" | "breaks";

/** What is asked of an op: why it is where it is, or why it is not with another, which may still have to be chosen. */
export interface Question {
  op: number;
  /** -1: of `op` alone. */
  other: number;
  choosing: boolean;
}

export interface State {
  trace: Trace | null;
  step: number;
  /** What came after the document, if anything did. */
  details: object | null;
  /** Something is still to come after the document. */
  awaited: boolean;
  /** Op id selected in any view; -1: none. */
  selection: number;
  /** Op ids that the pointer or the focus speaks of, to be lit up everywhere. */
  lit: readonly number[];
  filter: Filter;
  playing: boolean;
  /** Where playing and "continue" stop, in the order they were made. */
  breakpoints: readonly Breakpoint[];
  tab: Tab;
  error: string;
  /** Op id of what the error speaks of; -1: nothing. */
  failed: number;
  busy: string;
  /** The program is being edited, in place of the text that is shown. */
  editing: boolean;
  run: RunResult | null;
  /** A run that is stepped through. */
  debug: Debug | null;
  /** Ops done, and how many there are, of a run that is under way; empty: none is. */
  progress: readonly number[];
  /** This run beside another, and whether that is what is shown. */
  comparison: Comparison | null;
  comparing: boolean;
  /** What there is to choose from by now; null: what the document says. */
  partitioners: Choices["partitioners"] | null;
  /** Arrays and numbers of the notebook, with their types. */
  variables: readonly [name: string, type: string][];
  dark: boolean;
  /** The graph pans to the current op. */
  follow: boolean;
  view: GraphView;
  question: Question | null;
  /** The row of the table of candidates that is looked at. */
  accused: Candidate | null;
}

export type Key = keyof State;
/** Whether any of these parts of the state has changed. */
export function touches(changed: ReadonlySet<Key>, ...keys: Key[]): boolean {
  return keys.some((key) => changed.has(key));
}

/** What went wrong last, or else why the program was refused, or has nothing to schedule; empty: nothing, and it was scheduled. */
export function problemOf({ error, trace }: Readonly<State>): string {
  const { refusal, nothing } = trace?.document ?? {};
  return error || refusal?.text || nothing || "";
}

/** Op ids to light up: what is pointed at, or else the op that another is asked not to be with. */
export function litOps({ lit, question }: Readonly<State>): readonly number[] {
  return lit.length > 0 || !question || question.other < 0 ? lit : [question.other];
}

/** A run is under way, or waits to be stepped on. */
export function isRunning({ debug, progress }: Readonly<State>): boolean {
  return debug !== null || progress.length > 0;
}

export type Listener = (state: State, changed: ReadonlySet<Key>) => void;

const INITIAL: State = {
  trace: null,
  step: 0,
  details: null,
  awaited: false,
  selection: -1,
  lit: [],
  filter: { unit: "decision", onlyChanges: false },
  playing: false,
  breakpoints: [],
  tab: "why",
  error: "",
  failed: -1,
  busy: "",
  editing: false,
  run: null,
  debug: null,
  progress: [],
  comparison: null,
  comparing: false,
  partitioners: null,
  variables: [],
  dark: false,
  follow: true,
  view: "lanes",
  question: null,
  accused: null,
};

/** The one place where the page's state lives. A change is told to all listeners at once, in the order they came. */
export class Store {
  private current: State = INITIAL;
  private stopsCache: (Pick<State, "trace" | "details" | "filter"> & { stops: number[] }) | null = null;
  private hitsCache: (Pick<State, "trace" | "details" | "breakpoints"> & { hits: number[] }) | null = null;
  private readonly listeners = new Set<Listener>();

  get state(): Readonly<State> {
    return this.current;
  }

  /** Where stepping halts under the current filter. */
  get stops(): readonly number[] {
    const { trace, details, filter } = this.current;
    const known = this.stopsCache;
    if (known?.trace === trace && known.details === details && known.filter === filter) return known.stops;
    const stops = trace ? findStops(trace.steps, trace.document.stages, filter) : [];
    this.stopsCache = { trace, details, filter, stops };
    return stops;
  }

  /** The steps that breakpoints stop at, ascending. */
  get hits(): readonly number[] {
    const { trace, details, breakpoints } = this.current;
    const known = this.hitsCache;
    if (known?.trace === trace && known.details === details && known.breakpoints === breakpoints) return known.hits;
    const hits = trace && breakpoints.length > 0 ? allHits(breakpoints, trace.document) : [];
    this.hitsCache = { trace, details, breakpoints, hits };
    return hits;
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(patch: Partial<State>): void {
    const next = { ...this.current, ...patch };
    if (next.trace) next.step = next.trace.clamp(next.step);
    // A compiler's dump tells no decisions: nothing of it is run, stopped at or compared.
    if (next.trace?.isDump) Object.assign(next, { tab: "why", comparing: false } satisfies Partial<State>);
    // Playing ends with the steps.
    if (next.step >= (next.trace?.lastStep ?? 0)) next.playing = false;
    // A row of the table is of its step.
    if (next.step !== this.current.step || next.trace !== this.current.trace) next.accused = null;
    const changed = new Set<Key>();
    for (const key of Object.keys(next) as Key[]) {
      if (!Object.is(next[key], this.current[key])) changed.add(key);
    }
    if (changed.size === 0) return;
    // What is told of a step may be more now, and so may be the breakpoints' places and the ways to draw the graph.
    if (changed.has("details"))
      for (const key of ["step", "question", "breakpoints", "view"] as const) changed.add(key);
    this.current = next;
    for (const listener of [...this.listeners]) listener(next, changed);
  }
}
