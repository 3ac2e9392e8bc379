import type { Candidate, ExplorerDocument, Step } from "./document";

/** What answers are read off: the steps, where each block begins, and how things are called. See `Trace`. */
interface Told {
  readonly document: ExplorerDocument;
  readonly steps: readonly Step[];
  stepsOf(op: number): readonly number[];
  beganAt(step: number): number;
  nameBefore(op: number): string;
  reasonBefore(sentence: string, step: number): string;
  label(op: number): string;
}

/** What was decided of an op in one block: in a function's block by the first pass, in a region by the second. */
export interface Decision {
  /** The step that began the block. */
  began: number;
  /** The steps that speak of the op, ascending. */
  steps: number[];
  /** Where the op, or copies of it, went. */
  partitions: number[];
  /** The step with its table of candidates; -1: there is none. */
  weighed: number;
}

/** A line of an answer: words, and the step that says so (-1: several do). */
export interface Line {
  text: string;
  step: number;
  /** Lines under another. */
  inner?: boolean;
}

const DECISIONS = new Set(["visited", "weighed", "opened", "placed", "cloned", "left"]);

function isExecution({ stages }: ExplorerDocument, step: Step): boolean {
  return stages[step.stage]?.pass === "execution";
}

/** `partition 3`, or `partitions 3–7` where all of them were judged alike. */
export function namesOf({ partition, last }: Candidate, noun: string): string {
  return last === undefined || last === partition ? `${noun} ${partition}` : `${noun}s ${partition}–${last}`;
}

function verdict(candidate: Candidate, noun: string): string {
  const { verdict, because } = candidate;
  const word = verdict === "eligible" ? "possible" : verdict;
  return `${namesOf(candidate, noun)} ${word}${because ? `: ${because}` : ""}`;
}

/** Answers for one op, or two, from the steps alone, in the names of the program before all passes: nobody else is asked. */
export class Answers {
  constructor(private readonly trace: Told) {}

  private step(index: number): Step {
    return this.trace.steps[index] as Step;
  }

  private isExecution({ began }: Decision): boolean {
    return isExecution(this.trace.document, this.step(began));
  }

  private noun(decision: Decision): string {
    return this.isExecution(decision) ? "partition" : "wave";
  }

  decisionsOf(op: number): Decision[] {
    const found = new Map<number, Decision>();
    for (const index of this.trace.stepsOf(op)) {
      const step = this.step(index);
      const began = this.trace.beganAt(index);
      if (began < 0 || !DECISIONS.has(step.kind)) continue;
      const decision = found.get(began) ?? { began, steps: [], partitions: [], weighed: -1 };
      found.set(began, decision);
      decision.steps.push(index);
      if (step.candidates) decision.weighed = index;
      for (const partition of this.partitionsOf(step, began))
        if (!decision.partitions.includes(partition)) decision.partitions.push(partition);
    }
    return [...found.values()];
  }

  /** Partitions of the block, or waves, that a step puts its op in. */
  private partitionsOf(step: Step, began: number): number[] {
    if (isExecution(this.trace.document, step)) {
      const offset = this.step(began).offset ?? 0;
      return (step.place ?? []).map(([, region]) => region - offset);
    }
    return (step.place ?? []).map(([, , wave]) => wave);
  }

  private tell(step: number, inner = false): Line {
    return { text: this.trace.reasonBefore(this.step(step).reason, step), step, inner };
  }

  /** Why an op is where it is: per block what was decided, and what was refused. */
  why(op: number): Line[] {
    const decisions = this.decisionsOf(op);
    if (decisions.length === 0)
      return [{ text: "No pass divided the block it is in: nothing was decided about it.", step: -1 }];
    return decisions.flatMap((decision) => [
      this.tell(decision.began),
      ...decision.steps.filter((index) => this.step(index).kind !== "weighed").map((index) => this.tell(index, true)),
      ...this.refusals(decision).map((row) => this.refusal(decision, decision, row)),
    ]);
  }

