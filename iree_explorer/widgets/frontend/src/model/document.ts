/** What the page shows, version 2. Python builds it (`iree_explorer.exploration`); nothing here decides anything. */

export const DOCUMENT_VERSION = 2;

export type Scope = "execution" | "concurrency";

export interface Options {
  passes: Scope[];
  favor: string;
  partitioner: Record<Scope, string>;
}

export interface Choices {
  favors: string[];
  partitioners: Record<Scope, string[]>;
  /** Names of the sample programs that a kernel can load; absent in a page without one. */
  samples?: string[];
}

export type StepKind =
  | "visited"
  | "flushed"
  | "weighed"
  | "placed"
  | "opened"
  | "cloned"
  | "left"
  | "outlined"
  | "rewritten"
  | "refused"
  | "began"
  | "ended"
  | "pass";

/** Lines `[line, line + remove)` become `lines`; `owners[i]` is the op id that line i belongs to, -1 for none. */
export interface Edit {
  line: number;
  remove: number;
  lines: string[];
  owners: number[];
}

export interface Candidate {
  partition: number;
  /** Of several that were all judged alike, the last; absent: it is one. */
  last?: number;
  verdict: "chosen" | "eligible" | "refused";
  why: string;
  because: string;
  ops: number[];
}

/** From this step on, node is in region and wave; -1: in none. */
export type Place = [node: number, region: number, wave: number];

export interface Step {
  kind: StepKind;
  stage: number;
  op: number;
  reason: string;
  candidates?: Candidate[];
  place?: Place[];
  /** In order; line numbers are those of the text after the edits before it. */
  edits?: Edit[];
  /** Of a step that begins a block which is not the function's first: ordinal of the region that partition 0 becomes. */
  offset?: number;
  /** The op that a visited one goes with. */
  leader?: number;
  /** Of a step that makes a region or a wave: that of the ops in it, wave -1 for a region. */
  part?: [region: number, wave: number];
}

/** One pass over one function: steps `[first, end)`. */
export interface Stage {
  function: string;
  /** `passes`: dumps of a compiler, a step each; the function is what they show. */
  pass: Scope | "passes";
  graph: number;
  first: number;
  end: number;
}

export type NodeKind =
  | "dispatch"
  | "copy"
  | "fill"
  | "constant"
  | "transfer"
  | "update"
  | "slice"
  | "clone"
  | "alloca"
  | "host"
  | "other";

export interface GraphNode {
  id: number;
  op: number;
  origin: number;
  label: string;
  detail: string;
  kind: NodeKind;
  x: number;
  y: number;
  w: number;
  h: number;
  region: number;
  wave: number;
  bytes: string;
}

export type EdgeKind = "resource" | "tied" | "timepoint" | "captured";

export interface GraphEdge {
  from: number;
  to: number;
  kind: EdgeKind;
  label: string;
  bytes: string;
  /** x, y, x, y, … */
  points: number[];
}

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Wave extends Box {
  ordinal: number;
  label: string;
}

export interface Region extends Box {
  ordinal: number;
  label: string;
  affinity: string;
  awaits: string[];
  waves: Wave[];
}

/** The free layout, in the order of nodes, regions and edges. Lines begin and end in the middle of a node's border. */
export interface DagPlaces {
  nodes: [x: number, y: number][];
  regions: [x: number, y: number, w: number, h: number][];
  /** The points between the two ends: x, y, x, y, … */
  bends: number[][];
}

export interface Graph {
  function: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
  regions: Region[];
  width: number;
  height: number;
  /** Ops of the longest chain that need each other, in order. */
  chain?: number[];
  /** Absent: there is only the view by lanes. */
  dag?: DagPlaces;
}

export interface Signature {
  name: string;
  inputs: string[];
  outputs: string[];
}

/** Times in nanoseconds from the run's start. */
export interface Span {
  op: number;
  name: string;
  /** -1: the host. */
  worker: number;
  start: number;
  end: number;
  bytes: number;
  region: number;
  wave: number;
  /** Region and wave in words; empty on the host. */
  where: string;
  affinity: string;
  /** On the longest chain of ops that waited for each other. */
  critical?: boolean;
}

export interface Timeline {
  workers: number;
  /** The most that resources held at once. */
  peak_bytes?: number;
  spans: Span[];
}

/** How many numbers there are in each of equally wide bins. */
export interface Histogram {
  counts: number[];
  low: number;
  high: number;
}

/** A PNG file in base64. */
export interface Picture {
  png: string;
  width: number;
  height: number;
}

export interface Output {
  type: string;
  text: string;
  min: number | null;
  max: number | null;
  mean: number | null;
  histogram?: Histogram | null;
  image?: Picture | null;
}

export interface RunResult {
  function: string;
  error: string | null;
  /** Op id of what the error speaks of; -1 or none: nothing. */
  op?: number;
  outputs: Output[];
  timeline: Timeline | null;
}

/** A value of a run that holds still. */
export interface LiveValue {
  name: string;
  type: string;
  note: string;
  text: string;
  nan?: number;
  inf?: number;
  min: number | null;
  max: number | null;
  mean?: number | null;
}

/** Where a run stands that is stepped through: what it would run next, and what ran last (op ids; -1: nothing). */
export interface Debug {
  reason: string;
  message: string;
  op: number;
  last: number;
  done: number;
  /** 0: not known. */
  total: number;
  where: string;
  values: LiveValue[];
  timeline: Timeline;
}

export interface Refusal {
  /** `file:line:column: error: message`; a line for each function that is refused. */
  text: string;
  /** Op id of what stands there; -1: nothing. */
  op?: number;
  /** The partitioner of execution regions that schedules the program; empty: none is known. */
  remedy?: string;
}

export interface FigureRow {
  name: string;
  before: string;
  after: string;
  change: string;
}

export interface Difference {
  /** Op ids in the run before and in the run after; -1: not in that program. */
  ops: [before: number, after: number];
  function: string;
  label: string;
  differs: string[];
  before: string;
  after: string;
}

/** Lines `[0, 1)` of the text before stand where `[2, 3)` of the text after do, and differ. */
export type Hunk = [number, number, number, number];

/** This run beside another, as Python compared them. */
export interface Comparison {
  names: [string, string];
  rows: FigureRow[];
  /** Pairs of op ids; null: an op has the same id in both. */
  ops: [number, number][] | null;
  differences: Difference[];
  hunks: Hunk[];
  graphs: { before: Graph; after: Graph }[];
  other: ExplorerDocument;
}

export interface ExplorerDocument {
  version: number;
  title: string;
  /** The step to open at. */
  start?: number;
  /** Op id of what is selected then; absent: nothing. */
  selection?: number;
  /** Op ids of the question that is answered then, the second -1 where it is of one op; absent: none is. */
  question?: [op: number, other: number];
  options: Options;
  choices: Choices;
  text: { lines: string[]; owners: number[] };
  ops: Record<string, { name: string; label: string }>;
  stages: Stage[];
  steps: Step[];
  graphs: Graph[];
  functions: Signature[];
  refusal: Refusal | null;
  /** Why there are no graphs; empty: there are some. */
  nothing?: string;
  run: RunResult | null;
  /** What made the text of another; empty: it is as it was read. */
  command?: string;
  /** The program was edited in the widget, which knows what was loaded. */
  edited?: boolean;
  comparison?: Comparison;
}
