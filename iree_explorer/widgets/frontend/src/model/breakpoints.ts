import type { ExplorerDocument, Step, StepKind } from "./document";
import type { StopPredicate } from "./stops";

/** Kinds of steps to stop at; other words mean a rule that refuses an op a partition, as in `Candidate.why`. */
export const KINDS: readonly StepKind[] = ["opened", "cloned", "left", "flushed", "refused"];

/**
 * Where to stop, as a word that Python knows too: `op:12`, `partition:main:3` (of a function), `decision:opened` or
 * `decision:hazard`. Words that mean nothing stop nowhere.
 */
export type Breakpoint = string;

export function breakOnOp(op: number): Breakpoint {
  return `op:${op}`;
}

export function breakOnPartition(name: string, ordinal: number): Breakpoint {
  return `partition:${name}:${ordinal}`;
}

export function breakOnDecision(word: string): Breakpoint {
  return `decision:${word}`;
}

function splitOnce(text: string, at: number): [string, string] {
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** The op of an `op:` breakpoint; -1: it is none. */
export function opOf(breakpoint: Breakpoint): number {
  const match = /^op:(\d+)$/.exec(breakpoint);
  return match ? Number(match[1]) : -1;
}

/** Function and ordinal of a `partition:` breakpoint; a function's name may hold colons. */
export function partitionOf(breakpoint: Breakpoint): { function: string; ordinal: number } | null {
  const [kind, rest] = splitOnce(breakpoint, breakpoint.indexOf(":"));
  const [name, ordinal] = splitOnce(rest, rest.lastIndexOf(":"));
  return kind === "partition" && /^\d+$/.test(ordinal) ? { function: name, ordinal: Number(ordinal) } : null;
}

/** The kind or the rule of a `decision:` breakpoint; empty: it is none. */
export function decisionOf(breakpoint: Breakpoint): string {
  const [kind, word] = splitOnce(breakpoint, breakpoint.indexOf(":"));
  return kind === "decision" ? word : "";
}

/** Breakpoints that mean the same in any program. */
export function isForAnyProgram(breakpoint: Breakpoint): boolean {
  return decisionOf(breakpoint) !== "";
}

function isDecision(step: Step, word: string): boolean {
  if (KINDS.some((kind) => kind === word)) return step.kind === word;
  return step.candidates?.some(({ verdict, why }) => verdict === "refused" && why === word) ?? false;
}

/** What stops at a breakpoint: each step that speaks of an op, or lets one join a partition, or decides in such a way. */
function predicateOf(breakpoint: Breakpoint, { stages }: ExplorerDocument): StopPredicate {
  const word = decisionOf(breakpoint);
  if (word) return (step) => isDecision(step, word);
  const partition = partitionOf(breakpoint);
  if (partition) {
    return (step) => {
      const stage = stages[step.stage];
      if (stage?.pass !== "execution" || stage.function !== partition.function) return false;
      return step.place?.some(([, region]) => region === partition.ordinal) ?? false;
    };
  }
  const op = opOf(breakpoint);
  return (step) => op >= 0 && step.op === op;
}

/** The steps that a breakpoint stops at, ascending. */
export function hitsOf(breakpoint: Breakpoint, document: ExplorerDocument): number[] {
  return allHits([breakpoint], document);
}

/** The steps that any of the breakpoints stops at, ascending. */
export function allHits(breakpoints: readonly Breakpoint[], document: ExplorerDocument): number[] {
  const predicates = breakpoints.map((breakpoint) => predicateOf(breakpoint, document));
  return [...document.steps.keys()].filter((index) =>
    predicates.some((stops) => stops(document.steps[index] as Step, index)),
  );
}