  /** A row of the table by which `asked` was decided. */
  private refusal(decision: Decision, asked: Decision, row: Candidate, before = ""): Line {
    const text = this.trace.reasonBefore(verdict(row, this.noun(decision)), asked.weighed);
    return { text: before + text, step: asked.weighed, inner: true };
  }

  private refusals({ weighed }: Decision): readonly Candidate[] {
    const rows = weighed < 0 ? [] : (this.step(weighed).candidates ?? []);
    return rows.filter((row) => row.verdict !== "chosen");
  }

  /** Whether two ops share a region or wave, and if not why. */
  whyNot(first: number, second: number): Line[] {
    const names = `${this.name(first)} and ${this.name(second)}`;
    if (first === second) return [{ text: `${this.name(first)} is one op`, step: -1 }];
    const others = new Map(this.decisionsOf(second).map((decision) => [decision.began, decision]));
    const pairs = this.decisionsOf(first).flatMap((decision) => {
      const other = others.get(decision.began);
      return other ? [[decision, other] as const] : [];
    });
    const regions = pairs.find(([decision]) => this.isExecution(decision));
    if (!regions && pairs.length === 0)
      return [{ text: `${names} are in different blocks: each block is divided on its own`, step: -1 }];
    const compared = pairs.map(([one, other]) => this.compare(one, other, names));
    const verdict = regions ? compared[pairs.indexOf(regions)] : undefined;
    if (verdict && !verdict.together) return verdict.lines;
    return compared.flatMap(({ lines }) => lines);
  }

  private name(op: number): string {
    return this.trace.nameBefore(op) || this.trace.label(op);
  }

  private compare(first: Decision, second: Decision, names: string): { lines: Line[]; together: boolean } {
    const noun = this.noun(first);
    const nowhere = [first, second].find(({ partitions }) => partitions.length === 0);
    if (nowhere) {
      const lines = [{ text: `${names} share no ${noun}:`, step: -1 }, this.tell(nowhere.steps.at(-1) ?? -1, true)];
      return { lines, together: false };
    }
    const both = first.partitions.filter((partition) => second.partitions.includes(partition));
    if (both.length > 0) {
      const step = Math.max(first.steps.at(-1) ?? -1, second.steps.at(-1) ?? -1);
      return { lines: [{ text: `${names} are both in ${noun} ${both[0]}`, step }], together: true };
    }
    const apart = { text: `${names} are in different ${noun}s:`, step: -1 };
    return { lines: [apart, ...this.obstacles(first, second)], together: false };
  }

  /** Why the op that was decided later did not join the other's partition. */
  private obstacles(first: Decision, second: Decision): Line[] {
    const later = (first.steps.at(-1) ?? -1) > (second.steps.at(-1) ?? -1) ? first : second;
    const earlier = later === first ? second : first;
    const asked = later.weighed >= 0 ? later : this.leaderOf(later);
    const rows = asked.weighed < 0 ? [] : (this.step(asked.weighed).candidates ?? []);
    const width = ({ partition, last }: Candidate) => (last ?? partition) - partition;
    const refused = earlier.partitions.flatMap((wanted) => {
      const holding = rows.filter(({ partition, last }) => partition <= wanted && wanted <= (last ?? partition));
      const [row] = holding.sort((a, b) => width(a) - width(b));
      return row ? [row] : [];
    });
    const asker = asked.weighed < 0 ? "" : this.name(this.step(asked.weighed).op);
    const speaking = ({ steps }: Decision) => steps.filter((index) => this.step(index).kind !== "weighed");
    return [
      ...speaking(earlier).map((index) => this.tell(index, true)),
      ...[...new Set(refused)].map((row) => this.refusal(later, asked, row, `for ${asker}, `)),
      ...speaking(later).map((index) => this.tell(index, true)),
    ];
  }

  /** What was decided of the op that a sync op goes with. */
  private leaderOf(follower: Decision): Decision {
    const leader = follower.steps.map((index) => this.step(index).leader).find((op) => op !== undefined);
    const known = leader === undefined ? [] : this.decisionsOf(leader);
    return known.find(({ began }) => began === follower.began) ?? follower;
  }
}
